import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Draw, type Dtype, Key, Sampler } from '../../src/index';
import { jax, JaxKey } from '../../src/streams';
import { type Elements, patternsIn, patternsOf, ulpsBetween } from '../vectors/elements';
import vectors from '../vectors/jax/draws.json';

const sampler = await Sampler.create({ backend: 'cpu' });

/** An initializer that resolves to a draw of the vectors. */
function drawing(draw: object): { className: string; resolve: () => Draw; getConfig: () => object } {
  const resolved = 'name' in draw ? { kind: 'foreign', ...draw } : draw;
  return { className: 'Drawn', resolve: () => resolved as Draw, getConfig: () => ({}) };
}

/** The most ulps that float32 values differ by from JAX's; 0 for draws that are the same bit for bit. */
function tolerance(draw: { kind?: string; name?: string; mean?: number }, dtype: Dtype): number {
  if (dtype !== 'float32') return 0;
  if (draw.name === 'exponential') return 1;
  return draw.kind === 'normal' || draw.kind === 'truncated_normal' ? 4 : 0;
}

describe('draws of jax.random', () => {
  it.each(vectors.cases)('$draw in $dtype', async ({ seed, draw, dtype: given, elements }) => {
    const dtype = given as Dtype;
    for (const [start, text] of elements as unknown as Elements) {
      const expected = patternsOf(text, dtype);
      const range = { start, count: expected.length };
      const tensor = await sampler.fill(drawing(draw) as never, [2 ** 50], {
        seed,
        stream: jax,
        dtype,
        range,
      });
      const patterns = patternsIn(await tensor.data(), dtype);
      const most = tolerance(draw as never, dtype);
      if (most === 0) expect(patterns).toEqual(expected);
      else expect(ulpsBetween(patterns, expected, dtype)).toBeLessThanOrEqual(most);
    }
  });
});

describe('keys of jax', () => {
  const data = ({ hi, lo }: JaxKey): number[] => [hi, lo];
  const root = jax.key(0);

  it.each([...vectors.keys.seeds, ...vectors.keys.wide])('seed %s', (seed, words) => {
    expect(data(jax.key(BigInt(seed as string)))).toEqual(words);
    expect(data(jax.PRNGKey(BigInt(seed as string)))).toEqual(words);
  });

  it.each(vectors.keys.folds)('fold in %i', (value, words) => {
    expect(data(jax.foldIn(root, value as number))).toEqual(words);
  });

  it('splits', () => {
    expect(jax.split(jax.key(7), 5).map(data)).toEqual(vectors.keys.split);
    expect(jax.split(jax.foldIn(jax.key(7), 3)).map(data)).toEqual(vectors.keys.splitOfFold);
    expect(jax.split(root, 0)).toEqual([]);
  });

  it('survive JSON and structuredClone as their words', async () => {
    const key = jax.foldIn(jax.key(42), 7);
    expect(JSON.stringify(key)).toBe(`{"lo":${key.lo},"hi":${key.hi}}`);
    for (const copy of [JSON.parse(JSON.stringify(key)), structuredClone(key)]) {
      expect(jax.wrapKeyData(copy).value).toBe(key.value);
      const tensor = await sampler.fill('bits', [3], { seed: copy, stream: jax });
      const same = await sampler.fill('bits', [3], { seed: key });
      expect(await tensor.data()).toEqual(await same.data());
      // Without the stream they are a key of tensorseed's own, as docs/streams/jax.md says.
      expect(sampler.check('bits', [3], { seed: copy }).stream).toBeUndefined();
    }
    expect(jax.wrapKeyData(Uint32Array.of(key.hi, key.lo)).value).toBe(key.value);
    expect(jax.wrapKeyData([key.hi, key.lo]).value).toBe(key.value);
  });

  it.each([
    [() => jax.key(1.5), 'got 1.5'],
    [() => jax.key(2n ** 64n), 'seed must be an integer in [-2^63, 2^64)'],
    [() => jax.key(NaN), 'got NaN'],
    [() => jax.keyOf(Key.from(3)), 'or a key of jax'],
    ...vectors.keys.refusedFolds.map(
      (value) => [() => jax.foldIn(root, value), `integer in [0, 2^32), got ${value}`] as const,
    ),
    [() => jax.foldIn({} as never, 1), 'foldIn takes a key of jax'],
    [() => jax.foldIn(root, 'a' as never), 'foldIn takes an integer in [0, 2^32), got "a"'],
    [() => jax.split(root, -1), 'the number of keys of a split'],
    [() => jax.wrapKeyData([1, 2, 3] as never), 'wrapKeyData takes the words [hi, lo]'],
    [() => jax.wrapKeyData([1, -1]), 'wrapKeyData takes the words [hi, lo]'],
  ] as const)('refuses %s', (call, message) => {
    expect(call).toThrow(message);
  });
});

