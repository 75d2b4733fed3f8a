import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Thread } from '../../../src/backends/cpu/threads/thread';
import { type Dtype, Sampler } from '../../../src/index';
import { expectSameBytes } from '../../support/bytes';

const COUNT = 3 * 2 ** 20 + 5;
const RANGE = { start: 2 ** 34 - 2 ** 20 - 3, count: COUNT };
const SHAPE = [2 ** 20, 2 ** 20];

const reference = await Sampler.create({ backend: 'cpu', cpu: 'reference' });

async function bytes(sampler: Sampler, initializer: string, dtype: Dtype): Promise<Uint8Array> {
  const { buffer, byteOffset, byteLength } = await (
    await sampler.fill(initializer, SHAPE, { seed: 7, dtype, range: RANGE })
  ).data();
  return new Uint8Array(buffer, byteOffset, byteLength);
}

describe('the fast CPU path on threads', () => {
  it.each([
    ['normal', 'float32'],
    ['uniform', 'float16'],
    ['truncated_normal', 'bfloat16'],
    ['ones', 'float16'],
  ] as const)('gives the bytes of the reference: %s in %s', async (initializer, dtype) => {
    const want = await bytes(reference, initializer, dtype);
    const sampler = await Sampler.create({ backend: 'cpu', threads: 3 });
    // The second finds the threads started.
    for (let time = 0; time < 3; time++) expectSameBytes(await bytes(sampler, initializer, dtype), want);
    sampler.destroy();
  });

  it('leaves pieces to the others as soon as they are there', async () => {
    const sampler = await Sampler.create({ backend: 'cpu', threads: 2 });
    const asked = vi.spyOn(Thread.prototype, 'compute');
    while (asked.mock.results.length === 0) await bytes(sampler, 'normal', 'float32');
    const buffers = await Promise.all(
      asked.mock.results.map(({ value }) => value as Promise<ArrayBuffer | undefined>),
    );
    expect(buffers.every((buffer) => buffer instanceof ArrayBuffer)).toBe(true);
    vi.restoreAllMocks();
    sampler.destroy();
  });

  it('keeps the memory beside the tensor, and tells how far it is', async () => {
    const sampler = await Sampler.create({ backend: 'cpu', threads: 2 });
    const memory = new Uint8Array(4 * COUNT + 24).fill(0xaa);
    const shares: number[] = [];
    await sampler.fill('normal', SHAPE, {
      seed: 7,
      range: RANGE,
      buffer: memory,
      byteOffset: 12,
      onProgress: (share) => shares.push(share),
    });
    expectSameBytes(memory.subarray(12, 12 + 4 * COUNT), await bytes(reference, 'normal', 'float32'));
    expect([...memory.slice(0, 12), ...memory.slice(12 + 4 * COUNT)].every((byte) => byte === 0xaa)).toBe(
      true,
    );
    expect(shares.length).toBeGreaterThan(8);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
    sampler.destroy();
  });

  it('streams the same bytes', async () => {
    const sampler = await Sampler.create({ backend: 'cpu', threads: 2 });
    const want = await bytes(reference, 'normal', 'float32');
    let done = 0;
    for await (const chunk of sampler.chunks('normal', SHAPE, {
      seed: 7,
      range: RANGE,
      chunkBytes: 5 * 2 ** 20 + 3,
    })) {
      expectSameBytes(chunk, want.subarray(done, done + chunk.length));
      done += chunk.length;
    }
    expect(done).toBe(want.length);
    sampler.destroy();
  });

  it('stops when it is told to, and writes nothing afterwards', { repeats: 9 }, async () => {
    const sampler = await Sampler.create({ backend: 'cpu', threads: 2 });
    const buffer = new Float32Array(2 ** 26);
    const abort = new AbortController();
    const onProgress = (share: number): void => void (share > 0.1 && abort.abort(new Error('enough')));
    await expect(
      sampler.fill('normal', [2 ** 26], { seed: 1, buffer, signal: abort.signal, onProgress }),
    ).rejects.toThrow('enough');
    const left = buffer.lastIndexOf(0) - buffer.indexOf(0);
    expect(left).toBeGreaterThan(0);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(buffer.lastIndexOf(0) - buffer.indexOf(0)).toBe(left);
    sampler.destroy();
  });

  it('rejects with what a listener throws', async () => {
    const sampler = await Sampler.create({ backend: 'cpu', threads: 3 });
    await bytes(sampler, 'normal', 'float32');
    for (const limit of [0, 0.3, 0.9]) {
      const onProgress = (share: number): void => {
        if (share > limit) throw new Error(`at ${limit}`);
      };
      await expect(sampler.fill('normal', [2 ** 22], { seed: 1, onProgress })).rejects.toThrow(`at ${limit}`);
    }
    sampler.destroy();
  });

  it('ends what it began where the threads are ended meanwhile', async () => {
    const sampler = await Sampler.create({ backend: 'cpu', threads: 4 });
    const want = await bytes(reference, 'normal', 'float32');
    await bytes(sampler, 'normal', 'float32');
    const filling = bytes(sampler, 'normal', 'float32');
    await new Promise((resolve) => setTimeout(resolve, 2));
    sampler.destroy();
    expectSameBytes(await filling, want);
    // And the next one computes with threads of its own.
    const next = await Sampler.create({ backend: 'cpu', threads: 4 });
    expectSameBytes(await bytes(next, 'normal', 'float32'), want);
    next.destroy();
  });

  it('starts no threads again for what was under way when they were ended', async () => {
    const sampler = await Sampler.create({ backend: 'cpu', threads: 4 });
    let started = 0;
    const count = (): void => void started++;
    process.on('worker', count);
    const filling = sampler.fill('normal', [2 ** 25], { seed: 1 });
    await vi.waitUntil(() => started > 0);
    sampler.destroy();
    const before = started;
    await filling;
    process.off('worker', count);
    expect(started).toBe(before);
  });

  it('computes several tensors at the same time', async () => {
    const sampler = await Sampler.create({ backend: 'cpu', threads: 3 });
    const names = ['normal', 'uniform', 'truncated_normal'];
    const got = await Promise.all(names.map((name) => bytes(sampler, name, 'float16')));
    for (const [i, name] of names.entries()) expectSameBytes(got[i], await bytes(reference, name, 'float16'));
    sampler.destroy();
  });

  it('refuses options that cannot be right', async () => {
    await expect(Sampler.create({ backend: 'cpu', threads: 0 })).rejects.toThrow(
      'threads must be an integer in [1, 64], got 0',
    );
    await expect(Sampler.create({ threads: 1.5 })).rejects.toThrow(
      'threads must be an integer in [1, 64], got 1.5',
    );
    await expect(Sampler.create({ cpu: 'wasm' as never })).rejects.toThrow(
      'cpu must be one of fast, reference, got "wasm"',
    );
  });
});

