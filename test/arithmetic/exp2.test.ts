import { expect, it } from 'vitest';
import { exp2Digits } from '../../src/arithmetic/exp2';
import { TestRandom } from '../support/random';

/** The relative error against float64. */
function error(f: number): number {
  return exp2Digits(f) / 2 ** 31 / 2 ** (f / 2 ** 32) - 1;
}

it('the integer exp2 has a relative error below 2^-30 at both ends and at 2^25 words', () => {
  const random = new TestRandom(83);
  let worst = 0;
  for (let f = 0; f < 2 ** 12; f++)
    worst = Math.max(worst, Math.abs(error(f)), Math.abs(error(2 ** 32 - 1 - f)));
  for (let i = 0; i < 2 ** 25; i++) worst = Math.max(worst, Math.abs(error(random.word())));
  expect(worst).toBeLessThan(2 ** -30);
}, 120_000);

it('the integer exp2 is 1 at 0 and below 2 at the end', () => {
  expect(exp2Digits(0)).toBe(2 ** 31);
  expect(exp2Digits(2 ** 32 - 1)).toBeGreaterThanOrEqual(2 ** 32 - 4);
});
