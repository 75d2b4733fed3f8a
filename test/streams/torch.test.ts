import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  type Dtype,
  type Initializer,
  initializers,
  type InitializerSpec,
  Sampler,
  type Tensor,
} from '../../src/index';
import { jax, tensorflow, torch, torchStateless } from '../../src/streams';
import { streamNamed } from '../../src/streams/named';
import { CARDS } from '../../src/streams/torch/cuda/cards';
import { bytesOf } from '../support/patterns';
import vectors from '../vectors/torch/cpu.json';

interface Result {
  readonly values?: readonly number[];
  readonly first?: readonly number[];
  readonly last?: readonly number[];
  readonly sha256: string;
}

interface Step extends Result {
  readonly draw: 'uniform';
  readonly options: object | readonly number[];
  readonly shape: readonly number[];
  readonly dtype: Dtype;
}

function initializerOf({ draw, options }: Step): Initializer {
  const factory = torch[draw] as (...options: unknown[]) => Initializer;
  return Array.isArray(options) ? factory(...options) : factory(options);
}

async function expectResult(tensor: Tensor, { values, first, last, sha256 }: Result): Promise<void> {
  const bytes = await bytesOf(tensor);
  const halves = tensor.dtype === 'float16' || tensor.dtype === 'bfloat16';
  const patterns = halves ? new Uint16Array(bytes.buffer) : new Uint32Array(bytes.buffer);
  if (values !== undefined) expect([...patterns]).toEqual(values);
  else {
    expect([...patterns.subarray(0, first!.length)]).toEqual(first);
    expect([...patterns.subarray(-last!.length)]).toEqual(last);
  }
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
}

const sampler = await Sampler.create({ backend: 'cpu' });
const cases = vectors.cases as unknown as readonly { seed: string; steps: readonly Step[] }[];

describe('the CPU generator of torch, bit for bit', () => {
  it.each(cases)('seed $seed, $steps.0.draw in $steps.0.dtype and on', async ({ seed, steps }) => {
    const generator = torch.manualSeed(BigInt(seed));
    for (const step of steps) {
      const { shape, dtype } = step;
      const tensor = await sampler.fill(initializerOf(step), shape, { seed: generator, dtype });
      await expectResult(tensor, step);
    }
  });

  it('gives the weights of nn.Linear(3, 4) after manual_seed(0)', async () => {
    const generator = torch.manualSeed(0);
    const { weight, bias } = vectors.linear;
    const bound = 1 / Math.sqrt(3);
    const [w, b] = await sampler.fillAll(
      [
        { initializer: torch.kaimingUniform({ a: Math.sqrt(5) }), shape: weight.shape },
        { initializer: torch.uniform({ a: -bound, b: bound }), shape: bias.shape },
      ],
      { seed: generator },
    );
    await expectResult(w, weight as Result);
    await expectResult(b, bias as Result);
  });

  it('gives the weights of a model of convolutions, a grouped one too, and a linear layer', async () => {
    const requests = Object.entries(vectors.model).map(([name, { shape }]) => {
      const layer = name.split('.')[0];
      const [, ...inputs] = (vectors.model as Record<string, { shape: number[] }>)[`${layer}.weight`].shape;
      const bound = 1 / Math.sqrt(inputs.reduce((a, b) => a * b));
      const initializer = name.endsWith('weight')
        ? torch.kaimingUniform({ a: Math.sqrt(5) })
        : torch.uniform({ a: -bound, b: bound });
      return { name, initializer, shape };
    });
    const tensors = await sampler.fillAll(requests, { seed: torch.manualSeed(0) });
    for (const [i, result] of Object.values(vectors.model).entries())
      await expectResult(tensors[i], result as Result);
  });
});

describe('orthogonal_ of torch', () => {
  it.each(vectors.orthogonal)('$shape times $gain', async ({ shape, gain, values }) => {
    const tensor = await sampler.fill(torch.orthogonal({ gain }), shape, { seed: torch.manualSeed(11) });
    const expected = new Float32Array(Uint32Array.from(values).buffer);
    const got = await tensor.float32();
    got.forEach((value, i) => expect(Math.abs(value - expected[i])).toBeLessThan(5e-6));
  });
});

