import { expect, it } from 'vitest';
import { heNormal, HeNormal, randomNormal } from '../../src/initializers';
import { initializerLabel } from '../../src/initializers/label';

it('says what a specification states', () => {
  expect(initializerLabel('zeros')).toBe('zeros');
  expect(initializerLabel({ class_name: 'Zeros', config: {} })).toBe('Zeros');
  expect(
    initializerLabel({
      class_name: 'VarianceScaling',
      config: { scale: 0.02 / Math.sqrt(24), mode: 'fan_in', seed: null },
    }),
  ).toBe('VarianceScaling(scale=0.00408248, mode="fan_in")');
});

it('takes initializers, classes and factories, too', () => {
  expect(initializerLabel(randomNormal({ seed: 7 }))).toBe('RandomNormal(seed=7, mean=0, stddev=0.05)');
  expect(initializerLabel(HeNormal)).toBe('HeNormal');
  expect(initializerLabel(heNormal)).toBe('HeNormal');
});
