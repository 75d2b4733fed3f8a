import { describe, expect, it } from 'vitest';
import type { Draw } from '../../src/distributions/draw';
import { initializers, Sampler } from '../../src/index';
import {
  exponential,
  gamma,
  gumbel,
  inverseSoftplus,
  laplace,
  logArange,
  logistic,
  lognormal,
  sinusoidal,
} from '../../src/initializers/distributions';
import { type ContinuousLaw, type DensityLaw, lawOf } from '../../src/statistics/laws';
import { exponentialLaw } from '../../src/statistics/laws/exponential';
import { gammaLaw } from '../../src/statistics/laws/gamma';
import { gumbelLaw } from '../../src/statistics/laws/gumbel';
import { inverseSoftplusLaw } from '../../src/statistics/laws/inverse_softplus';
import { laplaceLaw } from '../../src/statistics/laws/laplace';
import { logisticLaw } from '../../src/statistics/laws/logistic';
import { lognormalLaw } from '../../src/statistics/laws/lognormal';
import { normalLaw } from '../../src/statistics/laws/normal';
import { truncatedNormalLaw } from '../../src/statistics/laws/truncated_normal';
import { uniformLaw } from '../../src/statistics/laws/uniform';
import { moments, stddevOf } from '../../src/statistics/moments';
import { expectNear } from '../support/near';

/** The integral of f over the law's support, by the midpoint rule. */
function integral({ low, high }: DensityLaw, f: (x: number) => number, steps = 2 ** 18): number {
  const width = (high - low) / steps;
  let sum = 0;
  for (let i = 0; i < steps; i++) sum += f(low + (i + 0.5) * width) * width;
  return sum;
}

const CONTINUOUS: readonly [string, ContinuousLaw][] = [
  ['uniform', uniformLaw(-1, 3)],
  ['normal', normalLaw(2, 0.5)],
  ['exponential', exponentialLaw(2)],
  ['Laplace', laplaceLaw(1, 2)],
  ['logistic', logisticLaw(1, 2)],
  ['Gumbel', gumbelLaw(1, 2)],
  ['gamma', gammaLaw(3, 2)],
  ['gamma of a large concentration', gammaLaw(1e4, 0.5)],
  ['lognormal', lognormalLaw(1, 0.25)],
  ['inverse softplus', inverseSoftplusLaw(0.01, 3)],
  ['normal, cut at +-2', truncatedNormalLaw(1, 2, -2, 2)],
  ['normal, cut on one side', truncatedNormalLaw(1, 2, -0.5, Infinity)],
  ['normal, cut on both sides of a tail', truncatedNormalLaw(0, 1, 1, 2.5)],
];

const DENSITIES: readonly [string, DensityLaw][] = [
  ...CONTINUOUS,
  ...[3, 4, 100].map((n): [string, DensityLaw] => [
    `orthogonal of ${n} dimensions`,
    lawOf({ kind: 'orthogonal', rows: n, columns: 3, gain: 2, offset: 0 }) as DensityLaw,
  ]),
];

describe.each(DENSITIES)('the density: %s', (_, law) => {
  it('has the mass 1, and its mean and stddev', () => {
    expect(integral(law, law.density)).toBeCloseTo(1, 6);
    expect(integral(law, (x) => x * law.density(x))).toBeCloseTo(law.mean, 6);
    const variance = integral(law, (x) => (x - law.mean) ** 2 * law.density(x));
    expect(Math.sqrt(variance)).toBeCloseTo(law.stddev, 6);
  });
});

describe.each(CONTINUOUS)('the distribution function: %s', (_, law) => {
  const points = Array.from({ length: 41 }, (_, i) => law.low + (i / 40) * (law.high - law.low));

  it('adds up to 1, from 0 at the low end to 1 at the high end', () => {
    for (const x of points) expect(law.below(x) + law.above(x)).toBeCloseTo(1, 14);
    expect(law.below(law.low)).toBeCloseTo(0, 14);
    expect(law.above(law.high)).toBeCloseTo(0, 14);
  });

  it('has the density for its slope', () => {
    const step = 1e-4 * law.stddev;
    for (const point of points.slice(1, -1)) {
      const x = point + 2 * step; // beside the middle, where the density of a Laplace law has a kink
      const [left, right] = [x - step, x + step];
      // The smaller of the two tails has the digits.
      const mass = x < law.mean ? law.below(right) - law.below(left) : law.above(left) - law.above(right);
      expectNear(mass / (2 * step), law.density(x), 1e-6);
    }
  });
});

