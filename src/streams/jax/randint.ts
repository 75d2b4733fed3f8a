/** The twin of shaders/jax/randint.wgsl. */
import { ArgumentError } from '../../core/errors';
import type { StreamDistribution } from '../../distributions/distribution';
import { type ForeignDraw, type ForeignKernel, type ForeignParameters } from '../../distributions/foreign';
import type { KeyWords } from '../../distributions/key_words';
import { streamBlock } from '../stream';
import { threefry2x32 } from '../threefry';
import * as code from '../../../shaders/jax/randint.wgsl';

export interface Values {
  readonly low: number;
  /** 0 stands for 2^32. */
  readonly span: number;
  readonly multiplier: number;
}

/** The smallest number of each dtype, and the largest end. JAX has no uint32 array that holds 2^32. */
const RANGE = { int32: [-(2 ** 31), 2 ** 31], uint32: [0, 2 ** 32 - 1] } as const;

const kernel: ForeignKernel<Values> = {
  name: 'jax_randint',
  code,
  members({ low, span, multiplier }, { key }) {
    const [higher, lower] = halvesOf(key);
    return [
      ['higher_lo', higher.lo],
      ['higher_hi', higher.hi],
      ['lower_lo', lower.lo],
      ['lower_hi', lower.hi],
      ['low', low >>> 0],
      ['span', span],
      ['multiplier', multiplier],
    ];
  },
  twin({ low, span, multiplier }, key) {
    const [higher, lower] = halvesOf(key);
    const rest = (word: number): number => (span === 0 ? word : word % span) >>> 0;
    const upper = new Uint32Array(4);
    return (blockLo, blockHi, out) => {
      streamBlock(higher, blockLo, blockHi, 0, upper);
      streamBlock(lower, blockLo, blockHi, 0, out);
      for (let lane = 0; lane < 4; lane++) {
        const sum = (Math.imul(rest(upper[lane]), multiplier) + rest(out[lane])) >>> 0;
        out[lane] = low + rest(sum);
      }
    };
  },
};

/** The two keys of `jax.random.split`. */
function halvesOf({ lo, hi, generator }: KeyWords): readonly KeyWords[] {
  const data = new Uint32Array(2);
  return [0, 1].map((i) => {
    threefry2x32(0, i, hi, lo, data);
    return { lo: data[1], hi: data[0], generator };
  });
}

/** `jax.random.randint`. */
export const randint: StreamDistribution<ForeignDraw, ForeignParameters<Values>> = {
  dtypes: ['int32', 'uint32'],
  parameters({ numbers: [low, high] }, dtype) {
    const [least, end] = RANGE[dtype as keyof typeof RANGE];
    // JAX calls them minval and maxval.
    for (const [name, value] of [
      ['lower', low],
      ['upper', high],
    ] as const)
      if (!Number.isInteger(value) || value < least || value > end)
        throw new ArgumentError(
          `the ${name} end of randint in ${dtype} must be an integer in [${least}, ${end}], got ${value}`,
        );
    if (high <= low)
      throw new ArgumentError(`the upper end of randint must be > the lower end ${low}, got ${high}`);
    const span = (high - low) >>> 0;
    // 2^32 mod span by the square of 2^16 mod span, which JAX takes modulo 2^32: of spans above 2^16 it is 0.
    const root = span === 0 ? 2 ** 16 : 2 ** 16 % span;
    const square = Math.imul(root, root) >>> 0;
    const multiplier = span === 0 ? square : square % span;
    return { kernel: 'foreign', source: kernel, values: { low, span, multiplier }, affine: undefined };
  },
};
