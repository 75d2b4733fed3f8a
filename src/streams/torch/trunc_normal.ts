import { erf, erfinv, exp, log } from '../../arithmetic/elementary';
import { roundTo } from '../../arithmetic/round';
import { finiteNumber } from '../../core/check';
import type { FloatDtype } from '../../core/dtype';
import { ArgumentError } from '../../core/errors';
import { type StreamDistribution, FLOATS } from '../../distributions/distribution';
import { fitting, location } from '../../distributions/fitting';
import type { ForeignDraw, ForeignParameters } from '../../distributions/foreign';
import type { TruncatedNormalDraw } from '../../distributions/truncated_normal';
import { type Drawing, drawingParameters, wholeDrawing } from './drawing';
import type { GeneratorState } from './generator';
import { normalDrawing } from './normal';
import { uniformDrawing } from './uniform';

/** A normal that is cut off at values. */
interface Cut {
  readonly mean: number;
  readonly stddev: number;
  readonly low: number;
  readonly high: number;
}

/** The ways in which versions of torch draw it. */
export const METHODS = ['rejection', 'erfinv'] as const;
export type TruncNormalMethod = (typeof METHODS)[number];

/** A window with less of a normal's mass is drawn from uniforms. */
const SMALL_MASS = 0.3;

/** With a smaller share of accepted uniforms the rounds would take very long. */
const LEAST_ACCEPTANCE = 1 / 64;

/** Draws of the same tensor, one after the other. */
class Draws {
  constructor(public state: GeneratorState) {}

  /** The next values, rounded to the dtype. */
  next(drawing: Drawing, total: number, dtype: FloatDtype): Float32Array<ArrayBuffer> {
    const values = new Float32Array(drawing.values(this.state, 0, total).buffer);
    this.state = drawing.after(this.state);
    return dtype === 'float32' ? values : values.map((value) => roundTo(dtype, value));
  }
}

/** From 2.12 on: whole tensors of normals, until each element has had one inside. */
function byNormals({ mean, stddev, low, high }: Cut, dtype: FloatDtype, total: number): Drawing {
  const normals = normalDrawing(mean, stddev, dtype, total);
  const [least, most] = [roundTo(dtype, low), roundTo(dtype, high)];
  const isOut = (value: number): boolean => value < least || value > most;
  return wholeDrawing((state) => {
    const draws = new Draws(state);
    const values = draws.next(normals, total, dtype);
    while (values.some(isOut)) {
      const again = draws.next(normals, total, dtype);
      values.forEach((value, i) => {
        if (isOut(value)) values[i] = again[i];
      });
    }
    return { values: new Uint32Array(values.buffer), after: draws.state };
  });
}

/** From 2.12 on, in windows of little mass: uniforms of the window, and others that accept them by the density. */
function byUniforms({ mean, stddev, low, high }: Cut, dtype: FloatDtype, total: number): Drawing {
  const candidates = uniformDrawing(low, high, dtype, total);
  const accepting = uniformDrawing(0, 1, dtype, total);
  const mode = Math.max(low, Math.min(mean, high));
  const peak = -0.5 * ((mode - mean) / stddev) ** 2;
  const round = (value: number): number => roundTo(dtype, value);
  // A sum with a scalar rounds it to the dtype, a quotient to float32.
  const [offset, scale, top] = [round(mean), Math.fround(stddev), round(peak)];
  const density = (value: number): number => {
    const z = round(round(value - offset) / scale);
    return round(round(round(z * z) * -0.5) - top);
  };
  return wholeDrawing((state) => {
    const draws = new Draws(state);
    const values = new Float32Array(total);
    const pending = new Uint8Array(total).fill(1);
    while (pending.includes(1)) {
      const drawn = draws.next(candidates, total, dtype);
      const levels = draws.next(accepting, total, dtype);
      for (let i = 0; i < total; i++) {
        if (pending[i] === 0) continue;
        values[i] = drawn[i];
        const level = levels[i] === 0 ? -Infinity : round(log(levels[i]));
        if (!(level > density(drawn[i]))) pending[i] = 0;
      }
    }
    return { values: new Uint32Array(values.buffer), after: draws.state };
  });
}

