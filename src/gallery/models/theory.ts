import type { Draw, ResolvedTensor } from '../../index';

/** What a tensor's values should be, by its initializer. */
export interface Theory {
  readonly mean: number;
  readonly stddev: number;
  /** Where to draw its values: all of them, or all but some in a million. */
  readonly low: number;
  readonly high: number;
}

/** Normal values beyond are one in 1.7 million. */
const REACH = 5;

/** The moments of a draw. */
export function theoryOf(draw: Draw): Theory {
  switch (draw.kind) {
    case 'constant':
      return { mean: draw.value, stddev: 0, low: draw.value, high: draw.value };
    case 'bits':
      return uniform(0, 2 ** 32);
    case 'uniform':
      return uniform(draw.low, draw.high);
    case 'normal':
      return around(draw.mean, draw.stddev);
    case 'truncatedNormal':
      return truncated(draw);
    case 'eye': {
      const { rows, columns, value } = draw;
      const mean = (value * Math.min(rows, columns)) / (rows * columns);
      return { mean, stddev: Math.sqrt(mean * (value - mean)), low: Math.min(0, value), high: Math.max(0, value) };
    }
    case 'orthogonal':
      // Every column, or row, of the longer side has length 1; the mean of a square is so 1 / (longer side).
      return around(0, Math.abs(draw.gain) / Math.sqrt(Math.max(draw.rows, draw.columns)));
  }
}

/** Of all that fills a tensor: a mixture, each part by its elements. */
export function tensorTheory({ shape, count, stretches }: ResolvedTensor): Theory {
  const parts = stretches.map(({ initializer, range }) => ({ theory: theoryOf(initializer.resolve(shape)), share: count === 0 ? 1 : range.count / count }));
  if (parts.length === 1) return parts[0].theory;
  const mean = parts.reduce((sum, { theory, share }) => sum + share * theory.mean, 0);
  const square = parts.reduce((sum, { theory, share }) => sum + share * (theory.stddev ** 2 + (theory.mean - mean) ** 2), 0);
  return { mean, stddev: Math.sqrt(square), low: Math.min(...parts.map(({ theory }) => theory.low)), high: Math.max(...parts.map(({ theory }) => theory.high)) };
}

function uniform(low: number, high: number): Theory {
  return { mean: low / 2 + high / 2, stddev: (high - low) / Math.sqrt(12), low, high };
}

function around(mean: number, stddev: number): Theory {
  return { mean, stddev, low: mean - REACH * stddev, high: mean + REACH * stddev };
}

/** The moments of a normal cut off at both ends, integrated. */
function truncated({ mean, stddev, lower, upper }: Extract<Draw, { kind: 'truncatedNormal' }>): Theory {
  const [low, high] = [Math.max(lower, -REACH), Math.min(upper, REACH)];
  const moment = (power: number): number => simpson((z) => z ** power * Math.exp(-z * z / 2), low, high);
  const mass = moment(0);
  const shift = moment(1) / mass;
  const spread = Math.sqrt(Math.max(moment(2) / mass - shift * shift, 0));
  return { mean: mean + stddev * shift, stddev: stddev * spread, low: mean + stddev * low, high: mean + stddev * high };
}

/** The integral by Simpson's rule, far finer than any digit that is shown. */
function simpson(f: (z: number) => number, from: number, to: number): number {
  const steps = 512;
  const h = (to - from) / steps;
  let sum = f(from) + f(to);
  for (let i = 1; i < steps; i++) sum += (i % 2 === 1 ? 4 : 2) * f(from + i * h);
  return (sum * h) / 3;
}
