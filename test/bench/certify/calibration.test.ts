import { describe, expect, it } from 'vitest';
import { BROKEN } from '../../../bench/certify/broken';
import { ksAbove } from '../../../bench/certify/special/kolmogorov';

// 200 samples of 10^4 sound normals. A check that divides by the standard deviation in place of
// the standard error has p-values next to 1, one that doubts too much has them next to 0; the
// right ones are uniform, to a Kolmogorov-Smirnov p-value of 1e-6 (a distance of 0.19).
const SAMPLES = 200;
const COUNT = 1e4;

/** Statistics with few values have p-values with few values, and those are larger than uniform ones. */
const COUNTED = /^(within|beyond)/;

describe('p-values of a sound generator', () => {
  it('are uniform, for every check', async () => {
    const control = BROKEN.find(({ name }) => name === 'control')!;
    const pValues = new Map<string, number[]>();
    for (let seed = 0; seed < SAMPLES; seed++) {
      const { results } = await control.examine(
        { count: COUNT, seed: String(seed), backend: 'cpu' },
        () => {},
      );
      for (const { name, pValue } of results) pValues.set(name, [...(pValues.get(name) ?? []), pValue]);
    }
    const checked = [...pValues].filter(([name]) => !COUNTED.test(name));
    expect(checked.length).toBe(17);
    for (const [name, values] of checked) {
      values.sort((a, b) => a - b);
      const distance = Math.max(...values.map((p, i) => Math.max((i + 1) / SAMPLES - p, p - i / SAMPLES)));
      expect(ksAbove(distance, SAMPLES), `${name}: distance ${distance}`).toBeGreaterThan(1e-6);
    }
  });
});
