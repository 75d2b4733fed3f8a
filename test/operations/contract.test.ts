import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { float32Bits } from '../../src/core/bit_pattern';
import { initializers, Sampler } from '../../src/index';
import { categorical, type CategoricalOptions, choice } from '../../src/operations';
import { gumbel } from '../../src/operations/categorical/gumbel';
import { score, temperatureOf } from '../../src/operations/categorical/score';

const cpu = await Sampler.create({ backend: 'cpu' });
const LOGITS = Float32Array.of(0, 1, 2, -0.5);
const page = readFileSync(new URL('../../DISTRIBUTIONS.md', import.meta.url), 'utf8');

/** The rows of the table of section 11: row, column, word, deviate, and score and value at both temperatures. */
const rows = page
  .slice(page.indexOf('## 11.'), page.indexOf('## 12.'))
  .split('\n')
  .filter((line) => /^\| [01] /.test(line))
  .map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );

describe('the examples of section 11 of DISTRIBUTIONS.md', () => {
  it('are the scores and the deviates', async () => {
    expect(rows.length).toBe(8);
    const words = await (await cpu.fill(initializers.bits(), [8], { seed: 42 })).data();
    const out = new Uint32Array(2);
    rows.forEach(([, column, word, deviate, ...results], i) => {
      expect(words[i].toString(16).padStart(8, '0')).toBe(word);
      expect(gumbel(words[i])).toBe(Number(deviate));
      [1, 0.7].forEach((temperature, k) => {
        score(float32Bits(LOGITS[Number(column)]), temperatureOf(temperature), out);
        const exact = BigInt.asIntN(64, (BigInt(out[1]) << 32n) | BigInt(out[0]));
        expect([exact, exact + BigInt(deviate)].map(String)).toEqual(results.slice(2 * k, 2 * k + 2));
      });
    });
  });

  it.each<[Partial<CategoricalOptions>, number[]]>([
    [{}, [1, 0]],
    [{ temperature: 0.7 }, [2, 0]],
    [{ topK: 2 }, [1, 2]],
    [{ topP: 0.6 }, [2, 2]],
    [{ minP: 0.3 }, [1, 2]],
  ])('are the columns that are chosen with %j', async (options, columns) => {
    const logits = Float32Array.of(...LOGITS, ...LOGITS);
    const tokens = await categorical(cpu, logits, { vocabulary: 4, seed: 42, ...options });
    expect([...(await tokens.data())]).toEqual(columns);
  });

  it.each([
    [10, true, [6, 0, 9, 5]],
    [10, false, [4, 8, 9, 0]],
    [[1, 0, 2, 1], true, [2, 0, 3, 2]],
    [[1, 0, 2, 1], false, [0, 3, 2]],
  ])('are the choices of %j, with replacement: %s', async (population, replacement, indices) => {
    const chosen = await choice(cpu, population, indices.length, { seed: 42, replacement });
    expect([...(await chosen.data())]).toEqual(indices);
  });
});
