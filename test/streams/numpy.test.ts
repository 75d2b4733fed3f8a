import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  type Draw,
  type Dtype,
  type Initializer,
  initializers,
  Sampler,
  type StreamKey,
} from '../../src/index';
import { float32FromBits } from '../../src/core/bit_pattern';
import { kerasNumpy, numpy } from '../../src/streams';
import { type Elements, patternsIn, patternsOf } from '../vectors/elements';
import vectors from '../vectors/numpy/generator.json' with { type: 'json' };
import kerasVectors from '../vectors/numpy/initializers.json' with { type: 'json' };

let sampler: Sampler;
beforeAll(async () => {
  sampler = await Sampler.create({ backend: 'cpu' });
});

async function patterns(
  initializer: Initializer,
  shape: readonly number[],
  seed: StreamKey,
  dtype: Dtype,
  [start, text]: Elements[number],
): Promise<{ readonly actual: number[]; readonly expected: number[] }> {
  const expected = patternsOf(text, dtype);
  const range = { start, count: expected.length };
  const tensor = await sampler.fill(initializer, shape, { seed, dtype, range });
  return { actual: patternsIn(await tensor.data(), dtype), expected };
}

/** Draws as they stand. */
function drawn(draw: Draw): Initializer {
  return { className: 'Draw', resolve: () => draw, getConfig: () => ({}) };
}

function initializerOf(draw: string, [a, b]: readonly number[]): Initializer {
  if (draw === 'bits') return initializers.bits();
  if (draw === 'integers') return numpy.integers(a, b);
  return drawn(
    draw === 'uniform' ? { kind: 'uniform', low: a, high: b } : { kind: 'normal', mean: a, stddev: b },
  );
}

describe(`the stream numpy, beside NumPy ${vectors.versions.numpy}`, () => {
  it.each(
    vectors.tensors.map((tensor) => ({ ...tensor, options: JSON.stringify({ ...tensor, elements: 0 }) })),
  )('draws $options', async ({ draw, numbers, seed, spawnKey, size, dtype, elements }) => {
    const key = numpy.seedSequence(BigInt(seed), spawnKey.map(BigInt));
    for (const at of elements as unknown as Elements) {
      const { actual, expected } = await patterns(
        initializerOf(draw, numbers),
        [size],
        key,
        dtype as Dtype,
        at,
      );
      expect(actual).toEqual(expected);
    }
  });

  it('draws the normals of the tail', async () => {
    const { seed, size, elements } = vectors.tail;
    const key = numpy.seedSequence(BigInt(seed));
    const inOrder = (elements as unknown as Elements).toSorted(([a], [b]) => a - b);
    for (const at of inOrder) {
      const { actual, expected } = await patterns(
        initializerOf('normal', [0, 1]),
        [size],
        key,
        'float32',
        at,
      );
      expect(actual).toEqual(expected);
    }
  });

  it('draws any range as a part of the whole, in any order', async () => {
    for (const initializer of [
      initializerOf('normal', [0, 1]),
      numpy.integers(-(2 ** 30), 2 ** 31),
      initializers.bits(),
    ]) {
      const key = numpy.keyOf(5);
      const whole = await (await sampler.fill(initializer, [9001], { seed: key })).data();
      for (const [start, count] of [
        [4000, 5],
        [17, 3000],
        [9000, 1],
        [0, 9001],
        [3017, 11],
      ]) {
        const range = { start, count };
        const part = await sampler.fill(initializer, [9001], { seed: key, range });
        expect(await part.data()).toEqual(whole.slice(start, start + count));
      }
    }
  });
});

