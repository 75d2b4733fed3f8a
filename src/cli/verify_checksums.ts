import { extname } from 'node:path';
import { ArgumentError } from '../core/errors';
import { few } from '../text/few';
import { grouped, plural } from '../text/numbers';
import { printable } from '../text/printable';
import { DamageError, damageText, findDamage } from './checksums';
import { withInputFile } from './input_file';
import { Progress } from './progress';
import { readShard, type ShardFile } from './shard_file';
import { originText, type ShardMetadata, shardText } from './shard_metadata';
import { readShards } from './shards';
import { writeStdout } from './streams';

/** How many damaged tensors are listed. */
const MOST_LISTED = 10;

/** Whether a path is that of an index, which no safetensors file is called. */
export function isIndexPath(path: string): boolean {
  return extname(path) === '.json';
}

/**
 * `tensorseed inspect --verify` holds the bytes of a shard, or of all shards of an index, against their
 * checksums, and prints which tensors are damaged.
 * @throws DamageError where bytes differ
 * @throws ArgumentError where a shard has no checksums, because nothing can be said about its bytes
 */
export async function verifyChecksums(path: string): Promise<number> {
  const shards = isIndexPath(path) ? await readShards(path) : [await readShard(path)];
  const checked = shards.filter(hasMetadata);
  if (checked.length === 0)
    throw new ArgumentError(`${path} has no checksums to hold its bytes against; init --shard writes them`);
  const [count, lines] = await damageOf(checked);
  const tensors = plural(
    checked.reduce((sum, { header }) => sum + header.tensors.length, 0),
    'tensor',
  );
  if (count > 0) {
    const more = count > lines.length ? [`and ${grouped(count - lines.length)} more`] : [];
    await writeStdout([...lines, ...more].map((line) => `${printable(line)}\n`).join(''));
    throw new DamageError(`damaged: ${grouped(count)} of ${tensors} of ${path}`);
  }
  if (checked.length < shards.length) {
    const others = shards.filter((shard) => !hasMetadata(shard)).map((shard) => shard.path);
    throw new ArgumentError(
      `${others.length} of ${plural(shards.length, 'shard')} of ${path} have no checksums ` +
        `to hold their bytes against: ${few(others)}; the others are undamaged`,
    );
  }
  const { origin } = checked[0].metadata;
  const what = isIndexPath(path)
    ? `${plural(checked.length, 'shard')}, ${originText(origin)}`
    : shardText(origin);
  await writeStdout(
    `${printable(path)}: ${what}\n` +
      `verified: ${plural(checked.length, 'header')} and ${tensors} as their checksums say\n`,
  );
  return 0;
}

type CheckedShard = ShardFile & { readonly metadata: ShardMetadata };

function hasMetadata(shard: ShardFile): shard is CheckedShard {
  return shard.metadata !== undefined;
}

/** @returns how many tensors are damaged, and a line for each of the first of them */
async function damageOf(shards: readonly CheckedShard[]): Promise<[count: number, lines: string[]]> {
  const entries = shards.flatMap(({ header }) => header.tensors);
  const progress = new Progress(
    'verify',
    entries.reduce((sum, { count }) => sum + count, 0),
  );
  const lines: string[] = [];
  let damaged = 0;
  for (const { path, header, metadata } of shards) {
    await withInputFile(path, async (file) => {
      const found = findDamage(file, path, header.tensors, metadata.checksums, progress);
      for await (const damage of found)
        if (++damaged <= MOST_LISTED) lines.push(damageText(damage, ` of ${path}`));
    });
  }
  progress.end();
  return [damaged, lines];
}
