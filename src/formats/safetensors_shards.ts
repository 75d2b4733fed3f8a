import { ArgumentError, show } from '../core/errors';
import { planSafetensors, tensorBytes, type TensorSpec } from './safetensors';

/** One of the files that a model is divided into: `index` of `count`, counted from 1. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

/** The most shards that the five digits of Hugging Face's file names can number. */
export const MAX_SHARDS = 99_999;

/** The file of a shard under Hugging Face's name: model-00002-of-00003.safetensors for model.safetensors. */
export function shardFile(file: string, { index, count }: Shard): string {
  const [k, n] = [index, count].map((number) => String(number).padStart(5, '0'));
  return file.replace(/(\.safetensors)?$/, `-${k}-of-${n}$1`);
}

/** The name of the index, the file that says which tensor is in which shard. */
export function indexFile(file: string): string {
  return `${file}.index.json`;
}

/**
 * Divides a model into `count` files of whole tensors. The shards' tensors, one shard after the other,
 * are in the order of the single file. The largest shard is as small as it can be, and each other shard
 * is close to the mean of what is left. With more shards than tensors the last shards are empty. The
 * division depends on the tensors and `count` alone.
 * @throws ArgumentError where `count` is no integer in [1, 99999]
 */
export function divide<T extends TensorSpec>(
  tensors: readonly T[],
  count: number,
): readonly (readonly T[])[] {
  if (!Number.isSafeInteger(count) || count < 1 || count > MAX_SHARDS) {
    throw new ArgumentError(`shards must be an integer in [1, ${MAX_SHARDS}], got ${show(count)}`);
  }
  const ordered: readonly T[] = planSafetensors(tensors).tensors;
  const sizes = ordered.map(tensorBytes);
  const capacity = smallestCapacity(sizes, count);
  const needed = shardsNeeded(sizes, capacity);
  const shards: T[][] = [];
  let left = sizes.reduce((sum, size) => sum + size, 0);
  let next = 0;
  for (let after = count - 1; after >= 0; after--) {
    const shard: T[] = [];
    const mean = left / (after + 1);
    let bytes = 0;
    const wants = (size: number): boolean => {
      if (needed[next] > after) return true; // the shards after this one cannot hold the rest
      if (bytes + size > capacity || sizes.length - next <= after) return false;
      return bytes + size / 2 <= mean;
    };
    while (next < sizes.length && (shard.length === 0 || wants(sizes[next]))) {
      shard.push(ordered[next]);
      bytes += sizes[next++];
    }
    left -= bytes;
    shards.push(shard);
  }
  return shards;
}

/**
 * Divides a model into files of at most `limit` bytes of tensors by Hugging Face's rule: a tensor goes into the file
 * that was begun last, and where that would be too large then, into a new one. A tensor of more bytes than `limit` has
 * a file for itself, before the one that was begun.
 * @param tensors in the order in which the model lists them
 * @throws ArgumentError where the names of files cannot number so many
 * @see huggingface/huggingface_hub, src/huggingface_hub/serialization/_base.py, split_state_dict_into_shards_factory
 */
export function divideBySize<T extends TensorSpec>(
  tensors: readonly T[],
  limit: number,
): readonly (readonly T[])[] {
  const shards: T[][] = [];
  let begun: T[] = [];
  let bytes = 0;
  for (const tensor of tensors) {
    const size = tensorBytes(tensor);
    if (size > limit) {
      shards.push([tensor]);
      continue;
    }
    if (bytes + size > limit) {
      shards.push(begun);
      begun = [];
      bytes = 0;
    }
    begun.push(tensor);
    bytes += size;
  }
  if (begun.length > 0) shards.push(begun);
  if (shards.length > MAX_SHARDS)
    throw new ArgumentError(`shards of ${limit} bytes would be ${shards.length}, more than ${MAX_SHARDS}`);
  return shards;
}

/**
 * The text of the index in Hugging Face's format: the bytes of all tensors together, and the file of
 * each tensor by its name. Every process that writes one of the shards makes the same bytes.
 * @param file the name of the single file, without its folder
 */
export function indexText(file: string, shards: readonly (readonly TensorSpec[])[]): string {
  const entries = shards.flatMap((tensors, i) => {
    const name = shardFile(file, { index: i + 1, count: shards.length });
    return tensors.map((tensor) => ({
      tensor,
      line: `\n    ${JSON.stringify(tensor.name)}: ${JSON.stringify(name)}`,
    }));
  });
  entries.sort((a, b) => (a.tensor.name < b.tensor.name ? -1 : 1));
  const total = entries.reduce((sum, { tensor }) => sum + tensorBytes(tensor), 0);
  const map = entries.length === 0 ? '{}' : `{${entries.map(({ line }) => line).join(',')}\n  }`;
  return `{\n  "metadata": {\n    "total_size": ${total}\n  },\n  "weight_map": ${map}\n}\n`;
}

/** The smallest capacity with which `count` runs of consecutive sizes hold all of them. */
function smallestCapacity(sizes: readonly number[], count: number): number {
  let low = sizes.reduce((most, size) => Math.max(most, size), 0);
  let high = sizes.reduce((sum, size) => sum + size, 0);
  while (low < high) {
    const middle = low + Math.floor((high - low) / 2);
    if (shardsNeeded(sizes, middle)[0] <= count) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * Entry i says how many shards of `capacity` bytes the sizes from the i-th on need; the last entry, for
 * no sizes at all, is 0. No size is larger than `capacity`.
 */
function shardsNeeded(sizes: readonly number[], capacity: number): number[] {
  const needed = new Array<number>(sizes.length + 1).fill(0);
  let end = sizes.length;
  let bytes = 0;
  for (let begin = sizes.length - 1; begin >= 0; begin--) {
    bytes += sizes[begin];
    while (bytes > capacity) bytes -= sizes[--end];
    needed[begin] = needed[end] + 1;
  }
  return needed;
}
