import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Draw, type Dtype, type Initializer, Sampler, type StreamKey } from '../../src/index';
import { initializers } from '../../src/index';
import { kerasTensorflow, tensorflow, type TensorflowKey } from '../../src/streams';
import { angleBits, logarithm, sineCosine } from '../../src/streams/tensorflow/box_muller';
import { float32FromBits } from '../../src/core/bit_pattern';
import { type Elements, patternsIn, patternsOf, ulpsBetween } from '../vectors/elements';
import kerasVectors from '../vectors/tensorflow/initializers.json' with { type: 'json' };
import vectors from '../vectors/tensorflow/stateless.json' with { type: 'json' };

/** The most units in the last place by which float32 normals differ from TensorFlow's. */
const ULPS = 4;

let sampler: Sampler;
beforeAll(async () => {
  sampler = await Sampler.create({ backend: 'cpu' });
});

async function patterns(
  initializer: Initializer,
  shape: readonly number[],
  seed: StreamKey | bigint,
  dtype: Dtype,
  [start, text]: Elements[number],
  stream?: typeof kerasTensorflow,
): Promise<{ readonly actual: number[]; readonly expected: number[] }> {
  const expected = patternsOf(text, dtype);
  const range = { start, count: expected.length };
  const tensor = await sampler.fill(initializer, shape, { seed, dtype, range, ...(stream && { stream }) });
  return { actual: patternsIn(await tensor.data(), dtype), expected };
}

/** Draws as they stand. */
function drawn(draw: Draw): Initializer {
  return { className: 'Draw', resolve: () => draw, getConfig: () => ({}) };
}

function keyOf([a, b]: readonly string[]): TensorflowKey {
  return tensorflow.seed(BigInt(a), BigInt(b));
}

type Options = Readonly<
  Partial<Record<'minval' | 'maxval', number | null> & Record<'mean' | 'stddev', number>>
>;

function initializerOf(name: string, dtype: string, options: Options): Initializer {
  const { minval = 0, maxval = 1, mean = 0, stddev = 1 } = options;
  if (name === 'normal') return drawn({ kind: 'normal', mean, stddev });
  if (name === 'truncated_normal')
    return drawn({ kind: 'truncated_normal', mean, stddev, lower: -2, upper: 2 });
  if (minval === null || maxval === null) return initializers.bits();
  if (dtype === 'int32') return tensorflow.randint(minval, maxval);
  return drawn({ kind: 'uniform', low: minval, high: maxval });
}

describe(`the stream tensorflow, beside TensorFlow ${vectors.versions.tensorflow}`, () => {
  it.each(
    vectors.tensors.map((tensor) => ({ ...tensor, options: JSON.stringify({ ...tensor, elements: 0 }) })),
  )('draws $options', async ({ draw, dtype: name, seed, shape, elements, ...options }) => {
    const dtype = name as Dtype;
    const exact = draw === 'uniform' || dtype !== 'float32';
    for (const at of elements as unknown as Elements) {
      const initializer = initializerOf(draw, dtype, options as Options);
      const { actual, expected } = await patterns(initializer, shape, keyOf(seed), dtype, at);
      if (exact) expect(actual).toEqual(expected);
      else expect(ulpsBetween(actual, expected, dtype)).toBeLessThanOrEqual(ULPS);
    }
  });

  it('draws all but few of the float32 normals with the same bits', async () => {
    let total = 0;
    let others = 0;
    for (const { draw, dtype, seed, shape, elements, ...options } of vectors.tensors) {
      if (dtype !== 'float32' || draw === 'uniform') continue;
      for (const at of elements as unknown as Elements) {
        const initializer = initializerOf(draw, dtype, options as Options);
        const { actual, expected } = await patterns(initializer, shape, keyOf(seed), dtype, at);
        total += actual.length;
        others += actual.filter((pattern, i) => pattern !== expected[i]).length;
      }
    }
    expect(total).toBeGreaterThan(1000);
    expect(others).toBeLessThanOrEqual(total / 500);
  });

  it.each(Object.entries(vectors.extremes.pairs))('draws the normals of a %s', async (_, pairs) => {
    for (const at of pairs as unknown as Elements) {
      const { seed, shape } = vectors.extremes;
      const normal = drawn({ kind: 'normal', mean: 0, stddev: 1 });
      const { actual, expected } = await patterns(normal, shape, keyOf(seed), 'float32', at);
      expect(ulpsBetween(actual, expected, 'float32')).toBeLessThanOrEqual(ULPS);
    }
  });

  it.each(vectors.keys)('derives keys of $seed in $dtype', ({ seed, dtype, split, folds }) => {
    const [a, b] = seed.map(BigInt);
    const key = tensorflow.seed(a, b, dtype as 'int32' | 'int64');
    const plain = (one: TensorflowKey): unknown => JSON.parse(JSON.stringify(one));
    expect(key.split(5).map(plain)).toEqual(split);
    for (const { data, key: folded } of folds) expect(plain(key.fold(BigInt(data)))).toEqual(folded);
  });
});