describe('in a process of its own', () => {
  let folder = '';
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tensorseed-threads-'));
    const root = fileURLToPath(new URL('../../../', import.meta.url));
    await build({
      root,
      logLevel: 'error',
      build: {
        outDir: folder,
        emptyOutDir: false,
        lib: { entry: { index: 'src/index.ts', node_host: 'src/core/node_host.ts' }, formats: ['es'] },
        rollupOptions: { external: [/^node:/] },
      },
    });
  }, 120_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** What a program prints that fills 2^22 normals: the sampler's description and a checksum. */
  function run(flags: string[], options: string): string[] {
    const file = (name: string): string => JSON.stringify(pathToFileURL(join(folder, name)).href);
    const program = `
      const { createHash } = await import('node:crypto');
      await import(${file('node_host.js')});
      const { Sampler } = await import(${file('index.js')});
      const sampler = await Sampler.create(${options});
      const data = await (await sampler.fill('normal', [2 ** 22], { seed: 1 })).data();
      console.log(sampler.description);
      console.log(createHash('sha256').update(data).digest('hex'));`;
    const output = execFileSync(process.execPath, [...flags, '--input-type=module', '-e', program], {
      encoding: 'utf8',
      timeout: 60_000,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return output.trim().split('\n');
  }

  const expected = run.bind(undefined, [], "{ backend: 'cpu', cpu: 'reference' }");

  it('threads that nobody ended do not keep it', () => {
    expect(run([], "{ backend: 'cpu', threads: 3 }")).toEqual(['WebAssembly SIMD, 3 threads', expected()[1]]);
  });

  it('without threads it computes alone', () => {
    const permission = process.allowedNodeEnvironmentFlags.has('--permission')
      ? '--permission'
      : '--experimental-permission';
    const flags = [permission, '--allow-fs-read=*'];
    expect(run(flags, "{ backend: 'cpu', threads: 3 }")).toEqual([
      'WebAssembly SIMD, 1 thread, because workers do not start here',
      expected()[1],
    ]);
  });

  it('without WebAssembly it is the reference', () => {
    expect(run(['--jitless'], "{ backend: 'cpu' }")).toEqual([
      'CPU reference, because WebAssembly is missing',
      expected()[1],
    ]);
  });
});
