import { afterEach, describe, expect, it, vi } from 'vitest';
import { REFERENCE } from '../../../src/backends/cpu/reference/reference';
import { Sampler } from '../../../src/index';

const SHAPE = [2 ** 16];
const OPTIONS = { seed: 1, chunkBytes: 2 ** 16 }; // four chunks

const sampler = await Sampler.create({ backend: 'cpu', cpu: 'reference' });
const soon = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 100));

afterEach(() => vi.restoreAllMocks());

describe('while a chunk is used', () => {
  it('the next one is computed, and no more', async () => {
    const fill = vi.spyOn(REFERENCE, 'fill');
    const chunks = sampler.chunks('uniform', SHAPE, OPTIONS);
    const counts: number[] = [];
    for await (const _ of chunks) {
      await soon();
      counts.push(fill.mock.calls.length);
    }
    expect(counts).toEqual([2, 3, 4, 4]);
  });

  it('its bytes stay, also where it was given away', async () => {
    const whole = new Uint8Array((await (await sampler.fill('uniform', SHAPE, { seed: 1 })).data()).buffer);
    let at = 0;
    for await (const bytes of sampler.chunks('uniform', SHAPE, OPTIONS)) {
      await soon();
      const own = new Uint8Array(structuredClone(bytes.buffer, { transfer: [bytes.buffer as ArrayBuffer] }));
      expect(Buffer.compare(own.subarray(0, 2 ** 16), whole.subarray(at, at + 2 ** 16))).toBe(0);
      at += 2 ** 16;
    }
    expect(at).toBe(whole.length);
  });

  it('an abort ends the next one', async () => {
    const abort = new AbortController();
    const chunks = sampler.chunks('uniform', SHAPE, { ...OPTIONS, signal: abort.signal });
    await chunks.next();
    await soon();
    abort.abort(new Error('enough'));
    await expect(chunks.next()).rejects.toThrow('enough');
  });

  it('a fault of the next one is told when it is asked for', async () => {
    const fill = vi.spyOn(REFERENCE, 'fill');
    const chunks = sampler.chunks('uniform', SHAPE, OPTIONS);
    fill.mockImplementationOnce(async () => {}).mockRejectedValueOnce(new Error('broken'));
    expect((await chunks.next()).done).toBe(false);
    await soon();
    await expect(chunks.next()).rejects.toThrow('broken');
  });

  it('who does not go on ends the next one', async () => {
    let computed = 0;
    vi.spyOn(REFERENCE, 'fill').mockImplementation(async (_elements, _start, _out, { signal }) => {
      // It would go on for ever.
      while (computed > 0 && !signal!.aborted) await new Promise((resolve) => setTimeout(resolve, 1));
      computed++;
      if (signal!.aborted) throw signal!.reason;
    });
    for await (const _ of sampler.chunks('uniform', SHAPE, OPTIONS)) {
      await soon();
      break;
    }
    expect(computed).toBe(2);
  });
});
