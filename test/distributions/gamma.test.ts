import { expect, it } from 'vitest';
import { gamma as distribution } from '../../src/distributions/gamma';
import { type Dtype, Sampler } from '../../src/index';
import { gamma } from '../../src/initializers/distributions';
import { gammaLaw } from '../../src/statistics/laws/gamma';

const COUNT = 2 ** 21;

/** Beyond this a Kolmogorov statistic times the square root of the count lies with a probability of 10^-6. */
const CRITICAL = Math.sqrt(-Math.log(1e-6 / 2) / 2);

it.each([0.05, 0.5, 0.999, 1, 1.1, 3, 50, 300, 1e4, 2 ** 20])(
  'gamma values of the concentration %d follow its law',
  async (concentration) => {
    const sampler = await Sampler.create({ backend: 'cpu' });
    const scale = 2;
    const filled = await sampler.fill(gamma({ concentration, scale }), [COUNT], { seed: 11 });
    const values = (await filled.float32()).sort();
    sampler.destroy();
    const law = gammaLaw(concentration, scale);
    // Every 256th value is looked at, so that the distance is at most 256 / COUNT short of the largest.
    let distance = 0;
    for (let at = 0; at < COUNT; at += 256) {
      if (values[at] === values[at - 1] || values[at] === values[at + 1]) continue; // rounded
      const below = law.below(values[at]);
      distance = Math.max(distance, below - at / COUNT, (at + 1) / COUNT - below);
    }
    expect(distance * Math.sqrt(COUNT)).toBeLessThan(CRITICAL);
    expect(distance).toBeGreaterThan(0);
  },
  120_000,
);

it('refuses what it cannot draw', () => {
  const parameters = (concentration: number, scale: number, dtype: Dtype = 'float32') =>
    distribution.parameters({ kind: 'gamma', concentration, scale }, dtype, 'exact', 1);
  for (const concentration of [0, -1, 2 ** -11, 2 ** 20 + 1, NaN, Infinity]) {
    expect(() => parameters(concentration, 1)).toThrow(
      `concentration must be in [2^-10, 2^20], got ${concentration}`,
    );
  }
  expect(() => parameters(1, -1)).toThrow('scale must be a finite number >= 0, got -1');
  expect(() => parameters(1e5, 1, 'float16')).toThrow('which does not fit float16');
  expect(() => parameters(3, 1e38)).toThrow('which does not fit float32');
  expect(parameters(3, 0).kernel).toBe('constant');
});