describe('keys of numpy', () => {
  it('are SeedSequences, which names and integers spawn', () => {
    const key = numpy.keyOf(42);
    expect(key.fold('dense/kernel').spawnKey).toEqual([988593171n]);
    expect(key.split(3).map(({ spawnKey }) => spawnKey)).toEqual([[0n], [1n], [2n]]);
    expect(key.fold(1).fold(2n ** 64n - 1n).spawnKey).toEqual([1n, 2n ** 64n - 1n]);
  });

  it('survive JSON and structuredClone', () => {
    const key = numpy.seedSequence(2n ** 64n - 1n, [3, 2n ** 40n]);
    for (const copy of [JSON.parse(JSON.stringify(key)), structuredClone(key)]) {
      const again = numpy.keyOf(copy as never);
      expect([again.entropy, again.spawnKey, again.lo, again.hi]).toEqual([
        key.entropy,
        key.spawnKey,
        key.lo,
        key.hi,
      ]);
    }
  });

  it('are refused where NumPy or Keras has none', () => {
    expect(() => numpy.keyOf(-1 as never)).toThrow(
      'seed must be an integer in [0, 2^64) or a key of numpy, got -1',
    );
    expect(() => numpy.keyOf(kerasNumpy.keyOf(1))).toThrow(/or a key of numpy/);
    expect(() => kerasNumpy.keyOf(numpy.keyOf(1))).toThrow(/or a key of keras\/numpy/);
    expect(() => kerasNumpy.keyOf(2n ** 32n)).toThrow(/integer in \[0, 2\^32\).*got 4294967296/);
    expect(() => numpy.keyOf(1).fold(-1)).toThrow('fold takes a name, or an integer in [0, 2^64), got -1');
    expect(() => numpy.keyOf({ entropy: '1', spawnKey: ['x'] } as never)).toThrow(/seed must be/);
    expect(() => numpy.seedSequence(1, 5 as never)).toThrow(
      'spawnKey must be an array of integers in [0, 2^64), got 5',
    );
    expect(() => numpy.seedSequence(1, [0, -1])).toThrow(
      'spawnKey[1] must be an integer in [0, 2^64), got -1',
    );
    expect(() => numpy.seedSequence({} as never)).toThrow('entropy must be an integer in [0, 2^64), got {}');
  });

  it('are refused draws that NumPy does not have', async () => {
    const fill = (draw: Draw) => sampler.fill(drawn(draw), [4], { seed: numpy.keyOf(1) });
    const truncated: Draw = { kind: 'truncated_normal', mean: 0, stddev: 1, lower: -2, upper: 2 };
    await expect(fill(truncated)).rejects.toThrow(/the stream numpy draws .*got truncated_normal/);
    await expect(
      sampler.fill(drawn({ ...truncated, lower: -1 }), [4], { seed: kerasNumpy.keyOf(1) }),
    ).rejects.toThrow('Keras cuts normals at -2 and 2 standard deviations, got bounds -1 and 2');
    await expect(fill({ kind: 'normal', mean: 0, stddev: 3e37 })).rejects.toThrow(
      /reaches.*does not fit float32/,
    );
    expect(() => numpy.initializers!.integers({ low: 0, high: 3, endpoint: true })).toThrow(
      'the options of integers has the unknown key "endpoint"',
    );
    expect(() => numpy.integers(5, 5)).toThrow('high must be > low = 5, got 5');
    expect(() => numpy.integers(0, 2 ** 31 + 1)).toThrow(
      'high must be an integer in [-2^31, 2147483648], got 2147483649',
    );
  });
});

describe(`the stream keras/numpy, beside Keras ${kerasVectors.versions.keras}`, () => {
  it.each(
    kerasVectors.tensors.map((tensor) => ({
      ...tensor,
      options: JSON.stringify({ ...tensor, elements: 0 }),
    })),
  )('draws $options', async ({ class_name, config, seed, shape, dtype: name, elements }) => {
    const dtype = name as Dtype;
    const initializer = initializers.get({ class_name, config }) as Initializer;
    for (const at of elements as unknown as Elements) {
      const { actual, expected } = await patterns(
        initializer,
        shape,
        kerasNumpy.keyOf(BigInt(seed)),
        dtype,
        at,
      );
      if (class_name !== 'Orthogonal') expect(actual).toEqual(expected);
      else
        actual.forEach((pattern, i) =>
          expect(float32FromBits(pattern)).toBeCloseTo(float32FromBits(expected[i]), 5),
        );
    }
  });
});

describe('the page on the stream numpy', () => {
  const page = readFileSync(new URL('../../docs/streams/numpy.md', import.meta.url), 'utf8');

  it('has the first elements of draws', async () => {
    const lines = page.slice(page.indexOf('## Worked numbers')).split('\n');
    const rows = lines
      .filter((line) => line.startsWith('|'))
      .slice(2)
      .map((line) =>
        line
          .split('|')
          .slice(1, -1)
          .map((cell) => cell.trim()),
      );
    expect(rows.length).toBeGreaterThanOrEqual(5);
    for (const [name, seed, spawnKey, dtype, text] of rows) {
      const [, draw, numbers] = /^(\w+)(?:\((.*)\))?$/.exec(name)!;
      const key = numpy.seedSequence(BigInt(seed), spawnKey === '' ? [] : spawnKey.split(' ').map(BigInt));
      const initializer = initializerOf(draw, (numbers ?? '').split(', ').map(Number));
      const tensor = await sampler.fill(initializer, [4], { seed: key, dtype: dtype as Dtype });
      const words = patternsIn(await tensor.data(), dtype as Dtype);
      expect(words.map((word) => word.toString(16).padStart(tensor.byteLength / 2, '0')).join(' ')).toBe(
        text,
      );
    }
  });
});
