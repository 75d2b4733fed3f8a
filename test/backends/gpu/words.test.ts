import { describe, expect, it } from 'vitest';
import { Owned } from '../../../src/backends/gpu/device/owned';
import { piecesOf, wordsOf } from '../../../src/backends/gpu/words';
import { resolveRequest } from '../../../src/jobs/resolve';
import { torch } from '../../../src/streams';

const job = (count: number, options: object = {}) =>
  resolveRequest({ initializer: torch.uniform(), shape: [count], seed: 0, stream: torch, ...options });

/** A device of limits alone, which no test may get as far as using. */
const device = (limits: Partial<GPUSupportedLimits>) => ({ limits }) as GPUDevice;

describe('words that the host computes', () => {
  it('are refused where one buffer or one binding cannot hold those of a recorded job', () => {
    const small = device({ maxBufferSize: 4000, maxStorageBufferBindingSize: 4000 });
    expect(() => wordsOf(small, job(1001))!.record(new Owned())).toThrow(
      'the words of the tensor need a buffer of 4016 bytes, but the device allows at most 4000 (maxBufferSize); encode ranges of it, or fill it',
    );
    const bound = device({ maxBufferSize: 2 ** 30, maxStorageBufferBindingSize: 4000 });
    expect(() => wordsOf(bound, job(1001))!.record(new Owned())).toThrow(
      'the words of the stream torch must fit one binding of 4000 bytes to be encoded, got 4016; encode ranges of the tensor, or fill it',
    );
  });

  it('are cut into pieces that follow one another in the memory of the job', () => {
    const range = { start: 5, count: 2 ** 19 + 3 };
    const pieces = piecesOf(job(2 ** 20, { range, dtype: 'float16' }));
    expect(pieces.length).toBe(3);
    let next = range.start;
    for (const piece of pieces) {
      expect(piece.range.start).toBe(next);
      expect(piece.byteOffset).toBe(2 * (next - range.start));
      next += piece.range.count;
    }
    expect(next).toBe(range.start + range.count);
  });

  it('are none for other jobs', () => {
    const plain = resolveRequest({ initializer: 'he_normal', shape: [2 ** 10, 2 ** 10], seed: 0 });
    expect(piecesOf(plain)).toEqual([plain]);
    expect(wordsOf(device({}), plain)).toBeUndefined();
    expect(wordsOf(device({}), job(0))).toBeUndefined();
  });
});