describe('keys of tensorflow', () => {
  it('are those of the seed [s, 0] for an integer s', () => {
    expect(tensorflow.keyOf(42).seed).toEqual([42n, 0n]);
    expect(tensorflow.keyOf(42).lo).toBe(tensorflow.seed(42, 0).lo);
    expect(tensorflow.keyOf(2n ** 64n - 1n).seed).toEqual([-1n, 0n]);
    expect(tensorflow.keyOf(-1n as never).seed).toEqual([-1n, 0n]);
  });

  it('fold names by their CRC-32', () => {
    expect(tensorflow.keyOf(1).fold('dense/kernel').seed).toEqual(tensorflow.keyOf(1).fold(988593171).seed);
  });

  it('survive JSON and structuredClone', () => {
    const key = tensorflow.seed(-5, 2n ** 40n);
    for (const copy of [JSON.parse(JSON.stringify(key)), structuredClone(key)]) {
      const again = tensorflow.keyOf(copy as never);
      expect(again.seed).toEqual(key.seed);
      expect(again.dtype).toBe('int64');
      expect([again.lo, again.hi, ...again.upper]).toEqual([key.lo, key.hi, ...key.upper]);
    }
  });

  it('are refused where TensorFlow has none', () => {
    expect(() => tensorflow.seed(2n ** 63n, 0)).toThrow(
      /a must be an integer in \[-2\^63, 2\^63\).*got 9223372036854775808/,
    );
    expect(() => tensorflow.seed(0.5, 0)).toThrow(/a must be an integer.*got 0.5/);
    expect(() => tensorflow.seed(2 ** 31, 0, 'int32')).toThrow(
      /int32 has integers in \[-2\^31, 2\^31\), got 2147483648 and 0/,
    );
    expect(() => tensorflow.seed(1, 0, 'float32' as never)).toThrow(
      /dtype of a seed must be int32 or int64, got "?float32/,
    );
    expect(() => tensorflow.keyOf('42' as never)).toThrow(/seed must be an integer in \[-2\^63, 2\^64\).*42/);
    expect(() => tensorflow.keyOf(kerasTensorflow.keyOf(1))).toThrow(/or a key of tensorflow/);
    expect(() => kerasTensorflow.keyOf(tensorflow.keyOf(1))).toThrow(/or a key of keras\/tensorflow/);
    expect(() => tensorflow.keyOf({ seed: ['1', '4294967296'], dtype: 'int32' } as never)).toThrow(
      /seed must be/,
    );
    expect(() => tensorflow.keyOf(1).fold(0.5)).toThrow(/fold takes a name, or an integer.*got 0.5/);
    expect(() => tensorflow.keyOf(1).split(-1)).toThrow(/keys of a split.*got -1/);
  });
});

