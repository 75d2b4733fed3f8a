import type { Draw } from '../../index';

/** What a draw's values should look like: a density over [low, high], or a few values with their shares. */
export type Law =
  | {
      readonly kind: 'density';
      readonly low: number;
      readonly high: number;
      readonly mean: number;
      readonly stddev: number;
      at(x: number): number;
    }
  | {
      readonly kind: 'values';
      readonly shares: readonly { readonly value: number; readonly share: number }[];
      readonly mean: number;
      readonly stddev: number;
    };

/** Standard deviations on either side of the mean that a normal is drawn over. */
const REACH = 4;

export function lawOf(draw: Draw): Law {
  switch (draw.kind) {
    case 'uniform': {
      const { low, high } = draw;
      if (low === high) return values([{ value: low, share: 1 }]);
      return {
        kind: 'density',
        low,
        high,
        mean: (low + high) / 2,
        stddev: (high - low) / Math.sqrt(12),
        at: (x) => (x >= low && x <= high ? 1 / (high - low) : 0),
      };
    }
    case 'normal': {
      const { mean, stddev } = draw;
      if (stddev === 0) return values([{ value: mean, share: 1 }]);
      return {
        kind: 'density',
        low: mean - REACH * stddev,
        high: mean + REACH * stddev,
        mean,
        stddev,
        at: (x) => bell((x - mean) / stddev) / stddev,
      };
    }
    case 'truncated_normal':
      return truncated(draw);
    case 'orthogonal':
      return orthogonal(draw);
    case 'eye': {
      const { rows, columns, value } = draw;
      const ones = Math.min(rows, columns) / (rows * columns);
      return values(
        [
          { value: 0, share: 1 - ones },
          { value, share: ones },
        ].filter(({ share }) => share > 0),
      );
    }
    case 'constant':
      return values([{ value: draw.value, share: 1 }]);
    case 'bits':
      throw new Error('raw words have no law of their own');
  }
}

function values(shares: readonly { value: number; share: number }[]): Law {
  const mean = shares.reduce((sum, { value, share }) => sum + share * value, 0);
  const variance = shares.reduce((sum, { value, share }) => sum + share * (value - mean) ** 2, 0);
  return { kind: 'values', shares, mean, stddev: Math.sqrt(variance) };
}

/** A normal cut on both sides (Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions, section 13.10.1). */
function truncated({ mean, stddev, lower, upper }: Draw & { kind: 'truncated_normal' }): Law {
  if (stddev === 0) return values([{ value: mean, share: 1 }]);
  const [a, b] = [Math.max(lower, -REACH), Math.min(upper, REACH)];
  const steps = 2000;
  let mass = 0;
  let first = 0;
  let second = 0;
  for (let i = 0; i < steps; i++) {
    const z = a + ((i + 0.5) / steps) * (b - a);
    const weight = (bell(z) * (b - a)) / steps;
    mass += weight;
    first += weight * z;
    second += weight * z * z;
  }
  const center = a === -b ? 0 : first / mass;
  return {
    kind: 'density',
    low: mean + a * stddev,
    high: mean + b * stddev,
    mean: mean + center * stddev,
    stddev: stddev * Math.sqrt(second / mass - center * center),
    at: (x) => {
      const z = (x - mean) / stddev;
      return z < a || z > b ? 0 : bell(z) / mass / stddev;
    },
  };
}

/** An element of a Haar distributed matrix is a coordinate of a point on the sphere in n dimensions, n being the longer side. */
function orthogonal({ rows, columns, gain }: Draw & { kind: 'orthogonal' }): Law {
  const n = Math.max(rows, columns);
  const size = Math.abs(gain);
  if (size === 0) return values([{ value: 0, share: 1 }]);
  if (n === 1)
    return values([
      { value: -gain, share: 0.5 },
      { value: gain, share: 0.5 },
    ]);
  const stddev = size / Math.sqrt(n);
  const reach = Math.min(size, REACH * stddev);
  const scale = Math.exp(logGamma(n / 2) - logGamma((n - 1) / 2)) / Math.sqrt(Math.PI) / size;
  return {
    kind: 'density',
    low: -reach,
    high: reach,
    mean: 0,
    stddev,
    at: (x) => (Math.abs(x) < size ? scale * (1 - (x / size) ** 2) ** ((n - 3) / 2) : 0),
  };
}

function bell(z: number): number {
  return Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
}

/** Stirling's series, after the recurrence has brought x above 8. */
function logGamma(x: number): number {
  let shift = 0;
  for (; x < 8; x++) shift -= Math.log(x);
  return shift + (x - 0.5) * Math.log(x) - x + Math.log(2 * Math.PI) / 2 + 1 / (12 * x) - 1 / (360 * x ** 3);
}
