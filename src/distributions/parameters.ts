import { type Affine, affineMap } from '../arithmetic/affine_map';
import { finiteNumber, nonNegativeNumber } from '../core/check';
import { affine } from '../arithmetic/affine_step';
import { FRACTION_BITS, LARGEST_NORMAL } from '../arithmetic/box_muller';
import type { Draw, MathMode } from './draw';
import { type Dtype, type FloatDtype, isHalf } from '../core/dtype';
import { ArgumentError } from '../core/errors';
import { normalMass } from './normal_mass';
import { decode, float32Bits, float32FromBits, roundBits, roundTo } from '../arithmetic/round';
import { spanInside } from './span';

/** The kernels: entry shaders in shaders/, twins in src/cpu/. */
export type Kernel =
  | 'constant'
  | 'bits'
  | 'uniform'
  | 'eye'
  | 'orthogonal'
  | 'normal'
  | 'normal_native'
  | 'truncated_normal'
  | 'truncated_normal_native';

/**
 * What a kernel needs to know beside where it writes: the draw as integers and bit patterns,
 * made once on the host, so that both backends start from the same bits.
 */
export type Parameters =
  | { readonly kernel: 'constant'; readonly pattern: number }
  | { readonly kernel: 'bits' }
  | {
      readonly kernel: 'uniform';
      readonly affine: Affine;
      readonly wordMin: number;
      readonly wordMax: number;
      /** What the affine step counts words from. */
      readonly center: number;
    }
  | { readonly kernel: 'normal'; readonly affine: Affine }
  | { readonly kernel: 'normal_native'; readonly mean: number; readonly stddev: number }
  | ({ readonly kernel: 'truncated_normal'; readonly affine: Affine } & Window & Clamp)
  | ({
      readonly kernel: 'truncated_normal_native';
      readonly mean: number;
      readonly stddev: number;
      /** The first and last float32 number that, rounded to the dtype, stays inside the bounds. */
      readonly valueMin: number;
      readonly valueMax: number;
    } & Window)
  | { readonly kernel: 'eye'; readonly pattern: number; readonly rows: number; readonly columns: number }
  | {
      readonly kernel: 'orthogonal';
      readonly rows: number;
      readonly columns: number;
      /** The element where the matrix begins. */
      readonly offset: number;
      /** A float32 number. */
      readonly gain: number;
      /** What fills the matrix that is factorized; exact in either math. */
      readonly normals: Extract<Parameters, { kernel: 'normal' }>;
    };

/** Standard normals that are accepted, first and last: integers with FRACTION_BITS, plain numbers where native. */
interface Window {
  readonly acceptMin: number;
  readonly acceptMax: number;
  /** Candidates an element needs on average. */
  readonly attempts: number;
}

/** The first and last of them whose values, rounded to the dtype, stay inside the bounds. */
interface Clamp {
  readonly clampMin: number;
  readonly clampMax: number;
}

/** Below this share of accepted candidates rejection would keep whole subgroups waiting. */
export const SMALLEST_MASS = 1 / 64;

/** @throws ArgumentError where the draw's numbers make no sense or no value of `dtype` fits them */
export function parameters(draw: Draw, dtype: Dtype, math: MathMode): Parameters {
  if (draw.kind === 'bits') {
    if (dtype !== 'uint32') throw new ArgumentError(`bits are uint32, got dtype ${dtype}`);
    return { kernel: 'bits' };
  }
  if (dtype === 'uint32')
    throw new ArgumentError(`dtype uint32 is for bits; ${draw.kind} takes float32, float16 or bfloat16`);
  switch (draw.kind) {
    case 'constant':
      return constant('value', draw.value, dtype);
    case 'uniform':
      return uniform(draw.low, draw.high, dtype);
    case 'normal':
      return normal(draw.mean, draw.stddev, dtype, math);
    case 'truncatedNormal':
      return truncatedNormal(draw, dtype, math);
    case 'eye':
      return {
        kernel: 'eye',
        pattern: roundBits(dtype, float32Bits(fitting('gain', draw.value, dtype))),
        rows: draw.rows,
        columns: draw.columns,
      };
    case 'orthogonal':
      return {
        kernel: 'orthogonal',
        rows: draw.rows,
        columns: draw.columns,
        offset: draw.offset,
        gain: Math.fround(fitting('gain', draw.gain, dtype)),
        normals: { kernel: 'normal', affine: affineMap(0, 1, 0, FRACTION_BITS) },
      };
  }
}

function constant(name: string, value: number, dtype: FloatDtype): Parameters {
  const bits = roundBits(dtype, float32Bits(fitting(name, value, dtype)));
  return { kernel: 'constant', pattern: isHalf(dtype) ? (bits | (bits << 16)) >>> 0 : bits };
}

/**
 * Both ends count as float32. The open end is kept out as the dtype rounds it, too: 0.05 is a
 * little less in float16, and a comparison in float16 would take that value for the end. Where
 * this leaves nothing, only the end itself is kept out.
 */
