import type { FileHandle } from 'node:fs/promises';
import type { Placed, TensorSpec } from '../formats/safetensors';
import { readExactly } from '../formats/safetensors_file';
import type { TensorEntry } from '../formats/safetensors_header';
import { DamageError, damageText, newChecksum } from './checksums';
import { chunkBuffer } from './each_chunk';
import { onFile } from './faults';
import { openInput } from './input_file';
import { Progress } from './progress';
import type { ShardFile } from './shard_file';

/** A tensor, and where it lies in its shard. */
export interface ShardTensor extends TensorSpec {
  readonly shard: string;
  readonly entry: TensorEntry;
  /** The SHA-256 of its bytes, where the shard has it. */
  readonly checksum: string | undefined;
}

/** The tensors of shards. */
export function tensorsOf(shards: readonly ShardFile[]): ShardTensor[] {
  return shards.flatMap(({ path, header, metadata }) =>
    header.tensors.map((entry) => ({
      name: entry.name,
      shape: entry.shape,
      dtype: entry.dtype,
      shard: path,
      entry,
      checksum: metadata?.checksums.get(entry.name),
    })),
  );
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
 * @throws DamageError behind the last byte of a tensor that does not have its checksum
 */
export async function* readTensors(
  label: string,
  tensors: readonly Placed<ShardTensor>[],
): AsyncGenerator<ShardChunk> {
  const progress = new Progress(
    label,
    tensors.reduce((sum, { entry }) => sum + entry.count, 0),
  );
  const buffer = chunkBuffer();
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
  const { name, shard, entry, begin, end, checksum: want } = tensor;
  const checksum = newChecksum();
  for (let done = 0; begin + done < end; done += buffer.length) {
    const bytes = buffer.subarray(0, Math.min(buffer.length, end - begin - done));
    await onFile(`cannot read ${shard}`, () => readExactly(file, shard, bytes, entry.begin + done));
    if (want !== undefined) checksum.update(bytes);
    yield { tensor, position: begin + done, bytes };
  }
  const got = checksum.digest('hex');
  if (want !== undefined && got !== want)
    throw new DamageError(damageText({ name, got, want }, ` of ${shard}`));
}
