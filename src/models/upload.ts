import { isFloat } from '../core/dtype';
import { ArgumentError, show } from '../core/errors';
import type { Watch } from '../core/watch';
import { DTYPE_NAMED } from '../formats/safetensors_dtypes';
import type { Initializer } from '../initializers';
import { type Job, resolveRequest, type Tensor } from '../sampler';
import type { CopiedTensor } from './copied';
import { copiedChunks, type ReadBytes } from './copied_chunks';

/** Stands for the bytes of a checkpoint where an initializer is expected. It makes memory for them, with zeros. */
const COPY: Initializer = {
  className: 'Copy',
  resolve: () => ({ kind: 'constant', value: 0 }),
  getConfig: () => ({}),
};

/** So many bytes are written to a device before it is waited for. */
const WRITE_BYTES = 16 * 2 ** 20;

/**
 * The job that makes the memory of a tensor that is copied.
 * @throws ArgumentError for any other type than float32, float16 and bfloat16
 */
export function memoryJob({ name, shape, dtype: stored }: CopiedTensor): Job {
  const dtype = DTYPE_NAMED.get(stored);
  const label = `tensor ${show(name)}`;
  if (dtype === undefined || !isFloat(dtype))
    throw new ArgumentError(
      `${label} has dtype ${stored}, which is copied to a file only: use modelFile, ` +
        `or leave it out with the rule ${show({ pattern: name, skip: true })}`,
    );
  return { ...resolveRequest({ initializer: COPY, shape, dtype, seed: 0 }, label), name };
}

/** How tensors are written. */
export interface UploadOptions {
  /** The device that owns the tensors; undefined for memory of the CPU. */
  readonly device: GPUDevice | undefined;
  readonly read: ReadBytes | undefined;
  readonly signal: AbortSignal | undefined;
  /** Called with the share of the bytes that are written. */
  readonly onProgress: Watch['onProgress'];
}

/** Writes the bytes of copied tensors into their memory. */
export async function upload(
  copies: readonly CopiedTensor[],
  tensors: readonly Tensor[],
  { device, onProgress, ...options }: UploadOptions,
): Promise<void> {
  const total = tensors.reduce((sum, { byteLength }) => sum + byteLength, 0);
  let done = 0;
  let underWay = 0;
  for (const [i, copied] of copies.entries()) {
    const { buffer, byteOffset } = tensors[i];
    let at = byteOffset;
    for await (const { bytes } of copiedChunks(copied, { ...options, chunkBytes: WRITE_BYTES })) {
      if (device === undefined) new Uint8Array(buffer as ArrayBuffer, at, bytes.length).set(bytes);
      else device.queue.writeBuffer(buffer as GPUBuffer, at, wholeWords(bytes));
      at += bytes.length;
      underWay += bytes.length;
      if (device !== undefined && underWay >= WRITE_BYTES) {
        device.queue.submit([]);
        await device.queue.onSubmittedWorkDone();
        underWay = 0;
      }
      onProgress?.((done += bytes.length) / total);
    }
  }
}

/** The same bytes, and zeros up to the end of a word. A tensor's memory has whole words. */
function wholeWords(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const words = new Uint8Array(Math.ceil(bytes.length / 4) * 4);
  words.set(bytes);
  return words;
}
