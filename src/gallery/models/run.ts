import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { Sampler } from '../../index';
import type { ModelFile, ModelFileTensor } from '../../models';
import { nextTask } from '../next_task';
import type { Sink } from './save';
import { LayerValues } from './theory';

/** To count or hash so many bytes takes about a frame, and the GPU is still busy with them. */
const CHUNK_BYTES = 2 * 2 ** 20;
/** Larger files are not hashed, because the hash would take longer than the rest. */
const MOST_HASHED = 2 ** 30;

interface ByteProgress {
  readonly signal: AbortSignal;
  /** @param done the bytes that are done */
  onProgress(done: number): void;
}

/** Computes tensors and counts every value of them. `onTensor` is called when one is complete. */
export async function countAll(
  file: ModelFile,
  tensors: readonly ModelFileTensor[],
  sampler: Sampler,
  {
    signal,
    onProgress,
    onTensor,
  }: ByteProgress & { onTensor(tensor: ModelFileTensor, values: LayerValues): void },
): Promise<void> {
  let current: { tensor: ModelFileTensor; values: LayerValues } | undefined;
  let done = 0;
  for await (const { tensor, bytes } of file.chunks(sampler, { tensors, chunkBytes: CHUNK_BYTES, signal })) {
    signal.throwIfAborted();
    if (current?.tensor !== tensor) current = { tensor, values: new LayerValues(tensor) };
    current.values.add(bytes);
    done += bytes.length;
    if (current.values.isComplete) onTensor(tensor, current.values);
    onProgress(done);
    await nextTask();
  }
}

/**
 * Writes the file into a sink, header first. The sink is finished after the last byte, and discarded where
 * the file does not get so far.
 * @returns the SHA-256 of the file in hex, unless the file is too large for that
 */
export async function saveTo(
  sink: Sink,
  file: ModelFile,
  sampler: Sampler,
  { signal, onProgress }: ByteProgress,
): Promise<string | undefined> {
  const hash = file.byteLength > MOST_HASHED ? undefined : sha256.create();
  try {
    await sink.write(file.header);
    hash?.update(file.header);
    let done = file.header.length;
    for await (const { bytes } of file.chunks(sampler, { chunkBytes: CHUNK_BYTES, signal })) {
      signal.throwIfAborted();
      await sink.write(bytes);
      hash?.update(bytes);
      done += bytes.length;
      onProgress(done);
      await nextTask();
    }
    signal.throwIfAborted();
    if (done !== file.byteLength) throw new Error(`${done} of ${file.byteLength} bytes came`);
    await sink.finish();
    return hash && bytesToHex(hash.digest());
  } catch (error) {
    await sink.discard();
    throw error;
  }
}
