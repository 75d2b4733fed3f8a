import type { FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Dtype } from '../core/dtype';
import { ArgumentError, show } from '../core/errors';
import { decodeUtf8, parseJson } from '../formats/json';
import type { Placed, TensorSpec } from '../formats/safetensors';
import { DTYPE_NAMED } from '../formats/safetensors_dtypes';
import { readExactly, readSafetensorsHeader } from '../formats/safetensors_file';
import type { SafetensorsHeader, TensorEntry } from '../formats/safetensors_header';
import { filesOfIndex, isIndex, readIndex } from '../models/checkpoint';
import { few } from '../text/few';
import { plural } from '../text/numbers';
import { DamageError, damageText, newChecksum } from './checksums';
import { onFile } from './faults';
import { openInput, withInputFile } from './input_file';
import { readDescription } from './model_argument';
import { Progress } from './progress';
import { firstDifference, readShardMetadata, type ShardMetadata, shardOf } from './shard_metadata';

/** A shard, or a file that may be one, with all that is known before its tensors are read. */
export interface ShardFile {
  readonly path: string;
  readonly header: SafetensorsHeader;
  /** Undefined where the file has no checksums. */
  readonly metadata: ShardMetadata | undefined;
}

/** A tensor, and where it lies in its shard. */
export interface ShardTensor extends TensorSpec {
  readonly shard: string;
  readonly entry: TensorEntry;
  /** The SHA-256 of its bytes, where the shard has it. */
  readonly checksum: string | undefined;
}

const CHUNK_BYTES = 4 * 2 ** 20;

/**
 * Reads the header of a shard.
 * @param check refuses a tensor
 * @throws ArgumentError where it is no well-formed safetensors file, or its metadata is not as written
 * @throws DamageError where its header was changed after it was written
 */
export async function readShard(
  path: string,
  check: (path: string, tensor: TensorEntry) => unknown = () => {},
): Promise<ShardFile> {
  return withInputFile(path, async (file) => {
    const header = await readSafetensorsHeader(file, path);
    for (const tensor of header.tensors) check(path, tensor);
    return { path, header, metadata: await readShardMetadata(file, path, header) };
  });
}

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
    shards.push(await readShard(shard, dtypeOf));
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

/** The tensors of shards. */
export function tensorsOf(shards: readonly ShardFile[]): ShardTensor[] {
  return shards.flatMap(({ path, header, metadata }) =>
    header.tensors.map((entry) => ({
      name: entry.name,
      shape: entry.shape,
      dtype: dtypeOf(path, entry),
      shard: path,
      entry,
      checksum: metadata?.checksums.get(entry.name),
    })),
  );
}

/** Says which shards have no checksums; undefined where all have them. */
export function uncheckedText(shards: readonly ShardFile[]): string | undefined {
  const without = shards.filter(({ metadata }) => metadata === undefined);
  if (without.length === 0) return undefined;
  const which = without.length === shards.length ? '' : `: ${few(without.map(({ path }) => basename(path)))}`;
  return `bytes not checked: ${without.length} of ${plural(shards.length, 'shard')} have no checksums${which}`;
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
