import { expect, it } from 'vitest';
import { boxMuller } from '../../src/arithmetic/box_muller';
import { exponential, gumbel, laplace, logistic, lognormal } from '../../src/initializers/distributions';
import { type Initializer, Sampler } from '../../src/index';

/** -ln((w + 1/2) / 2^32) in float64, near 1 from 1 - u, which is exact. */
function minusLog(w: number): number {
  return w >= 0x80000000 ? -Math.log1p(-(0xffffffff - w + 0.5) / 2 ** 32) : -Math.log((w + 0.5) / 2 ** 32);
}

function laplaceOf(w: number): number {
  const magnitude = -Math.log((2 * (w % 2 ** 31) + 1) / 2 ** 32);
  return w < 2 ** 31 ? magnitude : -magnitude;
}

const z = new Int32Array(4);

/** exp of the normals of a block of words. */
function lognormals(words: Uint32Array): number[] {
  boxMuller(words[0], words[1], z, 0);
  boxMuller(words[2], words[3], z, 2);
  return Array.from(z, (x) => Math.exp(1 + 2 * (x / 2 ** 28)));
}

const COUNT = 2 ** 22;

/** Half a unit of float32 and an eighth of that, relative to the value. */
const RELATIVE = 2 ** -24 * (1 + 1 / 8);

const CASES: readonly [string, Initializer, (words: Uint32Array) => readonly number[], absolute: number][] = [
  ['exponential', exponential(), (words) => Array.from(words, minusLog), 0],
  ['laplace', laplace(), (words) => Array.from(words, laplaceOf), 2 ** -27],
  [
    'logistic',
    logistic(),
    (words) => Array.from(words, (w) => minusLog(0xffffffff - w) - minusLog(w)),
    2 ** -26,
  ],
  ['gumbel', gumbel(), (words) => Array.from(words, (w) => -Math.log(minusLog(w))), 2 ** -26.5],
  ['lognormal', lognormal({ mean: 1, stddev: 2 }), lognormals, 0],
];

it.each(CASES)(
  '%s is what float64 makes of the same words, to the last rounding',
  async (_, initializer, of, absolute) => {
    const sampler = await Sampler.create({ backend: 'cpu' });
    const options = { seed: 97 };
    const words = (await (
      await sampler.fill('bits', [COUNT], { ...options, dtype: 'uint32' })
    ).data()) as Uint32Array;
    const values = await (await sampler.fill(initializer, [COUNT], options)).float32();
    sampler.destroy();
    let worst = 0;
    for (let at = 0; at < COUNT; at += 4) {
      const expected = of(words.subarray(at, at + 4));
      for (let lane = 0; lane < 4; lane++) {
        const real = expected[lane];
        const error = Math.abs(values[at + lane] - real) / (absolute + RELATIVE * Math.abs(real));
        worst = Math.max(worst, error);
      }
    }
    expect(worst).toBeLessThanOrEqual(1);
  },
  120_000,
);
