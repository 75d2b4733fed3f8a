import { describe, expect, it } from 'vitest';
import { Sampler } from '../../src/index';
import { torch, torchCuda, type TorchCudaCard, torchStateless } from '../../src/streams';
import { streamNamed } from '../../src/streams/named';
import { philox4x32 } from '../../src/streams/philox';

const sampler = await Sampler.create({ backend: 'cpu' });
const normal = torch.normal();
const uniform = torch.uniform();

/** Values as torch prints them, which were published with the seed and the card. */
const PUBLISHED = [
  {
    // Lecture notes on extensions of PyTorch, output of torch.randn(8, 8, device='cuda') after manual_seed(0).
    title: 'randn of seed 0, on any card',
    card: 't4',
    draw: normal,
    shape: [8, 8],
    seed: 0,
    at: 0,
    values: [
      -0.9247, -0.4253, -2.6438, 0.1452, -0.1209, -0.5797, -0.6229, -0.3284, -1.0745, -0.3631, -1.6711,
      2.2655,
    ],
  },
  {
    // TensorRT-LLM, tests of ReDrafter.
    title: 'rand of seed 0, on any card',
    card: 'h100',
    draw: uniform,
    shape: [12],
    seed: 0,
    at: 0,
    values: [0.399, 0.5167, 0.0249, 0.9401, 0.9459, 0.7967, 0.415, 0.8203, 0.229, 0.9096, 0.1183, 0.0752],
  },
  // pytorch #143086
  ...(
    [
      ['a100', 0.1549, -0.6797, -0.1656],
      ['h100', -0.697, -0.778, 0.3267],
    ] as const
  ).map(([card, ...values]) => ({
    title: `the end of 9.5 million normals on ${card}`,
    card,
    draw: normal,
    shape: [1, 49 * 12 * 112 * 144],
    seed: 1,
    at: 49 * 12 * 112 * 144 - 3,
    values,
  })),
  {
    title: 'the begin of these',
    card: 'a100',
    draw: normal,
    shape: [1, 49 * 12 * 112 * 144],
    seed: 1,
    at: 0,
    values: [-0.2963, 2.6764, -0.1408],
  },
  // pytorch #97097: normal_(5, 5**.5)
  ...(
    [
      [99_900, 2.7337, 2.2106, 7.7815],
      [99_997, 8.2207, 6.5395, 4.2604],
    ] as const
  ).map(([at, ...values]) => ({
    title: `element ${at} of 100,000 on an RTX A4000`,
    card: 'rtx-a4000',
    draw: torch.normal({ mean: 5, std: 5 ** 0.5 }),
    shape: [1000, 100],
    seed: 14,
    at,
    values,
  })),
] as const;

/** The kernel's loop over a grid, thread by thread: the words of each element. */
function grid(
  seed: number,
  total: number,
  multiprocessors: number,
  threadsEach: number,
  offset: number,
): Uint32Array[] {
  const blocks = Math.min(Math.ceil(total / 256), multiprocessors * Math.floor(threadsEach / 256));
  const threads = 256 * blocks;
  const elements: Uint32Array[] = [];
  for (let thread = 0; thread < threads; thread++) {
    let counter = offset / 4;
    for (let linear = thread; linear < total; linear += 4 * threads, counter++) {
      const words = new Uint32Array(4);
      philox4x32(counter, 0, thread, 0, seed, 0, words);
      for (let i = 0; i < 4; i++) {
        const at = linear + i * threads;
        if (at < total) elements[at] = Uint32Array.of(i, ...words);
      }
    }
  }
  return elements;
}