describe('initializers of jax', () => {
  it.each([
    [jax.randint(0, 10), 'int32'],
    [jax.bernoulli(0.5), 'float32'],
    [jax.exponential(), 'float32'],
    [jax.gumbel(), 'float32'],
  ])('%o has the default dtype %s', async (initializer, dtype) => {
    const tensor = await sampler.fill(initializer, [4], { seed: jax.key(0) });
    expect(tensor.dtype).toBe(dtype);
  });

  it('are made from options', () => {
    expect(jax.initializers.randint({ minval: 1, maxval: 3 }).resolve([2])).toEqual(
      jax.randint(1, 3).resolve([2]),
    );
    expect(jax.initializers.bernoulli({}).getConfig()).toEqual({ p: 0.5 });
    expect(() => jax.initializers.gumbel({ mode: 'high' })).toThrow('mode');
  });

  it.each([
    [() => jax.randint(0, 0.5), 'high must be an integer, got 0.5'],
    [() => jax.randint(3, 3), 'high must be > low = 3, got 3'],
    [() => jax.initializers.randint({ maxval: 3 }), 'minval must be an integer, got undefined'],
    [() => jax.initializers.randint({ minval: 0, maxval: '3' }), 'maxval must be an integer, got "3"'],
    [() => jax.initializers.randint({ minval: 3, maxval: 3 }), 'maxval must be > minval = 3, got 3'],
    [() => jax.bernoulli(1.5), 'p must be a number in [0, 1], got 1.5'],
    [() => jax.bernoulli(NaN), 'p must be a finite number, got NaN'],
    [
      () => sampler.check(jax.randint(0, 2 ** 31 + 1), [1], { seed: jax.key(0) }),
      'the upper end of randint in int32',
    ],
    [
      () => sampler.check(jax.randint(-1, 5), [1], { seed: jax.key(0), dtype: 'uint32' }),
      'the lower end of randint in uint32 must be an integer in [0, 4294967295], got -1',
    ],
    [() => sampler.check(jax.gumbel(), [1], { seed: 0 }), 'gumbel needs a stream that has it'],
  ])('refuses %s', (call, message) => {
    expect(call).toThrow(message);
  });

  it.each([
    [{ kind: 'uniform', low: -3e38, high: 3e38 }, 'high - low must fit float32'],
    [{ kind: 'uniform', low: 2, high: 1 }, 'high must be >= low = 2, got 1'],
    [{ kind: 'normal', mean: 0, stddev: 3e38 }, 'does not fit float32'],
    [{ kind: 'truncated_normal', mean: 0, stddev: 1, lower: 1, upper: 1 }, 'lower must be below upper = 1'],
    [{ kind: 'truncated_normal', mean: 0, stddev: 1, lower: 7, upper: 8 }, 'must hold some'],
    [{ kind: 'truncated_normal', mean: 0, stddev: 1, lower: 4, upper: Infinity }, 'choose finite bounds'],
  ])('refuses %o', (draw, message) => {
    expect(() => sampler.check(drawing(draw) as never, [1], { seed: 0, stream: jax })).toThrow(message);
  });
});

describe('the page on the stream jax', () => {
  const page = readFileSync(new URL('../../docs/streams/jax.md', import.meta.url), 'utf8');
  /** The rows of the first table behind a heading, without its head. */
  const table = (heading: string): string[][] => {
    const lines = page.slice(page.indexOf(heading)).split('\n');
    const first = lines.findIndex((line) => line.startsWith('|'));
    const last = lines.findIndex((line, i) => i > first && !line.startsWith('|'));
    return lines.slice(first + 2, last).map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
  };
  const hex = (words: readonly number[], digits: number): string =>
    words.map((word) => word.toString(16).padStart(digits, '0')).join(' ');

  it('has the keys of a seed', () => {
    const key = jax.key(42);
    const [first, second] = jax.split(key);
    const keys = [key, first, second, jax.foldIn(key, 7)];
    expect(table('## Keys').map((row) => row[1])).toEqual(keys.map(({ hi, lo }) => hex([hi, lo], 8)));
  });

  it('has the first elements of draws', async () => {
    const draws: Record<string, object> = {
      bits: { kind: 'bits' },
      'uniform(0, 1)': { kind: 'uniform', low: 0, high: 1 },
      'uniform(-0.1, 0.3)': { kind: 'uniform', low: -0.1, high: 0.3 },
      'normal(0, 1)': { kind: 'normal', mean: 0, stddev: 1 },
      'normal(1, 0.02)': { kind: 'normal', mean: 1, stddev: 0.02 },
      'truncated_normal(-2, 2)': { kind: 'truncated_normal', mean: 0, stddev: 1, lower: -2, upper: 2 },
      exponential: { name: 'exponential', numbers: [] },
      gumbel: { name: 'gumbel', numbers: [] },
      'randint(-7, 100000)': { name: 'randint', numbers: [-7, 100_000] },
    };
    const rows = table('## Worked numbers');
    expect(rows.length).toBe(12);
    for (const [draw, given, text] of rows) {
      const dtype = given as Dtype;
      const tensor = await sampler.fill(drawing(draws[draw]) as never, [4], { seed: jax.key(42), dtype });
      expect(hex(patternsIn(await tensor.data(), dtype), tensor.byteLength / 2), draw).toBe(text);
    }
  });
});
