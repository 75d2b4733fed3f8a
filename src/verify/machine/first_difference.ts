import { throwIfAborted } from '../../core/abort';
import { bytesPerElement } from '../../core/dtype';
import { Sampler } from '../../sampler';
import { Comparison, type Mismatch } from '../comparison';
import { initializerOf, type MachineCase, optionsOf } from './cases';

const CHUNK_BYTES = 2 ** 20;

/**
 * Compares bytes with the CPU reference, and stops at the first element that is wrong.
 * @param bytes the whole tensor
 */
export async function firstDifference(
  one: MachineCase,
  bytes: Uint8Array<ArrayBuffer>,
  signal: AbortSignal | undefined,
): Promise<Mismatch | undefined> {
  const reference = await Sampler.create({ backend: 'cpu', cpu: 'reference' });
  await reference.load(); // because check cannot
  try {
    const [initializer, options] = [initializerOf(one), optionsOf(one)];
    const comparison = new Comparison(reference.check(initializer, one.shape, options), 'exact');
    let at = 0;
    for await (const want of reference.chunks(initializer, one.shape, {
      ...options,
      chunkBytes: CHUNK_BYTES,
      signal,
    })) {
      throwIfAborted(signal);
      const got = bytes.subarray(at, at + want.length);
      const mismatch = comparison.firstMismatch(at / bytesPerElement(one.dtype), got, want);
      if (mismatch !== undefined) return mismatch;
      at += want.length;
    }
    return undefined;
  } finally {
    reference.destroy();
  }
}