describe('draws that the stream tensorflow does not have', () => {
  const fill = (draw: Draw, dtype: Dtype = 'float32') =>
    sampler.fill(drawn(draw), [4], { seed: tensorflow.keyOf(1), dtype });

  it.each([
    [
      { kind: 'truncated_normal', mean: 0, stddev: 1, lower: -1, upper: 2 },
      'float32',
      /cuts normals at -2 and 2.*got bounds -1 and 2/,
    ],
    [
      { kind: 'normal', mean: 0, stddev: 1e-30 },
      'float32',
      /stddev must be 0 or at least 2\^-64.*got 1.0+\d*e-30/,
    ],
    [
      { kind: 'uniform', low: 0, high: 1e-30 },
      'float32',
      /high - low must be 0 or at least 2\^-64.*got 1.0*/,
    ],
    [{ kind: 'uniform', low: -3e38, high: 3e38 }, 'float32', /high - low must fit float32, got 6/],
    [{ kind: 'normal', mean: -60000, stddev: 12000 }, 'float16', /reaches -?\d+.*does not fit float16/],
    [{ kind: 'uniform', low: 1, high: 0 }, 'float32', /high must be >= low = 1, got 0/],
    [
      { kind: 'foreign', name: 'bernoulli', numbers: [0.5] },
      'float32',
      /the stream tensorflow draws .*got bernoulli/,
    ],
    [
      { kind: 'randint', low: 0, high: 9 },
      'int32',
      /the stream tensorflow draws randint by a function of its own.*got tensorseed's randint/,
    ],
  ] as const)('refuses %j in %s', async (draw, dtype, message) => {
    await expect(fill(draw as unknown as Draw, dtype)).rejects.toThrow(message);
  });

  it.each([
    // tf.random.stateless_uniform([4], seed=[7, 0], minval=low, maxval=high, dtype=dtype)
    [-1e-38, 1e-38, 'float16', 0],
    [-1e-8, 0, 'float16', 0],
    [-1e-40, -1e-40, 'bfloat16', 0],
    [-1e-40, -1e-40, 'float32', 0],
    [-1e-5, -1e-5, 'float16', 0x80a8],
    [-1e-5, -1e-5, 'float32', 0xb727c5ac],
  ] as const)(
    'gives uniforms between %f and %f in %s the sign of TensorFlow',
    async (low, high, dtype, want) => {
      const tensor = await sampler.fill(drawn({ kind: 'uniform', low, high }), [4], {
        seed: tensorflow.keyOf(7),
        dtype,
      });
      expect(patternsIn(await tensor.data(), dtype)).toEqual([want, want, want, want]);
    },
  );

  it('gives a subnormal mean without a deviation as 0', async () => {
    for (const draw of [
      { kind: 'normal', mean: -1e-40, stddev: 0 },
      { kind: 'truncated_normal', mean: -1e-40, stddev: 0, lower: -2, upper: 2 },
    ] as const) {
      const tensor = await sampler.fill(drawn(draw), [2], { seed: tensorflow.keyOf(7) });
      expect(patternsIn(await tensor.data(), 'float32')).toEqual([0, 0]);
    }
  });

  it('makes its initializer of the options that it has alone', () => {
    const { randint } = tensorflow.initializers!;
    expect(randint({ minval: 1, maxval: 3 }).getConfig()).toEqual({ minval: 1, maxval: 3 });
    expect(() => randint({ minval: 1, maxval: 3, seed: 4 })).toThrow(
      'the options of randint has the unknown key "seed"',
    );
    expect(() => randint({ low: 1, high: 3 })).toThrow('unknown key "low"');
  });

  it('refuses bounds of integers that TensorFlow does not take', () => {
    expect(() => tensorflow.randint(5, 5)).toThrow('maxval must be > minval = 5, got 5');
    expect(() => tensorflow.randint(0, 2 ** 31)).toThrow(
      'maxval must be an integer in [-2^31, 2^31), got 2147483648',
    );
    expect(() => tensorflow.randint(0.5, 2)).toThrow('minval must be an integer in [-2^31, 2^31), got 0.5');
  });
});

describe(`the stream keras/tensorflow, beside Keras ${kerasVectors.versions.keras}`, () => {
  it.each(
    kerasVectors.tensors.map((tensor) => ({
      ...tensor,
      options: JSON.stringify({ ...tensor, elements: 0 }),
    })),
  )('draws $options', async ({ class_name, config, seed, shape, dtype: name, elements }) => {
    const dtype = name as Dtype;
    const initializer = initializers.get({ class_name, config }) as Initializer;
    const uniform = initializer.resolve(shape).kind === 'uniform';
    for (const at of elements as unknown as Elements) {
      const { actual, expected } = await patterns(
        initializer,
        shape,
        BigInt(seed),
        dtype,
        at,
        kerasTensorflow,
      );
      if (class_name === 'Orthogonal') {
        actual.forEach((pattern, i) =>
          expect(float32FromBits(pattern)).toBeCloseTo(float32FromBits(expected[i]), 5),
        );
      } else if (uniform || dtype !== 'float32') expect(actual).toEqual(expected);
      else expect(ulpsBetween(actual, expected, dtype)).toBeLessThanOrEqual(ULPS);
    }
  });
});

