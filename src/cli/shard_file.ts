import { readSafetensorsHeader } from '../formats/safetensors_file';
import type { SafetensorsHeader } from '../formats/safetensors_header';
import { withInputFile } from './input_file';
import { readShardMetadata, type ShardMetadata } from './shard_metadata';

/** A shard, or a file that may be one, with all that is known before its tensors are read. */
export interface ShardFile {
  readonly path: string;
  readonly header: SafetensorsHeader;
  /** Undefined where the file has no checksums. */
  readonly metadata: ShardMetadata | undefined;
}

/**
 * Reads the header of a shard.
 * @throws ArgumentError where it is no well-formed safetensors file, or its metadata is not as written
 * @throws DamageError where its header was changed after it was written
 */
export async function readShard(path: string): Promise<ShardFile> {
  return withInputFile(path, async (file) => {
    const header = await readSafetensorsHeader(file, path);
    return { path, header, metadata: await readShardMetadata(file, path, header) };
  });
}
