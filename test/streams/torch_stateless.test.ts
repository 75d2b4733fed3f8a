import { describe, expect, it } from 'vitest';
import { type Dtype, type Initializer, initializers, Sampler } from '../../src/index';
import { jax, torchCuda, torchStateless } from '../../src/streams';
import vectors from '../vectors/torch/stateless.json';

const sampler = await Sampler.create({ backend: 'cpu' });

const keyOf = ([seed, offset]: readonly string[]) =>
  torchStateless.wrapKeyData([BigInt(seed), BigInt(offset)]);
const dataOf = ({ seed, offset }: { seed: bigint; offset: bigint }) => [String(seed), String(offset)];

interface Drawn {
  readonly draw: 'bits' | 'uniform' | 'randint' | 'normal';
  readonly options?: object | readonly number[];
  readonly dtype: Dtype;
  readonly values: readonly number[];
}

function initializerOf({ draw, options }: Drawn): Initializer {
  if (draw === 'bits') return initializers.bits();
  const factory = torchStateless[draw] as (...options: unknown[]) => Initializer;
  return Array.isArray(options) ? factory(...options) : factory(options);
}

const draws = vectors.cases.flatMap(({ key, draws }) =>
  (draws as Drawn[]).map((drawn) => ({
    ...drawn,
    key,
    name: `${drawn.draw} ${JSON.stringify(drawn.options)}`,
  })),
);

describe('keys of torch.func._random', () => {
  it.each(vectors.derived)('are derived from $key', ({ key, split, folds }) => {
    const parent = keyOf(key);
    expect(parent.split(3).map(dataOf)).toEqual(split);
    for (const [by, data] of Object.entries(folds)) {
      expect(dataOf(torchStateless.foldIn(parent, BigInt(by)))).toEqual(data);
    }
  });

  it('has names, which are their CRC-32', () => {
    const key = torchStateless.key(1);
    expect(key.fold('abc').value).toBe(key.fold(0x352441c2).value);
  });

  it('survive JSON and structuredClone with their offset', () => {
    const key = torchStateless.key(2n ** 63n + 9n).fold(3);
    for (const copy of [JSON.parse(JSON.stringify(key)), structuredClone(key)])
      expect(torchStateless.keyOf(copy as never).value).toBe(key.value);
    for (const data of [
      { lo: 1, hi: 0 },
      { lo: 1, hi: 0, origin: [0] },
      { lo: 1, hi: -1, origin: [0, 0] },
    ])
      expect(() => torchStateless.keyOf(data)).toThrow('or a key of torch-stateless, got {');
  });

  it.each([
    [
      () => torchStateless.wrapKeyData(undefined as never),
      'the data of a key must be an array [seed, offset], got undefined',
    ],
    [
      () => torchStateless.wrapKeyData([1] as never),
      'wrapKeyData takes the two numbers of a key, integers in [0, 2^64), got [1]',
    ],
    [() => torchStateless.wrapKeyData([1, -1]), 'got [1,-1]'],
    [() => torchStateless.split(null as never), 'split takes a key of torch-stateless, got null'],
    [() => torchStateless.split(jax.key(0) as never), 'split takes a key of torch-stateless, got'],
    [() => torchStateless.foldIn(jax.key(0) as never, 1), 'foldIn takes a key of torch-stateless, got'],
    [() => torchStateless.keyOf(torchCuda('t4').keyOf(0)), 'or a key of torch-stateless, got'],
    [
      () => torchStateless.key(-1),
      'seed must be an integer in [0, 2^64) or a key of torch-stateless, got -1',
    ],
    [() => torchStateless.key(1).fold(2n ** 64n), 'fold takes a name, or an integer in [-2^63, 2^64), got'],
    [
      () => sampler.check(torchStateless.randint(0, 2 ** 28 + 1), [1], { seed: torchStateless.key(0) }),
      'high - low must be below 2^28 or a power of two, got 268435457',
    ],
    [
      () => sampler.check(torchStateless.uniform({ b: 1e-30 }), [1], { seed: torchStateless.key(0) }),
      'high - low must be 0 or >= 2^-79 in the stream torch-stateless',
    ],
    [
      () => sampler.check('truncated_normal', [1], { seed: torchStateless.key(0) }),
      'the stream torch-stateless draws bits, uniform, normal, orthogonal, randint, got truncated_normal',
    ],
  ])('refuses what cannot be right: %#', (call, message) => {
    expect(call).toThrow(message);
  });
});

describe('draws of torch.func._random', () => {
  it.each(draws.filter(({ draw }) => draw !== 'normal'))('$name in $dtype, bit for bit', async (drawn) => {
    const { key, dtype, values } = drawn;
    const tensor = await sampler.fill(initializerOf(drawn), [values.length], { seed: keyOf(key), dtype });
    const data = await tensor.data();
    const patterns = data instanceof Uint16Array ? data : new Uint32Array(data.buffer);
    expect([...patterns]).toEqual(values);
  });

  it.each(draws.filter(({ draw }) => draw === 'normal'))('$name in $dtype, up to rounding', async (drawn) => {
    const { key, dtype, values } = drawn;
    const tensor = await sampler.fill(initializerOf(drawn), [values.length], { seed: keyOf(key), dtype });
    const half = dtype === 'float16';
    const theirs = half
      ? values.map((pattern) => float16(pattern))
      : [...new Float32Array(Uint32Array.from(values).buffer)];
    // Theirs come from float32 functions; those of float16 may round to the neighbour.
    (await tensor.float32()).forEach((value, i) =>
      expect(Math.abs(value - theirs[i])).toBeLessThan(half ? 2 ** -9 : 5e-6),
    );
  });

  it('normal(0, 1) of a seed is that of STREAM.md, and the Box-Muller transform of their words', async () => {
    const seed = 0x123456789abcdef0n;
    const shape = [100_000];
    const ours = await sampler.fill('random_normal', shape, { seed });
    const plain = { mean: 0, stddev: 1 };
    const [own, theirs, words] = await Promise.all([
      sampler.fill(initializers.randomNormal(plain), shape, { seed }),
      sampler.fill(initializers.randomNormal(plain), shape, { seed: torchStateless.key(seed) }),
      sampler.fill('bits', shape, { seed: torchStateless.key(seed) }),
    ]);
    expect(ours.key.value).toBe(seed);
    expect(await own.data()).toEqual(await theirs.data());
    const w = await words.data();
    const uniform = (word: number): number => (word + 0.5) / 2 ** 32;
    (await own.float32()).forEach((value, i) => {
      const radius = Math.sqrt(-2 * Math.log(uniform(w[i - (i % 2)])));
      const angle = 2 * Math.PI * uniform(w[i - (i % 2) + 1]);
      const real = radius * (i % 2 === 0 ? Math.cos(angle) : Math.sin(angle));
      // 2^-23 in fixed point, and half a unit of the float32.
      if (Math.abs(value - real) > 2 ** -23 + 2 ** -24 * Math.abs(real))
        expect.fail(`${i}: ${value}, not ${real}`);
    });
  });
});

function float16(pattern: number): number {
  const magnitude = pattern & 0x7fff;
  const value =
    magnitude < 0x400
      ? magnitude * 2 ** -24
      : (1 + (magnitude & 0x3ff) / 1024) * 2 ** ((magnitude >> 10) - 15);
  return pattern & 0x8000 ? -value : value;
}
