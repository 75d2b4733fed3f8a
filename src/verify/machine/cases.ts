import { bytesPerElement, type Dtype } from '../../core/dtype';
import { elementCount } from '../../core/shape';
import type { Draw } from '../../distributions/draw';
import { CHECKSUM_ELEMENTS, CHECKSUMMED, withBounds } from '../checksums';

/** A tensor that a machine computes to be examined. */
export interface MachineCase {
  /** As the contract has it. */
  readonly draw: Draw;
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  /** Decimal. */
  readonly seed: string;
  readonly name?: string;
  /**
   * The SHA-256 of the right bytes in hexadecimal. Where the contract has none, every element is compared with
   * the CPU reference.
   */
  readonly sha256?: string;
}

/** The dtypes of the draws that the contract has no checksums of. */
const FLOATS: readonly Dtype[] = ['float32', 'float16', 'bfloat16'];

/** A matrix of as many elements as a checksum is made of. */
const SIDE = 4096;
/** The side of the orthogonal matrix: several panels of its factorization, and little work for the reference. */
const ORTHOGONAL_SIDE = 256;

const WITHOUT_CHECKSUM: readonly Pick<MachineCase, 'draw' | 'shape'>[] = [
  { draw: { kind: 'constant', value: -0.1 }, shape: [CHECKSUM_ELEMENTS] },
  { draw: { kind: 'eye', rows: SIDE, columns: SIDE, value: 1.7 }, shape: [SIDE, SIDE] },
  {
    draw: { kind: 'orthogonal', rows: ORTHOGONAL_SIDE, columns: ORTHOGONAL_SIDE, gain: 1, offset: 0 },
    shape: [ORTHOGONAL_SIDE, ORTHOGONAL_SIDE],
  },
];

/** Every draw in every dtype: all checksums of the contract, and the draws that have none. */
export const MACHINE_CASES: readonly MachineCase[] = [
  ...CHECKSUMMED.map(({ draw, dtype, seed, name, sha256 }) => ({
    draw,
    dtype,
    shape: [CHECKSUM_ELEMENTS],
    seed,
    name,
    sha256,
  })),
  ...WITHOUT_CHECKSUM.flatMap((one) => FLOATS.map((dtype) => ({ ...one, dtype, seed: '42' }))),
];

/** What a sampler takes as the initializer of a case. */
export function initializerOf({ draw }: MachineCase) {
  const drawn = withBounds(draw);
  return { className: 'Draw', resolve: () => drawn, getConfig: () => ({}) };
}

/** What a sampler takes as the options of a case. */
export function optionsOf({ dtype, seed, name }: MachineCase) {
  return { dtype, seed: BigInt(seed), name };
}

/** Whether the elements may differ from those of another machine within a bound. */
export function isBounded({ draw }: Pick<MachineCase, 'draw'>): boolean {
  return draw.kind === 'orthogonal';
}

export function bytesOf({ shape, dtype }: Pick<MachineCase, 'shape' | 'dtype'>): number {
  return elementCount(shape) * bytesPerElement(dtype);
}