describe('the CUDA generator of torch', () => {
  it.each(PUBLISHED)(
    'gives the published values: $title',
    async ({ card, draw, shape, seed, at, values }) => {
      const range = { start: at, count: values.length };
      const tensor = await sampler.fill(draw, shape, {
        seed,
        stream: torchCuda(card as TorchCudaCard),
        range,
      });
      (await tensor.float32()).forEach((value, i) => expect(Math.abs(value - values[i])).toBeLessThan(6e-5));
    },
  );

  it('gives the published values of a second call', async () => {
    const generator = torchCuda('v100').manualSeed(0);
    await sampler.fill(uniform, [10], { seed: generator });
    const second = await sampler.fill(uniform, [10], { seed: generator });
    const values = [0.9722, 0.791, 0.469, 0.33, 0.3345, 0.3783, 0.764, 0.6405, 0.1103, 0.3594];
    (await second.float32()).forEach((value, i) => expect(Math.abs(value - values[i])).toBeLessThan(6e-5));
  });

  it.each([
    [1, 256, 10_000],
    [3, 1024, 5000],
    [2, 1536, 3073],
  ])('gives each element the words of its thread: %i x %i, %i elements', async (m, threads, total) => {
    const stream = torchCuda([m, threads]);
    const generator = stream.manualSeed(7);
    generator.offset = 12n;
    const key = sampler.check(normal, [total], { seed: generator }).key;
    const elements = grid(7, total, m, threads, 12);
    const normals = await (await sampler.fill(normal, [total], { seed: key })).float32();
    const uniforms = await (await sampler.fill(uniform, [total], { seed: key })).float32();
    elements.forEach(([lane, ...words], i) => {
      const u = (words[lane & 2] + 0.5) / 2 ** 32;
      const angle = (2 * Math.PI * (words[lane | 1] + 0.5)) / 2 ** 32;
      const real = Math.sqrt(-2 * Math.log(u)) * ((lane & 1) === 0 ? Math.sin(angle) : Math.cos(angle));
      if (Math.abs(normals[i] - real) > 2 ** -23 + 2 ** -24 * Math.abs(real))
        expect.fail(`${i}: ${normals[i]}, not ${real}`);
      // curand: the word as float32, times 2^-32, plus 2^-33, as float32; 1 becomes 0.
      const value = Math.fround(Math.fround(words[lane]) * 2 ** -32 + 2 ** -33);
      expect(uniforms[i]).toBe(value === 1 ? 0 : value);
    });
  });

  it.each([
    ['t4', 40_960, 8n],
    ['t4', 40_961, 8n],
    ['t4', 163_840, 8n],
    ['t4', 163_841, 12n],
    ['a100', 1, 8n],
  ] as const)('moves the offset on %s by a tensor of %i elements', async (card, total, offset) => {
    const generator = torchCuda(card).manualSeed(3);
    await sampler.fill(normal, [1], { seed: generator });
    await sampler.fill(normal, [total], { seed: generator, range: { count: 1 } });
    expect(generator.offset).toBe(offset);
  });

  it('differs between cards from the first element beyond a wave on', async () => {
    // pytorch #194676: 40,960 elements agree on a T4 and an L4, 40,961 do not.
    const at = (card: 't4' | 'l4', total: number, start: number) =>
      sampler
        .fill(normal, [total], { seed: 0, stream: torchCuda(card), range: { start, count: 1 } })
        .then((tensor) => tensor.float32());
    expect(await at('t4', 40_960, 40_959)).toEqual(await at('l4', 40_960, 40_959));
    expect(await at('t4', 40_961, 40_960)).not.toEqual(await at('l4', 40_961, 40_960));
  });

  it.each([
    [-0.05, 0.07, 'float32'],
    [2, 5, 'float16'],
    [0, 1, 'bfloat16'],
    [-100, 0.3, 'bfloat16'],
  ] as const)('uniform in [%f, %f) of %s is the nearest to the exact value', async (low, high, dtype) => {
    const stream = torchCuda('a100');
    const total = 20_000;
    const unit = await (await sampler.fill(uniform, [total], { seed: 5, stream })).float32();
    const tensor = await sampler.fill(torch.uniform({ a: low, b: high }), [total], {
      seed: 5,
      stream,
      dtype,
    });
    const values = await tensor.float32();
    const bits = { float32: 24, float16: 11, bfloat16: 8 }[dtype];
    values.forEach((value, i) => {
      const real = low + (high - low) * unit[i];
      const ulp = 2 ** (Math.floor(Math.log2(Math.max(Math.abs(low), Math.abs(high)))) + 1 - bits);
      if (Math.abs(value - real) > 1.5 * ulp && value !== low) expect.fail(`${i}: ${value}, not ${real}`);
      expect(value === high).toBe(false);
    });
  });

  it('has keys that survive JSON and structuredClone with their offset', () => {
    const stream = torchCuda('t4');
    const generator = stream.manualSeed(-3);
    generator.offset = 2n ** 63n + 8n;
    const key = stream.keyOf(generator);
    for (const copy of [JSON.parse(JSON.stringify(key)), structuredClone(key)])
      expect(stream.keyOf(copy as never).value).toBe(key.value);
    for (const seed of [{ lo: 1, hi: 0, offset: '3' }, { lo: 1, hi: 0 }, torchStateless.key(0)])
      expect(() => stream.keyOf(seed)).toThrow('or a generator of torch-cuda/t4, got');
  });

  it('has cards by name and by number', () => {
    expect(torchCuda('a100')).toBe(torchCuda('a100'));
    expect(torchCuda([108, 2048])).toBe(torchCuda('108x2048'));
    expect(streamNamed('stream', 'torch-cuda/rtx-4090').name).toBe('torch-cuda/rtx-4090');
    expect(() => torchCuda('a1000' as 'a100')).toThrow(
      'card must be the name of one, or multiprocessors x threads such as 108x2048, got "a1000"; did you mean',
    );
    expect(() => torchCuda([0, 2048])).toThrow(
      'the multiprocessors of a card must be an integer in [1, 4096], got 0',
    );
    expect(() =>
      sampler.check(normal, [1], { stream: torchCuda('t4'), seed: torchCuda('l4').manualSeed(0) }),
    ).toThrow('seed must be of the stream torch-cuda/t4, got one of torch-cuda/l4');
    expect(() => (torchCuda('t4').manualSeed(0).offset = 3n)).toThrow(
      'offset must be a BigInt in [0, 2^64) that 4 divides, got 3',
    );
  });
});
