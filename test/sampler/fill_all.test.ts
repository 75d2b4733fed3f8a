import { describe, expect, it } from 'vitest';
import { ArgumentError, type FillRequest, initializers, Key, Sampler } from '../../src/index';
import { pack } from '../../src/jobs/pack';
import { resolveRequest } from '../../src/jobs/resolve';

const cpu = await Sampler.create({ backend: 'cpu' });

describe('fillAll on the CPU', () => {
  it('gives each tensor what fill gives it, with what the options say for all', async () => {
    const tensors = await cpu.fillAll(
      [
        { initializer: 'he_normal', shape: [3, 5], name: 'a' },
        { initializer: initializers.bits(), shape: [5], name: 'b', dtype: 'uint32' },
        { initializer: 'orthogonal', shape: [4, 3], seed: 9, dtype: 'float32' },
        { initializer: 'zeros', shape: [] },
        { initializer: 'uniform', shape: [10], name: 'c', range: { start: 3, count: 4 } },
      ],
      { seed: 7, dtype: 'bfloat16' },
    );
    const alone = await Promise.all([
      cpu.fill('he_normal', [3, 5], { seed: 7, name: 'a', dtype: 'bfloat16' }),
      cpu.fill(initializers.bits(), [5], { seed: 7, name: 'b' }),
      cpu.fill('orthogonal', [4, 3], { seed: 9 }),
      cpu.fill('zeros', [], { seed: 7, dtype: 'bfloat16' }),
      cpu.fill('uniform', [10], { seed: 7, name: 'c', dtype: 'bfloat16', range: { start: 3, count: 4 } }),
    ]);
    for (const [i, tensor] of tensors.entries()) {
      expect(tensor).toEqual(alone[i]);
      expect(await tensor.data()).toEqual(await alone[i].data());
    }
  });

  it('writes where each says', async () => {
    const memory = new Uint32Array(8).fill(0xaaaaaaaa);
    await cpu.fillAll([
      { initializer: 'ones', shape: [2], buffer: memory, byteOffset: 4 },
      { initializer: 'zeros', shape: [3], buffer: memory.buffer, byteOffset: 16 },
    ]);
    expect([...memory]).toEqual([0xaaaaaaaa, 0x3f800000, 0x3f800000, 0xaaaaaaaa, 0, 0, 0, 0xaaaaaaaa]);
  });

  it('fills nothing where nothing is asked for', async () => {
    expect(await cpu.fillAll([])).toEqual([]);
    expect((await cpu.fillAll([{ initializer: 'zeros', shape: [0] }]))[0].byteLength).toBe(0);
  });

  it('reports its progress and stops when it is told to', async () => {
    const shares: number[] = [];
    await cpu.fillAll(
      [
        { initializer: 'normal', shape: [300_000], name: 'a' },
        { initializer: 'zeros', shape: [100_000] },
      ],
      {
        seed: 1,
        onProgress: (share) => shares.push(share),
      },
    );
    expect(shares).toEqual([2 ** 18 / 4e5, 0.75, 1]);
    await expect(cpu.fillAll([], { signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow(
      'enough',
    );
  });

  const refused: readonly (readonly [unknown, object, string])[] = [
    [{}, {}, 'requests must be an array, got {}'],
    [[null], {}, 'requests[0] must be an object, got null'],
    [
      [
        { initializer: 'zeros', shape: [1] },
        { initializer: 'zeros', shape: [1], sead: 1 },
      ],
      {},
      'requests[1] has the unknown key "sead"',
    ],
    [
      [{ initializer: 'zeros', shape: [-1], name: 'w' }],
      {},
      'requests[0] "w": shape[0] must be an integer in [0, 2^53), got -1',
    ],
    [
      [{ initializer: 'zeros', shape: [1], byteOffset: 4 }],
      {},
      'requests[0]: byteOffset needs a buffer that it counts in, got 4 alone',
    ],
    [[{ initializer: initializers.bits(), shape: [1] }], {}, 'requests[0]: seed is missing'],
    [
      [{ initializer: 'normal', shape: [1] }],
      { seed: 1 },
      'requests[0]: name is missing: with one seed for all, it makes the stream its own',
    ],
    [
      [
        { initializer: 'normal', shape: [1], name: 'a' },
        { initializer: 'uniform', shape: [1], name: 'a' },
      ],
      { seed: 1 },
      'requests[1] "a": name must be its own with one seed for all, got that of another request',
    ],
    [[], { sead: 1 }, 'options has the unknown key "sead"'],
    [[], { signal: 1 }, 'signal must be an AbortSignal, got 1'],
  ];
  it.each(refused)('refuses %j with %j', async (requests, options, message) => {
    const error = await cpu.fillAll(requests as FillRequest[], options).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(ArgumentError);
    expect((error as Error).message).toContain(message);
  });

  it('refuses before anything is written', async () => {
    const memory = new Float32Array(4).fill(7);
    const requests: FillRequest[] = [
      { initializer: 'ones', shape: [2], buffer: memory },
      { initializer: 'ones', shape: [5], buffer: memory, name: 'long' },
    ];
    await expect(cpu.fillAll(requests)).rejects.toThrow(
      'requests[1] "long": buffer must have at least 20 bytes for 5 float32 elements',
    );
    await expect(cpu.fillAll([requests[0], { initializer: 'zeros', shape: [2 ** 52] }])).rejects.toThrow(
      'requests[1]: the tensor needs',
    );
    expect([...memory]).toEqual([7, 7, 7, 7]);
  });

  it('lets a seed of its own, a range, and an initializer without one do without a name', async () => {
    const part = { initializer: 'uniform', shape: [8], name: 'w' };
    const tensors = await cpu.fillAll(
      [
        { initializer: 'normal', shape: [3], seed: Key.from(5) },
        { ...part, range: { start: 0, count: 3 } },
        { ...part, range: { start: 3 } },
        { initializer: initializers.identity(), shape: [2, 2] },
      ],
      { seed: 1 },
    );
    const [, a, b] = await Promise.all(tensors.map(async (tensor) => [...(await tensor.data())]));
    expect([...a, ...b]).toEqual([
      ...(await (await cpu.fill('uniform', [8], { seed: 1, name: 'w' })).data()),
    ]);
  });
});

describe('pack', () => {
  const job = (count: number, start = 0, dtype: 'float32' | 'float16' = 'float32') =>
    resolveRequest({ initializer: 'ones', shape: [start + count], dtype, range: { start, count } });

  it('puts small ones together and cuts large ones, all in order, each in its own lanes', () => {
    const jobs = [job(3), job(1, 2), job(0), job(21, 1, 'float16'), job(70, 3), job(1)];
    for (const batchBytes of [16, 32, 64, 128, 4096]) {
      const next = jobs.map(({ range }) => range.start);
      let at = 0;
      for (const batch of pack(jobs, batchBytes)) {
        let free = 0;
        let bytes = 0;
        for (const { index, last, job } of batch) {
          const { range, byteOffset, dtype } = job;
          const { start, count } = range;
          const size = dtype === 'float16' ? 2 : 4;
          expect(index).toBeGreaterThanOrEqual(at);
          at = index;
          expect(start).toBe(next[index]);
          next[index] += count;
          const whole = jobs[index].range;
          expect(last).toBe(next[index] === whole.start + whole.count);
          expect(job.stretches.map((stretch) => stretch.range)).toEqual([range]);
          expect(byteOffset).toBeGreaterThanOrEqual(free);
          expect((byteOffset / size) % 4).toBe(start % 4);
          free = byteOffset + count * size;
          bytes += count * size;
        }
        expect(bytes).toBeGreaterThan(0);
        expect(bytes).toBeLessThanOrEqual(batchBytes);
        expect(free).toBeLessThanOrEqual(batchBytes + 16);
      }
      expect(next).toEqual(jobs.map(({ range }) => range.start + range.count));
    }
  });

  it('takes few batches for many', () => {
    const jobs = Array.from({ length: 300 }, (_, i) => job(1 + (i % 7)));
    expect([...pack(jobs, 2 ** 20)]).toHaveLength(1);
  });
});

describe('chunksOfAll on the CPU', () => {
  it.each([16, 100, 1 << 20])('gives each tensor’s bytes in order, in chunks of %i', async (chunkBytes) => {
    const requests = [
      { initializer: 'normal', shape: [7, 9], name: 'a' },
      { initializer: 'zeros', shape: [0] },
      { initializer: 'orthogonal', shape: [5, 5], name: 'b' },
      { initializer: 'ones', shape: [3], dtype: 'float32' as const, range: { start: 1 } },
    ];
    const options = { seed: 3, dtype: 'float16' as const };
    const parts: number[][] = requests.map(() => []);
    for await (const { index, start, bytes } of cpu.chunksOfAll(requests, { ...options, chunkBytes })) {
      expect(start).toBe((index === 3 ? 1 : 0) + parts[index].length / (index === 3 ? 4 : 2));
      expect(bytes.length).toBeLessThanOrEqual(chunkBytes);
      parts[index].push(...bytes);
    }
    const whole = await cpu.fillAll(requests, options);
    for (const [i, tensor] of whole.entries()) {
      const data = await tensor.data();
      expect(parts[i]).toEqual([...new Uint8Array(data.buffer, data.byteOffset, data.byteLength)]);
    }
  });

  it('refuses a place, and what fillAll refuses', async () => {
    const next = (request: object): Promise<unknown> => cpu.chunksOfAll([request as never]).next();
    await expect(next({ initializer: 'ones', shape: [1], buffer: new ArrayBuffer(4) })).rejects.toThrow(
      'requests[0] has the unknown key "buffer"',
    );
    await expect(next({ initializer: 'ones', shape: [0.5] })).rejects.toThrow(
      'requests[0]: shape[0] must be an integer',
    );
    await expect(cpu.chunksOfAll([], { chunkBytes: 15 }).next()).rejects.toThrow(
      'chunkBytes must be at least 16, got 15',
    );
  });
});