/** The share of a normal below a value. */
function cdf(value: number, { mean, stddev }: Cut): number {
  return (1 + erf((value - mean) / stddev / Math.SQRT2)) / 2;
}

/** Up to 2.11: the inverse of the distribution, of one uniform for each element. */
function byInverse(cut: Cut, dtype: FloatDtype, total: number): Drawing {
  const { mean, stddev, low, high } = cut;
  const uniforms = uniformDrawing(2 * cdf(low, cut) - 1, 2 * cdf(high, cut) - 1, dtype, total);
  const scale = Math.fround(stddev * Math.SQRT2);
  const offset = roundTo(dtype, mean);
  const [least, most] = [roundTo(dtype, low), roundTo(dtype, high)];
  const round = (value: number): number => roundTo(dtype, value);
  return {
    values(state, start, count) {
      const values = new Float32Array(uniforms.values(state, start, count).buffer);
      for (let i = 0; i < count; i++) {
        const z = round(erfinv(round(values[i])));
        values[i] = Math.min(Math.max(round(round(z * scale) + offset), least), most);
      }
      return new Uint32Array(values.buffer);
    },
    after: (state) => uniforms.after(state),
  };
}

function drawingOf(cut: Cut, method: TruncNormalMethod, dtype: FloatDtype, total: number): Drawing {
  if (method === 'erfinv') return byInverse(cut, dtype, total);
  const mass = cdf(cut.high, cut) - cdf(cut.low, cut);
  return (mass > SMALL_MASS ? byNormals : byUniforms)(cut, dtype, total);
}

/** The share of uniforms between the bounds that their density accepts. */
function acceptance({ mean, stddev, low, high }: Cut, mass: number): number {
  const z = (Math.max(low, Math.min(mean, high)) - mean) / stddev;
  if (Math.abs(z) > 30) return 0; // The density is 0 to float32.
  const peak = exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
  return mass / (((high - low) / stddev) * peak);
}

function checked(cut: Cut, method: TruncNormalMethod, dtype: FloatDtype): Cut {
  const { mean, stddev, low, high } = cut;
  location(mean, stddev, dtype);
  if (stddev === 0)
    throw new ArgumentError('stddev of a truncated normal must be > 0 in the stream torch, got 0');
  if (!(low < high)) throw new ArgumentError(`the lower bound must be < ${high}, got ${low}`);
  const mass = cdf(high, cut) - cdf(low, cut);
  // Only a window that rejection of normals serves may be open.
  if (method === 'erfinv' || mass <= SMALL_MASS) {
    fitting('the lower bound', finiteNumber('the lower bound', low), dtype);
    fitting('the upper bound', finiteNumber('the upper bound', high), dtype);
  }
  if (method === 'rejection' && mass <= SMALL_MASS && !(acceptance(cut, mass) >= LEAST_ACCEPTANCE)) {
    throw new ArgumentError(
      `the bounds ${low} and ${high} of a normal of mean ${mean} and stddev ${stddev} must accept at least 1/64 of their uniforms, got ${acceptance(cut, mass).toPrecision(3)}`,
    );
  }
  return cut;
}

/** How `trunc_normal_(mean, std, a, b)` draws. The numbers are these, and the index of the method. */
export const trunc_normal: StreamDistribution<ForeignDraw, ForeignParameters<Drawing>> = {
  dtypes: FLOATS,
  parameters({ numbers: [mean, stddev, low, high, index] }, dtype, _math, total) {
    const method = METHODS[index];
    const cut = checked({ mean, stddev, low, high }, method, dtype as FloatDtype);
    return drawingParameters(drawingOf(cut, method, dtype as FloatDtype, total));
  },
};

/** A truncated normal of ours is `trunc_normal_` between the same bounds, as torch 2.12 and newer draw it. */
export const truncated_normal: StreamDistribution<TruncatedNormalDraw, ForeignParameters<Drawing>> = {
  dtypes: FLOATS,
  parameters({ mean, stddev, lower, upper }, dtype, _math, total) {
    const bounds = { low: mean + lower * stddev, high: mean + upper * stddev };
    const cut = checked({ mean, stddev, ...bounds }, 'rejection', dtype as FloatDtype);
    return drawingParameters(drawingOf(cut, 'rejection', dtype as FloatDtype, total));
  },
};
