import golden from '../../../test/contract/golden.json';
import { type Dtype, initializers, type InitializerSpec, type Seed } from '../../index';
import { FAMILIES, make, toDtype, toShape } from '../cards/families';
import { argumentsOf, settingOf } from '../cards/set';
import { quoted } from '../quoted';

/** A tensor to be computed on both sides. */
export interface ComparedTensor {
  readonly initializer: InitializerSpec;
  readonly shape: readonly number[];
  readonly dtype: Dtype;
  readonly seed?: Seed;
  readonly name?: string;
  /** The SHA-256 of the bytes, as the contract has it. */
  readonly sha256?: string;
}

/** The number of elements that the checksums of the contract are made of. */
const SUMMED = 2 ** 24;

interface Numbers {
  readonly kind: string;
  readonly low?: number;
  readonly high?: number;
  readonly mean?: number;
  readonly stddev?: number;
  readonly lower?: number;
  readonly upper?: number;
}

interface Golden {
  readonly draw: Numbers;
  readonly dtype: string;
  readonly seed: string;
  readonly name?: string;
  readonly sha256?: string;
}

const CONTRACT = (golden as readonly Golden[]).flatMap(({ draw, dtype, seed, name, sha256 }) => {
  const initializer = fromNumbers(draw);
  if (initializer === undefined || sha256 === undefined) return [];
  const source: ComparedTensor = {
    initializer,
    shape: [SUMMED],
    dtype: dtype as Dtype,
    seed: BigInt(seed),
    name,
    sha256,
  };
  return [{ words: `${wordsOf(draw)}, ${dtype}, seed ${seed}`, source }];
});

function fromNumbers({ kind, low, high, mean, stddev, lower, upper }: Numbers): InitializerSpec | undefined {
  switch (kind) {
    case 'bits':
      return initializers.bits();
    case 'uniform':
      return initializers.randomUniform({ minval: low, maxval: high });
    case 'normal':
      return initializers.randomNormal({ mean, stddev });
    case 'truncated_normal':
      return initializers.truncatedNormal({
        mean,
        stddev,
        ...(lower !== undefined && { lower }),
        ...(upper !== undefined && { upper }),
      });
    default:
      return undefined;
  }
}

function wordsOf({ kind, low, high, mean, stddev, lower, upper }: Numbers): string {
  switch (kind) {
    case 'bits':
      return 'raw Philox words';
    case 'uniform':
      return `uniform from ${low} to ${high}`;
    case 'normal':
      return `normal, mean ${mean}, stddev ${stddev}`;
    default:
      return `truncated normal, mean ${mean}, stddev ${stddev}, from ${lower ?? '−∞'} to ${upper ?? '∞'} stddevs`;
  }
}

/**
 * The tensors that can be chosen: those of the contract, and those of the cards above with their settings.
 */
export const CHOICES: readonly (readonly [value: string, words: string])[] = [
  ...CONTRACT.map(({ words }, i) => [`contract-${i}`, `Contract: ${words}`] as const),
  ...FAMILIES.filter(({ className }) => className !== 'Orthogonal').map(
    ({ className }) => [className, `Card: ${className}`] as const,
  ),
];

/** Standard normals in float32, as the contract has them. */
export const FIRST_CHOICE = `contract-${CONTRACT.findIndex(({ source: { dtype }, words }) => dtype === 'float32' && words.startsWith('normal'))}`;

/** @throws Error in one line where the settings of the card cannot be right */
export function sourceOf(choice: string): ComparedTensor {
  const fixed = CONTRACT[Number(/^contract-(\d+)$/.exec(choice)?.[1])];
  if (fixed !== undefined) return fixed.source;
  const family = FAMILIES.find(({ className }) => className === choice);
  if (family === undefined) throw new Error(`there is no tensor ${quoted(choice)} to compute`);
  return {
    initializer: make(family, argumentsOf(family), settingOf(family, 'seed')),
    shape: toShape(settingOf(family, 'shape')),
    dtype: toDtype(settingOf(family, 'dtype')),
  };
}