function uniform(low: number, high: number, dtype: FloatDtype): Parameters {
  const a = Math.fround(fitting('low', low, dtype));
  const b = Math.fround(fitting('high', high, dtype));
  if (high < low) throw new ArgumentError(`high must be >= low = ${low}, got ${high}`);
  if (a === b) return constant('low', low, dtype);
  // Around 0 the offset falls away: low + (high - low) w / 2^32 = (high - low) (w - 2^31) / 2^32.
  const center = a === -b ? 2 ** 31 : 0;
  const map = affineMap(center === 0 ? a : 0, b, a, 32);
  const float32 = (word: number): number => affine(map, word < center, Math.abs(word - center));
  const words = spanInside(0, 0xffffffff, (word) => decode(dtype, roundBits(dtype, float32(word))), [
    { entered: (value) => value >= a, left: (value) => value >= Math.min(b, roundTo(dtype, b)) },
    { entered: (value) => value >= a, left: (value) => value >= b },
  ]);
  if (words === undefined) throw new ArgumentError(`no ${dtype} lies in [${low}, ${high})`);
  return { kernel: 'uniform', affine: map, wordMin: words.first, wordMax: words.last, center };
}

function normal(mean: number, stddev: number, dtype: FloatDtype, math: MathMode): Parameters {
  const { m, s } = location(mean, stddev, dtype);
  if (s === 0) return constant('mean', mean, dtype);
  checkReach(m, s, -LARGEST_NORMAL, LARGEST_NORMAL, dtype);
  if (math === 'native') return { kernel: 'normal_native', mean: m, stddev: s };
  return { kernel: 'normal', affine: affineMap(m, s, 0, FRACTION_BITS) };
}

function truncatedNormal(
  { mean, stddev, lower, upper }: Extract<Draw, { kind: 'truncatedNormal' }>,
  dtype: FloatDtype,
  math: MathMode,
): Parameters {
  if (!(lower < upper)) throw new ArgumentError(`lower must be below upper = ${upper}, got ${lower}`);
  const mass = normalMass(lower, upper);
  if (mass < SMALLEST_MASS) {
    throw new ArgumentError(
      `[lower, upper] = [${lower}, ${upper}] stddev must hold at least 1/64 of a normal's mass, got ${mass.toPrecision(3)}`,
    );
  }
  const { m, s } = location(mean, stddev, dtype);
  if (s === 0) return constant('mean', mean, dtype);
  checkReach(m, s, Math.max(lower, -LARGEST_NORMAL), Math.min(upper, LARGEST_NORMAL), dtype);
  const scale = 2 ** FRACTION_BITS;
  const acceptMin = Math.max(Math.floor(lower * scale) + 1, -LARGEST_NORMAL * scale);
  const acceptMax = Math.min(Math.ceil(upper * scale) - 1, LARGEST_NORMAL * scale);
  const map = affineMap(m, s, 0, FRACTION_BITS);
  const float32 = (z: number): number => affine(map, z < 0, Math.abs(z));
  const low = m + lower * s;
  const high = m + upper * s;
  // As for uniform, with both ends open.
  const inside = spanInside(acceptMin, acceptMax, (z) => decode(dtype, roundBits(dtype, float32(z))), [
    {
      entered: (value) => value > Math.max(low, roundTo(dtype, low)),
      left: (value) => value >= Math.min(high, roundTo(dtype, high)),
    },
    { entered: (value) => value > low, left: (value) => value >= high },
  ]);
  if (inside === undefined) throw new ArgumentError(`no ${dtype} lies strictly between ${low} and ${high}`);
  const attempts = 1 / mass;
  if (math === 'native') {
    return {
      kernel: 'truncated_normal_native',
      mean: m,
      stddev: s,
      attempts,
      acceptMin: acceptMin / scale,
      acceptMax: acceptMax / scale,
      valueMin: float32FromBits(float32(inside.first)),
      valueMax: float32FromBits(float32(inside.last)),
    };
  }
  return {
    kernel: 'truncated_normal',
    affine: map,
    attempts,
    acceptMin,
    acceptMax,
    clampMin: inside.first,
    clampMax: inside.last,
  };
}

function location(mean: number, stddev: number, dtype: FloatDtype): { m: number; s: number } {
  const s = Math.fround(nonNegativeNumber('stddev', stddev));
  fitting('stddev', stddev, dtype);
  return { m: Math.fround(fitting('mean', mean, dtype)), s };
}

/** Refuses what rounding would turn into infinities. */
function checkReach(mean: number, stddev: number, lower: number, upper: number, dtype: FloatDtype): void {
  for (const reach of [mean + lower * stddev, mean + upper * stddev]) {
    if (!Number.isFinite(roundTo(dtype, reach))) {
      throw new ArgumentError(
        `mean ${mean} with stddev ${stddev} reaches ${reach}, which does not fit ${dtype}`,
      );
    }
  }
}

/** A finite number that is still finite as an element of `dtype`. */
function fitting(name: string, value: number, dtype: FloatDtype): number {
  if (!Number.isFinite(roundTo(dtype, finiteNumber(name, value)))) {
    throw new ArgumentError(`${name} must fit ${dtype}, got ${value}`);
  }
  return value;
}
