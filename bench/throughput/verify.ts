import { patternsIn } from '../../src/core/dtype';
import { type Dtype, type MathMode, Sampler } from '../../src/index';
import { lawOf } from '../../src/statistics/laws';
import { moments, stddevOf } from '../../src/statistics/moments';
import { grouped, plural } from '../../src/text/numbers';
import { Comparison, isBitwise } from '../../src/verify/comparison';
import { DRAWS, type DrawName } from './draws';
import { WrongValues } from './reasons';
import { drawOf, type TensorFill } from './tensors';

/** Tensors up to this size are compared element by element. */
const WHOLE = 2 ** 17;
/** Of larger ones, both ends and ranges of so many elements, as many over all tensors. */
const RANGE = 4096;
const RANGES = 24;

/** Reads elements [start, start + count) of a filling as they lie in memory. */
export type ReadRange = (filling: TensorFill, start: number, count: number) => Promise<ArrayBuffer>;

/**
 * Compares what was computed with the CPU reference: bit for bit, or within the stated bounds of
 * native math and orthogonal matrices.
 * @returns what was compared, in words
 * @throws WrongValues
 */
export async function verifyFillings(fillings: readonly TensorFill[], read: ReadRange): Promise<string> {
  const reference = await Sampler.create({ backend: 'cpu', cpu: 'reference' });
  await reference.load(); // because check cannot
  const perTensor = Math.max(1, Math.floor(RANGES / fillings.length));
  let compared = 0;
  for (const filling of fillings) {
    const { initializer, shape, options } = filling;
    const exact = { ...options, math: 'exact' } as const;
    const comparison = new Comparison(reference.check(initializer, shape, exact), mathOf(filling));
    for (const range of rangesOf(filling, perTensor)) {
      const { start, count } = range;
      const { buffer, byteOffset, byteLength } = await (
        await reference.fill(initializer, shape, { ...exact, range })
      ).data();
      const want = new Uint8Array(buffer, byteOffset, byteLength);
      const got = new Uint8Array(await read(filling, start, count), 0, byteLength);
      const mismatch = comparison.firstMismatch(start, got, want);
      if (mismatch !== undefined) {
        const { element } = mismatch;
        const where = options.name === undefined ? '' : ` of ${options.name}`;
        const [found, right] = [got, want].map((bytes) => bitsOf(options.dtype, bytes, element - start));
        throw new WrongValues(`element ${element}${where} is ${found} and must be ${right}`);
      }
      compared += count;
    }
  }
  const all = fillings.reduce((sum, { count }) => sum + count, 0);
  const where =
    compared === all
      ? ''
      : `, the ends and ${perTensor} ${perTensor === 1 ? 'range' : 'ranges'} of each tensor`;
  const tensors = fillings.length === 1 ? '' : ` in ${plural(fillings.length, 'tensor')}`;
  return `${grouped(compared)} of ${grouped(all)} elements${tensors} ${isBitwise(drawOf(fillings[0]), mathOf(fillings[0])) ? 'equal to' : 'within bounds of'} the CPU reference${where}`;
}

function rangesOf(filling: TensorFill, ranges: number): { start: number; count: number }[] {
  const { count } = filling;
  // An orthogonal is computed whole for any range, so all of it may as well be compared.
  if (count <= WHOLE || drawOf(filling).kind === 'orthogonal') return [{ start: 0, count }];
  const last = count - RANGE;
  // Multiples of an irrational number are spread evenly, and hit no pattern of the dispatches.
  const inner = Array.from({ length: ranges }, (_, i) =>
    Math.floor((((i + 1) * 0.6180339887498949) % 1) * last),
  );
  return [0, ...inner, last].map((start) => ({ start, count: RANGE }));
}

/** The bits of an element of a range, in hexadecimal. */
function bitsOf(dtype: Dtype, { buffer, byteOffset }: Uint8Array<ArrayBuffer>, index: number): string {
  return `0x${patternsIn(dtype, buffer, byteOffset, index + 1)[index].toString(16)}`;
}

function mathOf({ options: { math = 'exact' } }: TensorFill): MathMode {
  return math;
}

/**
 * Standard errors that a moment of a peer may be off: far
 * more than chance, far less than another distribution.
 */
const ERRORS = 8;
/** What a peer's own approximations may add, relative to the standard deviation. */
const SLACK = 2e-3;

/**
 * Whether a peer drew what it shall draw, by mean and standard deviation: its bits are its own.
 * @throws WrongValues
 */
export function verifyMoments(draw: DrawName, count: number, mean: number, stddev: number): string {
  const want = lawOf(DRAWS[draw]().resolve([count]));
  const slack = want.stddev * (ERRORS / Math.sqrt(count) + SLACK);
  if (!(Math.abs(mean - want.mean) <= slack && Math.abs(stddev - want.stddev) <= slack)) {
    throw new WrongValues(
      `mean ${mean} and standard deviation ${stddev} are not those of ${draw}, ${want.mean} and ${want.stddev}`,
    );
  }
  return `mean ${mean.toPrecision(4)} and standard deviation ${stddev.toPrecision(5)} of ${grouped(count)} elements`;
}

/** The same on values that are here: at most a million, from all over. */
export function verifySample(draw: DrawName, values: ArrayLike<number>): string {
  const step = Math.ceil(values.length / 2 ** 20);
  const sample = Float64Array.from({ length: Math.ceil(values.length / step) }, (_, i) => values[i * step]);
  const all = moments(sample);
  if (all.finite < all.count)
    throw new WrongValues(
      `${all.count - all.finite} of ${grouped(all.count)} elements are not finite, and are not those of ${draw}`,
    );
  return verifyMoments(draw, all.count, all.mean, stddevOf(all));
}

/** Columns of a square matrix, row-major, that shall be orthonormal. @throws WrongValues */
export function verifyOrthonormal(side: number, q: ArrayLike<number>, bound: number): string {
  let worst = 0;
  for (let i = 0; i < side; i++) {
    for (let j = i; j < side; j++) {
      let sum = i === j ? -1 : 0;
      for (let k = 0; k < side; k++) sum += q[k * side + i] * q[k * side + j];
      worst = Math.max(worst, Math.abs(sum)); // NaN stays
    }
  }
  if (!(worst <= bound))
    throw new WrongValues(`its columns are not orthonormal: Q^T Q differs from I by ${worst}`);
  return `max |Q^T Q - I| = ${worst.toExponential(1)}`;
}
