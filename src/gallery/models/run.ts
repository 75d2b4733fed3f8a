import type { ModelFile, ModelFileTensor, Sampler } from '../../index';
import { nextTask } from '../next_task';
import { LayerHistogram } from './layer_histogram';
import type { Sink } from './save';
import { tensorTheory } from './theory';

/** Small enough that counting it takes no frame, large enough that the GPU is busy. */
const COUNTED_BYTES = 2 * 2 ** 20;
const WRITTEN_BYTES = 8 * 2 ** 20;
/** Larger files are not held to be hashed. */
const MOST_HASHED = 256 * 2 ** 20;

interface Watch {
  readonly signal: AbortSignal;
  /** @param done bytes that are done */
  onProgress(done: number): void;
}

/** Computes tensors and counts every value of them. `onTensor` is called when one is complete. */
export async function countAll(
  file: ModelFile, tensors: readonly ModelFileTensor[], sampler: Sampler,
  { signal, onProgress, onTensor }: Watch & { onTensor(tensor: ModelFileTensor, histogram: LayerHistogram): void },
): Promise<void> {
  let current: { tensor: ModelFileTensor; histogram: LayerHistogram } | undefined;
  let done = 0;
  for await (const { tensor, bytes } of file.chunks(sampler, { tensors, chunkBytes: COUNTED_BYTES, signal })) {
    signal.throwIfAborted();
    if (current?.tensor !== tensor) current = { tensor, histogram: histogramOf(tensor) };
    current.histogram.add(bytes);
    done += bytes.length;
    if (current.histogram.count === tensor.count) onTensor(tensor, current.histogram);
    onProgress(done);
    await nextTask();
  }
}

/** The file, header first, into a sink; it is finished when the last byte is written, and discarded where that does not come. */
export async function saveTo(sink: Sink, file: ModelFile, sampler: Sampler, { signal, onProgress }: Watch): Promise<Blob> {
  try {
    await sink.write(file.header);
    let done = file.header.length;
    for await (const { bytes } of file.chunks(sampler, { chunkBytes: WRITTEN_BYTES, signal })) {
      signal.throwIfAborted();
      await sink.write(bytes);
      done += bytes.length;
      onProgress(done);
      await nextTask();
    }
    signal.throwIfAborted();
    if (done !== file.byteLength) throw new Error(`${done} of ${file.byteLength} bytes came.`);
    return await sink.finish();
  } catch (error) {
    await sink.discard();
    throw error;
  }
}

/** SHA-256 in hex; undefined where the file is too large for it, or the page no secure one. */
export async function sha256(file: Blob): Promise<string | undefined> {
  if (file.size > MOST_HASHED || crypto.subtle === undefined) return undefined;
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await file.arrayBuffer()));
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function histogramOf(tensor: ModelFileTensor): LayerHistogram {
  const { low, high, mean } = tensorTheory(tensor);
  return new LayerHistogram(low, high, mean, tensor.dtype);
}
