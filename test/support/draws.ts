import type { Elements, Patterns } from '../../src/backends/cpu/computer';
import { fillReference } from '../../src/backends/cpu/reference/fill';
import { type Dtype, isHalf } from '../../src/core/dtype';
import { ArgumentError } from '../../src/core/errors';
import type { Draw } from '../../src/distributions/draw';
import { parameters } from '../../src/distributions/parameters';
import { Key } from '../../src/streams/key';
import { expectSameBytes } from './bytes';
import type { TestRandom } from './random';

function blank(dtype: Dtype, count: number): Patterns {
  return isHalf(dtype) ? new Uint16Array(count) : new Uint32Array(count);
}

function bytesOf({ buffer, byteOffset, byteLength }: Patterns): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/**
 * Computes a stretch by the reference and in another way.
 * @param fill the other way, which says whether it knows the elements
 * @returns false where the draw is refused, or the other way does not know it
 */
export function compareWithReference(
  fill: (elements: Elements, start: number, out: Patterns) => boolean,
  draw: Draw,
  dtype: Dtype,
  seed: bigint,
  start: number,
  count: number,
): boolean {
  let elements: Elements;
  try {
    const params = parameters(draw, dtype, 'exact');
    if (params.kernel === 'orthogonal') return false;
    elements = { params, key: Key.from(seed), dtype };
  } catch (error) {
    if (error instanceof ArgumentError) return false;
    throw error;
  }
  const got = blank(dtype, count);
  if (!fill(elements, start, got)) return false; // a constant
  const want = blank(dtype, count);
  fillReference(elements.params, elements.key, dtype, start, want);
  expectSameBytes(
    bytesOf(got),
    bytesOf(want),
    JSON.stringify({ draw, dtype, seed: String(seed), start, count }),
  );
  return true;
}

export const FLOATS: readonly Dtype[] = ['float32', 'float16', 'bfloat16'];

/** A float64 number whose size is anything from 2^-160 to 2^130, often simple in binary. */
function anyNumber(random: TestRandom): number {
  const exponent = random.below(3) === 0 ? random.below(290) - 160 : random.below(24) - 20;
  const mantissa = random.below(2) === 0 ? 1 + random.below(16) / 8 : 1 + random.word() / 2 ** 32;
  return (random.below(2) === 0 ? -1 : 1) * mantissa * 2 ** exponent;
}

export function anyDraw(random: TestRandom): Draw {
  const mean = random.below(3) === 0 ? 0 : anyNumber(random);
  const stddev = Math.abs(anyNumber(random));
  switch (random.below(4)) {
    case 0: {
      const low = random.below(4) === 0 ? 0 : anyNumber(random);
      const high = random.below(4) === 0 ? -low : low + Math.abs(anyNumber(random));
      return { kind: 'uniform', low: Math.min(low, high), high: Math.max(low, high) };
    }
    case 1:
      return { kind: 'normal', mean, stddev };
    case 2: {
      const lower = random.below(4) === 0 ? -Infinity : random.below(6000) / 1000 - 4;
      const upper = random.below(4) === 0 ? Infinity : lower + 0.01 + random.below(4000) / 1000;
      return {
        kind: 'truncated_normal',
        mean,
        stddev,
        lower,
        upper: lower === -Infinity && upper !== Infinity ? 1 : upper,
      };
    }
    default:
      return { kind: 'normal', mean: mean * 2 ** -random.below(60), stddev: stddev * 2 ** -random.below(60) };
  }
}

/** Around groups, the scratch memory, blocks whose words carry, and the last element there can be. */
export const STARTS = [
  0,
  1,
  31,
  4095,
  2 ** 32 - 5,
  2 ** 34 - 37,
  2 ** 34 + 1,
  3 * 2 ** 34 - 4096,
  2 ** 40 + 7,
  2 ** 53 - 1 - 10000,
];

/** Draws whose affine maps have every width, and results that are subnormal. */
export const DRAWS: readonly Draw[] = [
  { kind: 'uniform', low: 0, high: 1 },
  { kind: 'uniform', low: 0, high: 1e-43 },
  { kind: 'uniform', low: -1e-9, high: 1000 },
  { kind: 'uniform', low: 5, high: 5.01 },
  { kind: 'uniform', low: -3e38, high: 3e38 },
  { kind: 'normal', mean: 0, stddev: 1 },
  { kind: 'normal', mean: 0, stddev: 3e-45 },
  { kind: 'normal', mean: 1, stddev: 1 },
  { kind: 'normal', mean: -100, stddev: 1e-9 },
  { kind: 'normal', mean: 1e30, stddev: 1e-3 },
  { kind: 'normal', mean: 1e-30, stddev: 1e7 },
  { kind: 'truncated_normal', mean: 0, stddev: 0.05, lower: -2, upper: 2 },
  { kind: 'truncated_normal', mean: 0, stddev: 1, lower: 2.15, upper: Infinity },
  { kind: 'truncated_normal', mean: 3, stddev: 0.5, lower: -Infinity, upper: -2.15 },
  { kind: 'truncated_normal', mean: 0, stddev: 1e-4, lower: -0.02, upper: 0.02 },
];
