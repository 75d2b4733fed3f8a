import { describe, expect, it } from 'vitest';
import { planSafetensors, type TensorSpec } from '../../src/formats/safetensors';
import { divide, divideBySize, indexFile, indexText, shardFile } from '../../src/formats/safetensors_shards';
import vectors from '../vectors/transformers/shards.json' with { type: 'json' };

/** Tensors of so many float32, named so that they keep their order. */
const ofSizes = (...sizes: number[]): TensorSpec[] =>
  sizes.map((size, i) => ({ name: `t${String(i).padStart(3, '0')}`, shape: [size], dtype: 'float32' }));

const sizesOf = (shards: readonly (readonly TensorSpec[])[]): number[][] =>
  shards.map((shard) => shard.map(({ shape }) => shape[0]));

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

/** The least maximum over every way to cut the sizes into at most `count` runs. */
function leastMaximum(sizes: readonly number[], count: number): number {
  if (count === 1 || sizes.length === 0) return sum(sizes);
  const cuts = sizes.map((_, i) =>
    Math.max(sum(sizes.slice(0, i + 1)), leastMaximum(sizes.slice(i + 1), count - 1)),
  );
  return Math.min(...cuts);
}

describe('divide', () => {
  it('keeps the order of the single file, loses nothing, and has the smallest largest shard', () => {
    let state = 1;
    const below = (limit: number): number => (state = (state * 48271) % 2147483647) % limit;
    for (let round = 0; round < 200; round++) {
      const sizes = Array.from({ length: below(9) }, () => (below(4) === 0 ? below(3) : below(50)));
      const count = 1 + below(6);
      const shards = sizesOf(divide(ofSizes(...sizes), count));
      expect(shards).toHaveLength(count);
      expect(shards.flat()).toEqual(sizes);
      expect(Math.max(...shards.map(sum)), `${sizes} in ${count}`).toBe(leastMaximum(sizes, count));
      expect(shards.filter((shard) => shard.length === 0)).toHaveLength(Math.max(count - sizes.length, 0));
    }
  });

  it('is even where it can be', () => {
    expect(sizesOf(divide(ofSizes(1, 1, 1, 1, 1, 1), 3))).toEqual([
      [1, 1],
      [1, 1],
      [1, 1],
    ]);
    expect(sizesOf(divide(ofSizes(100, 1, 1, 1, 1), 3))).toEqual([[100], [1, 1], [1, 1]]);
    expect(sizesOf(divide(ofSizes(1, 1, 1, 100), 3))).toEqual([[1, 1], [1], [100]]);
  });

  it('follows the order of the bytes, not that of the list', () => {
    const tensors: TensorSpec[] = [
      { name: 'a', shape: [4], dtype: 'bfloat16' },
      { name: 'z', shape: [2], dtype: 'float32' },
      { name: 'b', shape: [2], dtype: 'float32' },
    ];
    const order = planSafetensors(tensors).tensors.map(({ name }) => name);
    expect(order).toEqual(['b', 'z', 'a']);
    expect(
      divide(tensors, 2)
        .flat()
        .map(({ name }) => name),
    ).toEqual(order);
    expect(divide([...tensors].reverse(), 2)).toEqual(divide(tensors, 2));
  });

  it.each([0, -1, 1.5, NaN, 100_000])('refuses %d shards', (count) => {
    expect(() => divide(ofSizes(1), count)).toThrow('shards must be an integer in [1, 99999]');
  });
});

describe('divideBySize', () => {
  const ofBytes = (sizes: readonly number[]): TensorSpec[] =>
    sizes.map((size, i) => ({ name: `t${i}`, shape: [size], dtype: 'uint8' }));

  it.each(vectors.divisions)(
    'divides $sizes by $limit as huggingface_hub does',
    ({ sizes, limit, files }) => {
      const tensors = ofBytes(sizes);
      const shards = divideBySize(tensors, limit);
      const numbers = tensors.map((tensor) => 1 + shards.findIndex((shard) => shard.includes(tensor)));
      // One file has no number.
      expect(shards.length === 1 ? numbers.map(() => 0) : numbers).toEqual(files);
      expect(shards.flat()).toHaveLength(sizes.length);
      for (const shard of shards) expect(shard, 'none is empty').not.toHaveLength(0);
    },
  );

  it('refuses more files than their names can number', () => {
    const ones = ofBytes(new Array<number>(100_000).fill(1));
    expect(() => divideBySize(ones, 1)).toThrow('shards of 1 bytes would be 100000, more than 99999');
    expect(divideBySize(ones.slice(1), 1)).toHaveLength(99_999);
  });

  it('has no file for no tensors', () => expect(divideBySize([], 5)).toEqual([]));
});

describe('the index', () => {
  it('has the names that Hugging Face gives', () => {
    expect(shardFile('model.safetensors', { index: 2, count: 3 })).toBe('model-00002-of-00003.safetensors');
    expect(shardFile('a.b-c.safetensors', { index: 12345, count: 99999 })).toBe(
      'a.b-c-12345-of-99999.safetensors',
    );
    expect(indexFile('model.safetensors')).toBe('model.safetensors.index.json');
  });

  it('lists every tensor by name and the bytes of all', () => {
    const tensors: TensorSpec[] = [
      { name: '__proto__', shape: [3], dtype: 'float32' },
      { name: '10', shape: [], dtype: 'float16' },
      { name: '9"', shape: [5, 0], dtype: 'float32' },
    ];
    const text = indexText('m.safetensors', divide(tensors, 2));
    expect(text).toBe(`{
  "metadata": {
    "total_size": 14
  },
  "weight_map": {
    "10": "m-00002-of-00002.safetensors",
    "9\\"": "m-00001-of-00002.safetensors",
    "__proto__": "m-00001-of-00002.safetensors"
  }
}
`);
    expect(JSON.parse(indexText('m.safetensors', divide([], 2)))).toEqual({
      metadata: { total_size: 0 },
      weight_map: {},
    });
  });
});
