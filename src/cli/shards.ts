import type { FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Dtype } from '../core/dtype';
import { ArgumentError, show } from '../core/errors';
import { decodeUtf8, parseJson } from '../formats/json';
import type { Placed, TensorSpec } from '../formats/safetensors';
import { DTYPE_NAMED } from '../formats/safetensors_dtypes';
import { readExactly, readSafetensorsHeader } from '../formats/safetensors_file';
import type { TensorEntry } from '../formats/safetensors_header';
import { filesOfIndex, isIndex, readIndex } from '../models/checkpoint';
import { onFile } from './faults';
import { openInput, withInputFile } from './input_file';
import { readDescription } from './model_argument';
import { Progress } from './progress';

/** A tensor, and where it lies in its shard. */
export interface ShardTensor extends TensorSpec {
  readonly shard: string;
  readonly entry: TensorEntry;
}

const CHUNK_BYTES = 4 * 2 ** 20;

/**
 * Reads an index and the headers of its shards.
 * @throws ArgumentError where a shard is missing, or index and shards do not fit together
 */
export async function readShards(path: string): Promise<ShardTensor[]> {
  const root = parseJson(path, decodeUtf8(path, await readDescription(path)));
  if (!(root instanceof Map) || !isIndex(root))
    throw new ArgumentError(`${path} is no index of shards: it has no "weight_map"`);
  const headers = new Map<string, Uint8Array>();
  const tensors: ShardTensor[] = [];
  for (const name of filesOfIndex(path, root)) {
    const shard = join(dirname(path), name);
    headers.set(name, await readDescription(shard));
    const header = await withInputFile(shard, (file) => readSafetensorsHeader(file, shard));
    for (const entry of header.tensors)
      tensors.push({ name: entry.name, shape: entry.shape, dtype: dtypeOf(shard, entry), shard, entry });
  }
  readIndex(path, root, headers);
  const metadata = root.get('metadata');
  const total = metadata instanceof Map ? metadata.get('total_size') : undefined;
  const bytes = tensors.reduce((sum, { entry }) => sum + entry.end - entry.begin, 0);
  if (total !== undefined && total !== bytes)
    throw new ArgumentError(
      `"total_size" of ${path} is ${show(total)}, but its shards have ${bytes} bytes of tensors`,
    );
  return tensors;
}

function dtypeOf(file: string, { name, dtype }: TensorEntry): Dtype {
  const own = DTYPE_NAMED.get(dtype);
  if (own === undefined)
    throw new ArgumentError(
      `tensor ${show(name)} of ${file} has dtype ${dtype}, which join does not write: ` +
        `it takes ${[...DTYPE_NAMED.keys()].join(', ')}`,
    );
  return own;
}

/** Some of a tensor's bytes. */
export interface ShardChunk {
  readonly tensor: ShardTensor;
  /** The byte of the joined file where they begin. */
  readonly position: number;
  /** They are valid until the next chunk is asked for. */
  readonly bytes: Uint8Array;
}

/**
 * Reads tensors' bytes in the order of the joined file, in bounded memory and with one shard open
 * at a time, and shows on stderr how far that is.
 */
export async function* readTensors(
  label: string,
  tensors: readonly Placed<ShardTensor>[],
): AsyncGenerator<ShardChunk> {
  const progress = new Progress(
    label,
    tensors.reduce((sum, { entry }) => sum + entry.count, 0),
  );
  const buffer = new Uint8Array(CHUNK_BYTES);
  let opened: { shard: string; file: FileHandle } | undefined;
  try {
    for (const tensor of tensors) {
      const { shard } = tensor;
      if (opened?.shard !== shard) {
        await opened?.file.close();
        opened = undefined;
        opened = { shard, file: await openInput(shard) };
      }
      for await (const chunk of readTensor(opened.file, tensor, buffer)) {
        yield chunk;
        progress.add(
          (chunk.bytes.length / (tensor.end - tensor.begin)) * tensor.entry.count,
          chunk.bytes.length,
        );
      }
    }
    progress.end();
  } finally {
    await opened?.file.close();
  }
}

async function* readTensor(
  file: FileHandle,
  tensor: Placed<ShardTensor>,
  buffer: Uint8Array,
): AsyncGenerator<ShardChunk> {
  const { shard, entry, begin, end } = tensor;
  for (let done = 0; begin + done < end; done += buffer.length) {
    const bytes = buffer.subarray(0, Math.min(buffer.length, end - begin - done));
    await onFile(`cannot read ${shard}`, () => readExactly(file, shard, bytes, entry.begin + done));
    yield { tensor, position: begin + done, bytes };
  }
}
