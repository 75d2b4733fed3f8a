import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Sampler } from '../../src/index';
import { categorical } from '../../src/operations';

interface Options {
  readonly temperature?: number;
  readonly topK?: number;
  readonly topP?: number;
  readonly minP?: number;
}

const vectors = JSON.parse(
  readFileSync(new URL('../vectors/transformers/filters.json', import.meta.url), 'utf8'),
) as {
  options: Options[];
  /** Masked logits are null. */
  cases: { logits: (number | null)[]; left: number[][] }[];
};

const cpu = await Sampler.create({ backend: 'cpu' });

/** The columns that are chosen in many rows with the same logits. */
async function chosen(logits: readonly (number | null)[], options: Options, rows: number): Promise<number[]> {
  const row = logits.map((logit) => logit ?? -Infinity);
  const all = Float32Array.from({ length: rows * row.length }, (_, i) => row[i % row.length]);
  const tokens = await categorical(cpu, all, { vocabulary: row.length, seed: 1, ...options });
  return [...new Set(await tokens.data())].sort((a, b) => a - b);
}

describe('the filters of a categorical choice', () => {
  it.each(vectors.options.map((options, i) => [JSON.stringify(options), options, i] as const))(
    'leave what transformers leaves, of %s',
    async (_, options, i) => {
      for (const { logits, left } of vectors.cases) {
        const found = await chosen(logits, options, 100);
        expect(left[i]).toEqual(expect.arrayContaining(found));
        // What is left is also chosen, where it is not too rare for that.
        const top = Math.max(...logits.map((logit) => logit ?? -Infinity));
        const likely = left[i].filter((column) => logits[column]! > top - 4);
        expect(await chosen(logits, options, 20_000)).toEqual(expect.arrayContaining(likely));
      }
    },
  );

  it('leave all logits that are equal to the last that is left', async () => {
    const logits = [1, 3, 2, 2, 2, 0];
    expect(await chosen(logits, { topK: 2 }, 1000)).toEqual([1, 2, 3, 4]);
    expect(await chosen(logits, { topP: 0.6 }, 1000)).toEqual([1, 2, 3, 4]);
    expect(await chosen([-0, 0, -1], { topK: 1 }, 1000)).toEqual([0, 1]);
  });

  it('leave at least the largest logit', async () => {
    expect(await chosen([1, 3, 2], { topP: 0 }, 100)).toEqual([1]);
    expect(await chosen([1, 3, 2], { minP: 1 }, 100)).toEqual([1]);
    expect(await chosen([-1e9, -3e38, -2e38], { topK: 1, topP: 0, minP: 1 }, 100)).toEqual([0]);
  });

  it('leave all at their other ends', async () => {
    expect(await chosen([1, 3, 2], { topP: 1, minP: 0, topK: 3 }, 1000)).toEqual([0, 1, 2]);
  });
});