describe('a generator of torch', () => {
  const normal = torch.normal();
  const uniform = torch.uniform();

  it('moves by a fill and not by a check', async () => {
    const generator = torch.manualSeed(0);
    const checked = sampler.check(uniform, [3], { seed: generator });
    sampler.check(uniform, [3], { seed: generator });
    const first = await sampler.fill(uniform, [3], { seed: generator });
    const second = await sampler.fill(uniform, [3], { seed: generator });
    const both = await sampler.fill(uniform, [6], { seed: 0, stream: torch });
    expect([...(await first.float32()), ...(await second.float32())]).toEqual([...(await both.float32())]);
    const again = await sampler.fill(uniform, [3], { seed: checked.key });
    expect(await again.data()).toEqual(await first.data());
  });

  it('goes on from a state, and its tensors tell the state that they were made from', async () => {
    const generator = torch.manualSeed(3);
    await sampler.fill(normal, [5], { seed: generator });
    const state = generator.getState();
    const first = await sampler.fill(normal, [7], { seed: generator });
    expect(await (await sampler.fill(normal, [7], { seed: first.key })).data()).toEqual(await first.data());
    generator.setState(state);
    expect(await (await sampler.fill(normal, [7], { seed: generator })).data()).toEqual(await first.data());
    generator.manualSeed(-1);
    expect(generator.initialSeed()).toBe(2n ** 64n - 1n);
  });

  it.each(['float32', 'bfloat16'] as const)('gives any range of %s, and chunks', async (dtype) => {
    for (const shape of [[15], [1003]]) {
      const options = { seed: 1n << 40n, stream: torch, dtype };
      const whole = await bytesOf(await sampler.fill(normal, shape, options));
      const size = dtype === 'float32' ? 4 : 2;
      for (const start of [0, 1, 5, 14, shape[0] - 1]) {
        for (const count of [1, 7, shape[0] - start]) {
          if (start + count > shape[0]) continue;
          const part = await sampler.fill(normal, shape, { ...options, range: { start, count } });
          expect(await bytesOf(part)).toEqual(whole.slice(size * start, size * (start + count)));
        }
      }
      const chunks: number[] = [];
      for await (const chunk of sampler.chunks(normal, shape, { ...options, chunkBytes: 48 }))
        chunks.push(...chunk);
      expect(Uint8Array.from(chunks)).toEqual(whole);
    }
  });

  it('moves past the whole tensor where a range is asked for', async () => {
    const generator = torch.manualSeed(4);
    await sampler.fill(uniform, [1000], { seed: generator, range: { start: 10, count: 3 } });
    const after = await sampler.fill(uniform, [1], { seed: generator });
    const whole = await sampler.fill(uniform, [1001], { seed: 4, stream: torch });
    expect((await after.float32())[0]).toBe((await whole.float32())[1000]);
  });

  it('heeds no name, and an integer with a name is refused', async () => {
    const named = await sampler.fill(uniform, [3], { seed: torch.manualSeed(0), name: 'a/b' });
    const plain = await sampler.fill(uniform, [3], { seed: torch.manualSeed(0) });
    expect(await named.data()).toEqual(await plain.data());
    await expect(sampler.fill(uniform, [3], { seed: 0, stream: torch, name: 'a' })).rejects.toThrow(
      'the stream torch derives no keys from names or integers: give a Generator as the seed, from which the tensors follow one another, got "a"',
    );
    await expect(
      sampler.fillAll(
        [
          { initializer: uniform, shape: [2] },
          { initializer: uniform, shape: [2] },
        ],
        { seed: 0, stream: torch },
      ),
    ).rejects.toThrow('the stream torch has no names: give a generator as the seed of all');
  });

  it('has states that survive JSON and structuredClone, with half of a pair of normals', async () => {
    const generator = torch.manualSeed(2n ** 64n - 7n);
    await sampler.fill(normal, [5], { seed: generator }); // an odd number of fewer than 16
    await sampler.fill(uniform, [1000], { seed: generator });
    const state = generator.getState();
    const next = await bytesOf(await sampler.fill(normal, [9], { seed: state }));
    for (const copy of [JSON.parse(JSON.stringify(state)), structuredClone(state)]) {
      expect(torch.keyOf(copy).value).toBe(2n ** 64n - 7n);
      const again = await sampler.fill(normal, [9], { seed: copy, stream: torch });
      expect(await bytesOf(again)).toEqual(next);
    }
    const fresh = await bytesOf(await sampler.fill(normal, [9], { seed: state.value, stream: torch }));
    expect(fresh).not.toEqual(next);
  });

  it('refuses data that are no state', () => {
    const { value, state } = torch.keyOf(1).toJSON();
    const { words } = state.mt;
    for (const data of [
      { value, state: { ...state, nextNormal: 'x' } },
      { value, state: { ...state, mt: { words: words.slice(1), used: 1 } } },
      { value, state: { ...state, mt: { words, used: 625 } } },
      { value, state: { ...state, mt: { words: words.with(3, -1), used: 1 } } },
      { value, state: { ...state, mt: { words: words.map((_, i) => (i === 0 ? 5 : 0)), used: 624 } } },
      { value: '-1', state },
      { value },
      { lo: 1, hi: 0 },
    ])
      expect(() => torch.keyOf(data as never)).toThrow(
        'seed must be an integer in [-2^63, 2^64) or a Generator of torch, got {',
      );
  });

  it.each([
    ['torch', torch, () => torch.randint(2, 5)],
    ['torch-stateless', torchStateless, () => torchStateless.randint(2, 5)],
    ['tensorflow', tensorflow, () => tensorflow.randint(2, 5)],
  ] as const)('a randint of jax in %s is the randint of that', async (_, stream, own) => {
    const seed = { seed: 1, stream };
    const theirs = await sampler.fill(jax.randint(2, 5), [300], seed);
    const want = await sampler.fill(own(), [300], seed);
    expect(await theirs.data()).toEqual(await want.data());
    expect(new Set(await theirs.data())).toEqual(new Set([2, 3, 4]));
  });

  it('makes initializers from options under the names of torch', () => {
    const { initializers: named } = torch;
    expect(named.kaiming_uniform({ a: 1, mode: 'fan_out' }).resolve([4, 3])).toEqual(
      torch.kaimingUniform({ a: 1, mode: 'fan_out' }).resolve([4, 3]),
    );
    for (const name of ['kaiming_uniform', 'kaiming_normal', 'xavier_normal', 'trunc_normal'])
      expect(named[`${name}_`]({}).resolve([4, 3])).toEqual(named[name]({}).resolve([4, 3]));
    for (const [name, draw] of [
      ['uniform_', torch.uniform()],
      ['normal_', torch.normal()],
      ['xavier_uniform_', torch.xavierUniform()],
      ['trunc_normal', torch.truncNormal()],
      ['orthogonal_', torch.orthogonal()],
      ['bernoulli', torch.bernoulli()],
      ['randperm', torch.randperm()],
    ] as const)
      expect(named[name]({}).resolve([4, 3])).toEqual(draw.resolve([4, 3]));
    expect(named.randint({ low: 2, high: 5 }).getConfig()).toEqual({ low: 2, high: 5 });
    expect(() => named.normal_({ stddev: 1 })).toThrow('unknown key "stddev"');
    expect(() => named.randint({ low: 2 })).toThrow('high must be');
    expect(torchStateless.initializers.randint({ low: 2, high: 5 }).resolve([1])).toEqual(
      torchStateless.randint(2, 5).resolve([1]),
    );
  });

  it('does not move where a call is refused', async () => {
    const generator = torch.manualSeed(0);
    await expect(sampler.fill(uniform, [3], { seed: generator, dtype: 'int32' })).rejects.toThrow();
    const tensor = await sampler.fill(uniform, [1], { seed: generator });
    expect((await tensor.float32())[0]).toBe(Math.fround(0.4962565899));
  });

  it.each([
    [() => torch.manualSeed(0.5), 'seed must be an integer in [-2^63, 2^64), got 0.5'],
    [() => torch.manualSeed(2n ** 64n), 'seed must be an integer in [-2^63, 2^64), got 18446744073709551616'],
    [() => torch.randint(3, 3), 'high must be > low = 3, got 3'],
    [() => torch.bernoulli(1.5), 'p must be in [0, 1], got 1.5'],
    [
      () => torch.kaimingUniform({ mode: 'fan_avg' as 'fan_in' }),
      'mode must be one of fan_in, fan_out, got "fan_avg"',
    ],
    [() => torch.truncNormal({ a: 2 }), 'b must be > a = 2, got 2'],
    [
      () => torch.kaimingNormal().resolve([3]),
      'a weight must have at least two axes for its fans, got shape [3]',
    ],
    [
      () => sampler.check(torch.randint(0, 257), [2], { seed: 0, stream: torch, dtype: 'bfloat16' }).key,
      undefined,
    ],
    [
      () => sampler.check(torch.randint(0, 258), [2], { seed: 0, stream: torch, dtype: 'bfloat16' }),
      'high of bfloat16 must be an integer in [-255, 257], got 258',
    ],
    [
      () => sampler.check(torch.truncNormal({ a: 5, b: 1e6 }), [2], { seed: 0, stream: torch }),
      'must accept at least 1/64 of their uniforms',
    ],
    [
      () => sampler.check(torch.randperm(), [2050], { seed: 0, stream: torch, dtype: 'float16' }),
      'randperm in float16 takes at most 2049 elements, got 2050',
    ],
  ])('refuses what cannot be right: %#', (call, message) => {
    if (message === undefined) expect(call()).toBeDefined();
    else expect(call).toThrow(message);
  });
});