describe('the Box-Muller transform of TensorFlow', () => {
  it('has the constants of its script', () => {
    const script = fileURLToPath(new URL('../../tools/tensorflow_constants.mjs', import.meta.url));
    const { status, stderr } = spawnSync(process.execPath, [script, '--check'], { encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(status).toBe(0);
  });

  it('gives every logarithm that the C library gives TensorFlow', () => {
    const all = Uint32Array.from({ length: 2 ** 23 - 1 }, (_, i) => logarithm(i + 1));
    expect(createHash('sha256').update(all).digest('hex')).toBe(vectors.logarithms);
  });

  it('rounds every angle as float32, and sines and cosines to a neighbour of the exact one at most', () => {
    const out = new Float32Array(2);
    const view = new Int32Array(2);
    const floats = new Float32Array(view.buffer);
    let angles = 0;
    let most = 0;
    const compare = (actual: number, exact: number): void => {
      floats[0] = actual;
      floats[1] = exact;
      most = Math.max(most, Math.abs(view[0] - view[1]));
    };
    for (let m = 1; m < 2 ** 23; m += 3) {
      const angle = Math.fround(2 * Math.PI * (m / 2 ** 23));
      if (float32FromBits(angleBits(m)) !== angle) angles++;
      sineCosine(m, out, 0);
      compare(out[0], Math.sin(angle));
      compare(out[1], Math.cos(angle));
    }
    expect(angles).toBe(0);
    expect(most).toBe(1);
  });

  it('bounds the uniform below by float32(1e-7), and takes 23 bits of a word', () => {
    expect(float32FromBits(logarithm(0))).toBe(Math.fround(-Math.log(Math.fround(1e-7))));
    expect(logarithm(0xff800000)).toBe(logarithm(0));
  });
});

describe('the page on the stream tensorflow', () => {
  const page = readFileSync(new URL('../../docs/streams/tensorflow.md', import.meta.url), 'utf8');
  const rows = (heading: string): string[][] =>
    page
      .slice(page.indexOf(heading))
      .split('\n')
      .filter((line) => line.startsWith('|'))
      .map((line) =>
        line
          .split('|')
          .slice(1, -1)
          .map((cell) => cell.trim()),
      );
  /** The rows of the first table behind a heading. */
  const table = (heading: string): string[][] => {
    const all = page.slice(page.indexOf(heading)).split('\n');
    const first = all.findIndex((line) => line.startsWith('|'));
    const last = all.findIndex((line, i) => i > first && !line.startsWith('|'));
    expect(rows(heading).length).toBeGreaterThan(2);
    return all.slice(first + 2, last).map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
  };

  it('has the keys that seeds give', () => {
    const list = table('## Keys');
    expect(list.length).toBeGreaterThanOrEqual(4);
    for (const [a, b, k, c] of list) {
      const key = tensorflow.seed(BigInt(a), BigInt(b));
      const hex = (words: readonly number[]): string =>
        words.map((word) => word.toString(16).padStart(8, '0')).join(' ');
      expect(hex([key.lo, key.hi])).toBe(k);
      expect(hex(key.upper)).toBe(c);
    }
  });

  it('has the first elements of draws', async () => {
    const list = table('## Worked numbers');
    expect(list.length).toBeGreaterThanOrEqual(4);
    for (const [draw, dtype, text] of list) {
      const tensor = await sampler.fill(drawn(DRAWS[draw]), [4], {
        seed: tensorflow.keyOf(42),
        dtype: dtype as Dtype,
      });
      const words = patternsIn(await tensor.data(), dtype as Dtype);
      expect(words.map((word) => word.toString(16).padStart(tensor.byteLength / 2, '0')).join(' ')).toBe(
        text,
      );
    }
  });
});

const DRAWS: Readonly<Record<string, Draw>> = {
  bits: { kind: 'bits' },
  'uniform(0, 1)': { kind: 'uniform', low: 0, high: 1 },
  'uniform(-0.05, 0.1)': { kind: 'uniform', low: -0.05, high: 0.1 },
  'normal(0, 1)': { kind: 'normal', mean: 0, stddev: 1 },
  'normal(1, 0.02)': { kind: 'normal', mean: 1, stddev: 0.02 },
  'truncated_normal(0, 1)': { kind: 'truncated_normal', mean: 0, stddev: 1, lower: -2, upper: 2 },
};
