import { basename, dirname, join } from 'node:path';
import {
  divide,
  divideBySize,
  indexFile,
  indexText,
  type Shard,
  shardFile,
} from '../../formats/safetensors_shards';
import type { FileTensor } from '../../models';
import type { SharedFile } from './shared_file';

/** One of a model's files. */
export interface ModelPart {
  readonly path: string;
  /** Which part it is; undefined for the file of a whole model. */
  readonly shard: Shard | undefined;
  /** In the order in which the model lists them. */
  readonly tensors: readonly FileTensor[];
}

/** The files that a run writes. */
export interface Division {
  readonly parts: readonly ModelPart[];
  /** The index of all parts of the model; undefined where the model is one file. */
  readonly index: SharedFile | undefined;
}

/** How a model is divided, if it is. Not both are given. */
export interface DivisionOptions {
  /** The part to write, and how many there are. */
  readonly shard: Shard | undefined;
  /** How many bytes of tensors a part may have. All parts are written. */
  readonly limit: number | undefined;
}

/**
 * @param out the path of the whole model
 * @param tensors in the order in which the model lists them
 */
export function divideModel(
  out: string,
  tensors: readonly FileTensor[],
  { shard, limit }: DivisionOptions,
): Division {
  const partOf = (part: Shard, own: readonly FileTensor[]): ModelPart => ({
    path: join(dirname(out), shardFile(basename(out), part)),
    shard: part,
    tensors: own,
  });
  const indexOf = (shards: readonly (readonly FileTensor[])[]): SharedFile => ({
    path: indexFile(out),
    text: indexText(basename(out), shards),
  });
  if (shard !== undefined) {
    const shards = divide(tensors, shard.count);
    const names = new Set(shards[shard.index - 1].map(({ name }) => name));
    const own = tensors.filter(({ name }) => names.has(name));
    return { parts: [partOf(shard, own)], index: indexOf(shards) };
  }
  const shards = limit === undefined ? [tensors] : divideBySize(tensors, limit);
  if (shards.length <= 1) return { parts: [{ path: out, shard, tensors }], index: undefined };
  const parts = shards.map((own, i) => partOf({ index: i + 1, count: shards.length }, own));
  return { parts, index: indexOf(shards) };
}
