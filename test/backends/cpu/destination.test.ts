import { describe, expect, it } from 'vitest';
import { ArgumentError, Sampler } from '../../../src/index';

/** A resizable buffer, which the types of this version of TypeScript's library do not know. */
function resizable(bytes: number): ArrayBuffer & { resize(bytes: number): void } {
  const Resizable = ArrayBuffer as unknown as new (
    bytes: number,
    options: { maxByteLength: number },
  ) => ArrayBuffer & { resize(bytes: number): void };
  return new Resizable(bytes, { maxByteLength: 2 * bytes });
}

const LINE = /^buffer must keep its bytes, but it was detached, transferred or shrunk$/;

describe.each(['one thread', 'several threads', 'reference'])('memory that goes away, %s', (how) => {
  const open = (): Promise<Sampler> =>
    Sampler.create({
      backend: 'cpu',
      ...(how === 'reference' ? { cpu: 'reference' } : { threads: how === 'one thread' ? 1 : 2 }),
    });

  const FILLS: [string, number[]][] = [
    ['normal', [2 ** 23]],
    ['zeros', [2 ** 24]],
    ['orthogonal', [400, 400]],
    ['identity', [4096, 4096]],
  ];
  it.each(FILLS)(
    'while %s %j is computed is an error, and nothing is written elsewhere',
    async (name, shape) => {
      const sampler = await open();
      const bytes = 4 * shape.reduce((a, b) => a * b) + 8;
      const goes: ((buffer: ReturnType<typeof resizable>) => void)[] = [
        (buffer) => void structuredClone(buffer, { transfer: [buffer] }),
        (buffer) => buffer.resize(8),
        (buffer) => buffer.resize(bytes - 4),
      ];
      for (const go of goes) {
        const buffer = resizable(bytes);
        const shares: number[] = [];
        const filled = sampler.fill(name, shape, {
          seed: 1,
          buffer,
          byteOffset: 8,
          onProgress: (share) => shares.push(share),
        });
        go(buffer);
        const error: unknown = await filled.catch((reason: unknown) => reason);
        expect(error).toBeInstanceOf(ArgumentError);
        expect((error as Error).message).toMatch(LINE);
        if (buffer.byteLength > 0) expect(String(new Uint8Array(buffer, 0, 8))).toBe('0,0,0,0,0,0,0,0');
        expect(shares.every((share) => share >= 0 && share <= 1)).toBe(true);
      }
      sampler.destroy();
    },
  );

  it('and grows stays what it is', async () => {
    const sampler = await open();
    const buffer = resizable(64);
    const filled = sampler.fill('ones', [8], { buffer, byteOffset: 32 });
    buffer.resize(128);
    expect(String(await (await filled).data())).toBe('1,1,1,1,1,1,1,1');
    expect(new Float32Array(buffer).slice(16).every((x) => x === 0)).toBe(true);
    sampler.destroy();
  });
});

describe('memory on the CPU', () => {
  it('that was transferred has no data', async () => {
    const sampler = await Sampler.create({ backend: 'cpu' });
    const tensor = await sampler.fill('ones', [4]);
    structuredClone(tensor.buffer, { transfer: [tensor.buffer as ArrayBuffer] });
    await expect(tensor.data()).rejects.toThrow(LINE);
  });

  it('of a chunk may be transferred, and the next chunk has new memory', async () => {
    const sampler = await Sampler.create({ backend: 'cpu' });
    const sums: number[] = [];
    for await (const bytes of sampler.chunks('ones', [10], { chunkBytes: 16 })) {
      const { buffer, byteOffset, byteLength } = bytes;
      const moved = structuredClone(buffer, { transfer: [buffer as ArrayBuffer] });
      sums.push(new Float32Array(moved, byteOffset, byteLength / 4).reduce((a, b) => a + b));
    }
    expect(sums).toEqual([4, 4, 2]);
  });

  it('for a chunk is refused where there is not as much', async () => {
    const sampler = await Sampler.create({ backend: 'cpu' });
    await expect(sampler.chunks('ones', [2 ** 52], { chunkBytes: 2 ** 50 }).next()).rejects.toThrow(
      /^a chunk needs \d+ bytes of memory, more than one ArrayBuffer can have here; take a smaller chunkBytes$/,
    );
  });

  it.each([
    [[2 ** 52], {}],
    [[2 ** 26, 2 ** 26], { range: { start: 2 ** 51 + 1 } }],
  ])(
    'for the first chunk of 2^52 elements is no more than that of a chunk, %j %j',
    async (shape, options) => {
      const sampler = await Sampler.create({ backend: 'cpu' });
      const chunks = sampler.chunks('ones', shape, { ...options, chunkBytes: 64 });
      expect(new Float32Array((await chunks.next()).value!.slice().buffer)).toEqual(
        new Float32Array(16).fill(1),
      );
      await chunks.return(undefined);
    },
  );

  it('is refused for a matrix that it cannot hold', async () => {
    const sampler = await Sampler.create({ backend: 'cpu' });
    const options = { seed: 1, range: { start: 0, count: 10 } };
    const line =
      /^an orthogonal 300000 x 300000 matrix needs at least 1080000000000 bytes of memory, more than/;
    await expect(sampler.fill('orthogonal', [300_000, 300_000], options)).rejects.toThrow(line);
    await expect(sampler.chunks('orthogonal', [300_000, 300_000], options).next()).rejects.toThrow(line);
  });
});
