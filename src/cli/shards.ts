import { basename, dirname, join } from 'node:path';
import { ArgumentError, show } from '../core/errors';
import { decodeUtf8, parseJson } from '../formats/json';
import { filesOfIndex, isIndex, readIndex } from '../models/checkpoint';
import { few } from '../text/few';
import { plural } from '../text/numbers';
import { readDescription } from './model_argument';
import { readShard, type ShardFile } from './shard_file';
import { firstDifference, shardOf } from './shard_metadata';

/**
 * Reads an index and the headers of its shards.
 * @throws ArgumentError where a shard is missing, index and shards do not fit together, or the shards are
 *   not of one model, one seed and one division
 * @throws DamageError where a header was changed after it was written
 */
export async function readShards(path: string): Promise<ShardFile[]> {
  const root = parseJson(path, decodeUtf8(path, await readDescription(path)));
  if (!(root instanceof Map) || !isIndex(root))
    throw new ArgumentError(`${path} is no index of shards: it has no "weight_map"`);
  const headers = new Map<string, Uint8Array>();
  const shards: ShardFile[] = [];
  for (const name of filesOfIndex(path, root)) {
    const shard = join(dirname(path), name);
    headers.set(name, await readDescription(shard));
    shards.push(await readShard(shard));
  }
  readIndex(path, root, headers);
  const metadata = root.get('metadata');
  const total = metadata instanceof Map ? metadata.get('total_size') : undefined;
  const tensors = shards.flatMap(({ header }) => header.tensors);
  const bytes = tensors.reduce((sum, { begin, end }) => sum + end - begin, 0);
  if (total !== undefined && total !== bytes)
    throw new ArgumentError(
      `"total_size" of ${path} is ${show(total)}, but its shards have ${bytes} bytes of tensors`,
    );
  checkTogether(path, shards, tensors.length);
  return shards;
}

/**
 * Checks that the shards that say what they were made from are the parts of one model, and that none is
 * missing. The index does not name the parts that have no tensors.
 */
function checkTogether(path: string, shards: readonly ShardFile[], tensors: number): void {
  const known = shards.flatMap(({ path: file, metadata }) =>
    metadata === undefined ? [] : [{ file, origin: metadata.origin, ...shardOf(metadata.origin) }],
  );
  if (known.length === 0) return;
  const [first] = known;
  const files = new Map<number, string>();
  for (const { file, origin, index, count } of known) {
    const differs = firstDifference({ ...origin, shard: first.origin.shard }, first.origin);
    if (differs !== undefined)
      throw new ArgumentError(
        `the shards of ${path} do not belong together: ` +
          `${differs.label} ${differs.a} in ${file}, but ${differs.b} in ${first.file}`,
      );
    if (count !== first.count)
      throw new ArgumentError(
        `the shards of ${path} do not belong together: ` +
          `${file} is one of ${plural(count, 'part')}, but ${first.file} one of ${first.count}`,
      );
    const twin = files.get(index);
    if (twin !== undefined) throw new ArgumentError(`${file} and ${twin} are both part ${index} of ${count}`);
    files.set(index, file);
  }
  if (tensors === Number(first.origin.tensors)) return;
  const missing = Array.from({ length: first.count }, (_, i) => i + 1).filter((index) => !files.has(index));
  const which =
    known.length < shards.length || missing.length === 0
      ? ''
      : `: it does not name part ${few(missing.map(String))} of ${first.count}`;
  throw new ArgumentError(
    `${path} has ${plural(tensors, 'tensor')}, but the model of its shards has ${first.origin.tensors}${which}`,
  );
}

/** Says which shards have no checksums; undefined where all have them. */
export function uncheckedText(shards: readonly ShardFile[]): string | undefined {
  const without = shards.filter(({ metadata }) => metadata === undefined);
  if (without.length === 0) return undefined;
  const which = without.length === shards.length ? '' : `: ${few(without.map(({ path }) => basename(path)))}`;
  return `bytes not checked: ${without.length} of ${plural(shards.length, 'shard')} have no checksums${which}`;
}