describe('the page on the streams of torch', () => {
  const page = readFileSync(new URL('../../docs/streams/torch.md', import.meta.url), 'utf8');
  /** The cells of the rows of the tables between two texts. */
  const cells = (from: string, to: string): string[][] => {
    const begin = page.indexOf(from);
    const end = page.indexOf(to, begin);
    expect(begin).toBeGreaterThan(0);
    return page
      .slice(begin, end < 0 ? undefined : end)
      .split('\n')
      .filter((line) => line.startsWith('|') && !line.startsWith('| -'))
      .slice(1)
      .map((line) =>
        line
          .slice(1, -1)
          .split('|')
          .map((cell) => cell.trim()),
      );
  };

  it('has the keys that are derived', () => {
    const rows = cells('| key (seed, offset)', '## torchCuda');
    expect(rows.length).toBe(3);
    for (const [key, by, seed, offset] of rows) {
      const [s, o] = key.split(',').map((text) => BigInt(text.trim()));
      const derived = torchStateless.wrapKeyData([s, o]).fold(BigInt(by.replace('fold_in ', '')));
      expect([String(derived.seed), String(derived.offset)]).toEqual([seed, offset]);
    }
  });

  it('has the cards', () => {
    const rows = cells('| card ', '## kerasTorch');
    const cards = Object.entries(CARDS).map(([card, [m, t]]) =>
      [card, m, t, 256 * m * Math.floor(t / 256)].map(String),
    );
    expect(rows).toEqual(cards);
  });

  it('has the first elements of draws', async () => {
    const rows = cells('## Worked numbers', 'no such text');
    expect(rows.length).toBeGreaterThan(15);
    const draws: Record<string, InitializerSpec> = {
      bits: initializers.bits(),
      uniform: torch.uniform(),
      normal: torch.normal(),
      truncated: initializers.truncatedNormal({ mean: 0, stddev: 1 }),
    };
    for (const [stream, draw, dtype, text] of rows) {
      const options = { seed: 42, stream: streamNamed('stream', stream), dtype: dtype as Dtype };
      const bytes = await bytesOf(await sampler.fill(draws[draw], [1001], options));
      const size = dtype === 'bfloat16' ? 4 : 8; // hexadecimal digits
      const patterns = size === 4 ? new Uint16Array(bytes.buffer) : new Uint32Array(bytes.buffer);
      const found = [...patterns.subarray(0, 4)].map((word) => word.toString(16).padStart(size, '0'));
      expect([stream, draw, found.join(' ')]).toEqual([stream, draw, text]);
    }
  });
});