describe('a cut normal', () => {
  // By mpmath 1.3.0 with 30 digits, from npdf and ncdf: the mean and stddev by quad, and P(X >= lower + 1).
  it.each([
    [-2, 2, 0, 0.87962566103423975, 0.85761638600545304],
    [-0.5, Infinity, 0.50916043383703349, 0.69726281680322457, 0.44621010684731804],
    [1, 2.5, 1.4722789034330307, 0.3635968700386678, 0.10850078886301527],
  ])(
    'at %f and %f has the mean, the stddev and the tail that mpmath gives',
    (lower, upper, mean, stddev, above) => {
      const law = truncatedNormalLaw(0, 1, lower, upper);
      expect(law.mean).toBeCloseTo(mean, 13);
      expect(law.stddev).toBeCloseTo(stddev, 13);
      expect(law.above(lower + 1)).toBeCloseTo(above, 13);
    },
  );

  it('says which of its ends are open and which infinite', () => {
    expect(truncatedNormalLaw(0, 1, -0.5, Infinity)).toMatchObject({ lowEnd: 'open', highEnd: 'infinite' });
    expect(truncatedNormalLaw(0, 1, -2, 2)).toMatchObject({ low: -2, high: 2, mean: 0 });
  });
});

describe('the law of a draw', () => {
  // 240,000 values: the mean is within 5 of its standard errors, the standard deviation within 2 %.
  const SHAPE = [400, 600];
  const cases: readonly [string, initializers.Initializer][] = [
    ['uniform', initializers.randomUniform({ minval: -1, maxval: 3 })],
    ['normal', initializers.randomNormal({ mean: 2, stddev: 0.5 })],
    ['truncated normal', initializers.truncatedNormal({ mean: 1, stddev: 2, lower: -0.5, upper: Infinity })],
    ['orthogonal', initializers.orthogonal({ gain: 2 })],
    ['constant', initializers.constant({ value: 0.5 })],
    ['bits', initializers.bits()],
    ['exponential', exponential({ scale: 2 })],
    ['Laplace', laplace({ loc: 1, scale: 2 })],
    ['logistic', logistic({ loc: 1, scale: 2 })],
    ['Gumbel', gumbel({ loc: 1, scale: 2 })],
    ['gamma', gamma({ concentration: 0.5, scale: 2 })],
    ['lognormal', lognormal({ mean: 1, stddev: 0.25 })],
    ['inverse softplus', inverseSoftplus({ maxval: 2 })],
    ['inverse softplus with a floor', inverseSoftplus({ floor: 0.02 })],
    ['logarithms', logArange()],
    ['sines and cosines', sinusoidal()],
  ];

  it.each(cases)('%s: has the moments of its values', async (_, initializer) => {
    const sampler = await Sampler.create({ backend: 'cpu' });
    const dtype = initializer.resolve(SHAPE).kind === 'bits' ? 'uint32' : 'float32';
    const values = moments(await (await sampler.fill(initializer, SHAPE, { seed: 5, dtype })).data());
    sampler.destroy();
    const law = lawOf(initializer.resolve(SHAPE));
    expect(Math.abs(values.mean - law.mean)).toBeLessThanOrEqual((5 * law.stddev) / Math.sqrt(values.count));
    expect(Math.abs(stddevOf(values) - law.stddev)).toBeLessThanOrEqual(0.02 * law.stddev);
  });

  it('of no spread is a point', () => {
    const points: Draw[] = [
      { kind: 'uniform', low: 3, high: 3 },
      { kind: 'normal', mean: 3, stddev: 0 },
      { kind: 'truncated_normal', mean: 3, stddev: 0, lower: -2, upper: 2 },
      { kind: 'constant', value: 3 },
      { kind: 'laplace', loc: 3, scale: 0 },
      { kind: 'logistic', loc: 3, scale: 0 },
      { kind: 'gumbel', loc: 3, scale: 0 },
    ];
    for (const draw of points)
      expect(lawOf(draw)).toEqual({
        kind: 'discrete',
        values: [{ value: 3, probability: 1 }],
        mean: 3,
        stddev: 0,
      });
  });

  it('of few values has their probabilities', () => {
    expect(lawOf({ kind: 'eye', rows: 2, columns: 5, value: 3 })).toEqual({
      kind: 'discrete',
      values: [
        { value: 0, probability: 0.8 },
        { value: 3, probability: 0.2 },
      ],
      mean: expect.closeTo(0.6, 14),
      stddev: expect.closeTo(1.2, 14),
    });
    expect(lawOf({ kind: 'eye', rows: 1, columns: 1, value: 3 })).toMatchObject({ mean: 3, stddev: 0 });
    expect(lawOf({ kind: 'orthogonal', rows: 1, columns: 1, gain: -2, offset: 0 })).toMatchObject({
      mean: 0,
      stddev: 2,
    });
  });
});
