import { afterEach, describe, expect, it, vi } from 'vitest';
import { Thread } from '../../../src/backends/cpu/threads/thread';
import { answerQr, type QrCalls } from '../../../src/backends/cpu/threads/qr_calls';
import { type FillOptions, Sampler } from '../../../src/index';
import { expectSameBytes } from '../../support/bytes';
import { compiledKernels } from '../../support/kernels';

/** Has so many panels of 32 columns that threads share them, and a last one of 4 columns. */
const SHAPE = [900, 676];

const alone = await Sampler.create({ backend: 'cpu', threads: 1 });

async function bytes(sampler: Sampler, shape = SHAPE, options: FillOptions = {}): Promise<Uint8Array> {
  const { buffer, byteOffset, byteLength } = await (
    await sampler.fill('orthogonal', shape, { seed: 7, ...options })
  ).data();
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/** A sampler whose other threads have started. */
async function withThreads(threads: number): Promise<Sampler> {
  const sampler = await Sampler.create({ backend: 'cpu', threads });
  while (!sampler.description.includes(`, ${threads} threads`)) {
    await sampler.fill('normal', [2 ** 21], { seed: 1 });
  }
  const ask = vi.spyOn(Thread.prototype, 'compute');
  const helped = (): number => new Set(ask.mock.contexts).size;
  while (helped() < threads - 1) await sampler.fill('normal', [2 ** 22], { seed: 1 });
  ask.mockRestore();
  return sampler;
}

/** Puts a function in the place of the threads' answers to calls of a factorization. */
function answerWith(answer: (call: keyof QrCalls, usual: () => Promise<unknown>) => Promise<unknown>): void {
  const ask = Thread.prototype.ask;
  vi.spyOn(Thread.prototype, 'ask').mockImplementation(function (this: Thread, request, transfer) {
    const usual = (): Promise<unknown> => ask.call(this, request, transfer);
    return 'qr' in request ? answer(request.call, usual) : usual();
  });
}

/** The calls of all threads from now on. */
function listen(): (keyof QrCalls)[] {
  const calls: (keyof QrCalls)[] = [];
  answerWith((call, usual) => {
    calls.push(call);
    return usual();
  });
  return calls;
}

/** Has an answer of the threads stay away, as where one ends: the `nth` to the calls of a name. */
function loseAnswer(name: keyof QrCalls, nth: number): () => number {
  let count = 0;
  answerWith((call, usual) => (call === name && ++count === nth ? Promise.resolve(undefined) : usual()));
  return () => count;
}

afterEach(() => void vi.restoreAllMocks());

describe('threads share an orthogonal matrix on the CPU', () => {
  it.each([
    [2, SHAPE],
    [3, SHAPE],
    [5, SHAPE],
    [3, [676, 900]],
    [2, [4200, 256]],
    [3, [1030, 1030]],
  ] as const)('with the bits of one thread: %i threads, %j', async (threads, shape) => {
    const sampler = await withThreads(threads);
    const calls = listen();
    for (let time = 0; time < 2; time++) {
      expectSameBytes(await bytes(sampler, [...shape]), await bytes(alone, [...shape]));
    }
    // They factored some panels, gave all back, and keep nothing.
    for (const name of ['reflect', 'applyTo', 'release', 'take'] as const) expect(calls).toContain(name);
    const count = (name: keyof QrCalls): number => calls.filter((call) => call === name).length;
    expect(count('take')).toBe(count('put'));
    expect(count('close')).toBe(count('open'));
    sampler.destroy();
  });

  it('without one that starts meanwhile, or with it', async () => {
    const want = await bytes(alone);
    for (let time = 0; time < 3; time++) {
      const sampler = await Sampler.create({ backend: 'cpu', threads: 3 });
      expectSameBytes(await bytes(sampler), want);
      sampler.destroy();
    }
  });

  it('several matrices at the same time', async () => {
    const sampler = await withThreads(3);
    const shapes = [SHAPE, [700, 700], [400, 1100]];
    const got = await Promise.all(shapes.map((shape) => bytes(sampler, shape)));
    for (const [i, shape] of shapes.entries()) expectSameBytes(got[i], await bytes(alone, shape));
    sampler.destroy();
  });

  it.each([
    ['reflect', 1],
    ['reflect', 4],
    ['release', 2],
    ['take', 3],
  ] as const)('and go on without one that is lost: %s, answer %i', async (name, nth) => {
    const sampler = await withThreads(2);
    const asked = loseAnswer(name, nth);
    const shares: number[] = [];
    const got = await bytes(sampler, SHAPE, { onProgress: (share) => shares.push(share) });
    expectSameBytes(got, await bytes(alone));
    expect(asked()).toBeGreaterThanOrEqual(nth);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    sampler.destroy();
  });

  it('and go on where all are ended meanwhile', async () => {
    const sampler = await withThreads(3);
    const calls = listen();
    const filling = bytes(sampler);
    await vi.waitUntil(() => calls.includes('reflect'), { interval: 1 });
    sampler.destroy();
    expectSameBytes(await filling, await bytes(alone));
  });

  it('and stop when they are told to, with the next one right', async () => {
    const sampler = await withThreads(2);
    for (const limit of [0.05, 0.4, 0.8]) {
      const abort = new AbortController();
      const onProgress = (share: number): void => void (share > limit && abort.abort(new Error('enough')));
      await expect(bytes(sampler, [1500, 1500], { signal: abort.signal, onProgress })).rejects.toThrow(
        'enough',
      );
      // It comes into the same memory, while answers for the one before may still arrive.
      expectSameBytes(await bytes(sampler), await bytes(alone));
    }
    sampler.destroy();
  });

  it('and stop while one of them is waited for', async () => {
    const sampler = await withThreads(2);
    const abort = new AbortController();
    answerWith((call, usual) => {
      if (call !== 'reflect') return usual();
      setTimeout(() => abort.abort(new Error('enough')), 50);
      return new Promise(() => undefined);
    });
    await expect(bytes(sampler, SHAPE, { signal: abort.signal })).rejects.toThrow('enough');
    vi.restoreAllMocks();
    expectSameBytes(await bytes(sampler), await bytes(alone));
    sampler.destroy();
  });

  it('and reject with what a listener throws', async () => {
    const sampler = await withThreads(2);
    const onProgress = (share: number): void => {
      if (share > 0.3) throw new RangeError('mine');
    };
    await expect(bytes(sampler, SHAPE, { onProgress })).rejects.toThrow('mine');
    sampler.destroy();
  });

  it('and tell how far they are', async () => {
    const sampler = await withThreads(2);
    const shares: number[] = [];
    await bytes(sampler, [1500, 1500], { onProgress: (share) => shares.push(share) });
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares.at(-1)).toBeLessThanOrEqual(1);
    expect(shares.filter((share) => share > 0.1 && share < 0.9).length).toBeGreaterThan(3);
    sampler.destroy();
  });

  it('and one without memory says so, and computes nothing any more', async () => {
    const { module } = await compiledKernels();
    expect(answerQr(module, { qr: 1, call: 'open', args: [2 ** 24, 64] })).toBeUndefined();
    // A panel takes 1 GiB, and the reflectors 2 of the 4 GiB that WebAssembly can address. Nothing of it is touched.
    expect(answerQr(module, { qr: 2, call: 'open', args: [2 ** 22, 1024] })).toBe(true);
    const put = (panel: number): unknown =>
      answerQr(module, { qr: 2, call: 'put', args: [32 * panel, new Float64Array(0)] });
    expect(put(0)).toBe(true);
    expect(put(1)).toBeUndefined();
    for (const [call, first] of [
      ['reflect', 0],
      ['take', 0],
    ] as const) {
      expect(answerQr(module, { qr: 2, call, args: [first] })).toBeUndefined();
    }
  });
});
