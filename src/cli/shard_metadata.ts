import type { FileHandle } from 'node:fs/promises';
import { ArgumentError, show } from '../core/errors';
import {
  PLAIN_METADATA,
  planSafetensors,
  type SafetensorsPlan,
  type TensorSpec,
} from '../formats/safetensors';
import { readExactly } from '../formats/safetensors_file';
import type { SafetensorsHeader } from '../formats/safetensors_header';
import { MAX_SHARDS, type Shard } from '../formats/safetensors_shards';
import { plural } from '../text/numbers';
import { type Checksums, checksumsDiffer, DamageError, newChecksum, shortened } from './checksums';
import { MATHS } from './options';

/**
 * What a shard was made from, as its metadata has it. Its values follow from this and from the rules of
 * the model, of which `model` is a checksum.
 */
export interface Origin {
  /** The version of the stream contract, STREAM.md, or the name of another framework's stream. */
  readonly stream: string;
  readonly seed: string;
  readonly math: string;
  /** The SHA-256 of how each tensor of the whole model is filled. */
  readonly model: string;
  /** How many tensors the whole model has. */
  readonly tensors: string;
  /** Which part of how many it is: `2/5`. */
  readonly shard: string;
}

/** What `tensorseed init --shard` wrote into a shard beside its tensors. */
export interface ShardMetadata {
  readonly origin: Origin;
  readonly checksums: Checksums;
}

/** The version of STREAM.md that this package fills tensors by. */
export const STREAM_VERSION = '1';

/** The seed of a model whose tensors all have seeds of their own. */
export const NO_SEED = 'none';

const OURS = 'tensorseed.';
/** The version of these keys. What it is of another version has other keys, or means something else. */
const VERSION_KEY = `${OURS}metadata_version`;
const VERSION = '1';
/** The SHA-256 of the file's bytes before the first tensor, in which it stands as NO_CHECKSUM itself. */
const HEADER_KEY = `${OURS}header_sha256`;
/** Before a tensor's name. The value is the SHA-256 of the tensor's bytes. */
const TENSOR_KEY = `${OURS}sha256:`;

const NO_CHECKSUM = '0'.repeat(64);

interface Field {
  readonly key: string;
  /** What messages call it. */
  readonly label: string;
  /** What its value must be, in words. */
  readonly right: string;
  readonly isRight: (text: string) => boolean;
}

const integer = (text: string): boolean => /^(?:0|[1-9][0-9]{0,19})$/.test(text);
const isChecksum = (text: string): boolean => /^[0-9a-f]{64}$/.test(text);
const CHECKSUM = '64 hexadecimal digits';

const FIELDS: { readonly [K in keyof Origin]: Field } = {
  stream: {
    key: `${OURS}stream_version`,
    label: 'stream version',
    right: 'an integer >= 1, or the name of a stream',
    isRight: (text) => (integer(text) && text !== '0') || /^[a-z][a-z0-9/:-]{0,60}$/i.test(text),
  },
  seed: {
    key: `${OURS}seed`,
    label: 'seed',
    right: 'a decimal integer in [0, 2^64)',
    isRight: (text) => text === NO_SEED || (integer(text) && BigInt(text) < 1n << 64n),
  },
  math: {
    key: `${OURS}math`,
    label: 'math',
    right: MATHS.join(' or '),
    isRight: (text) => (MATHS as readonly string[]).includes(text),
  },
  model: { key: `${OURS}model_sha256`, label: 'model checksum', right: CHECKSUM, isRight: isChecksum },
  tensors: {
    key: `${OURS}model_tensors`,
    label: 'number of tensors of the model',
    right: 'an integer in [0, 2^53)',
    isRight: (text) => integer(text) && Number.isSafeInteger(Number(text)),
  },
  shard: {
    key: `${OURS}shard`,
    label: 'shard',
    right: `k/n with 1 <= k <= n <= ${MAX_SHARDS}`,
    isRight: (text) => {
      const numbers = text.split('/');
      if (numbers.length !== 2 || !numbers.every(integer)) return false;
      const [k, n] = numbers.map(Number);
      return k >= 1 && k <= n && n <= MAX_SHARDS;
    },
  },
};

const NAMES = Object.keys(FIELDS) as (keyof Origin)[];

export function shardOf({ shard }: Origin): Shard {
  const [index, count] = shard.split('/').map(Number);
  return { index, count };
}

/** What a shard was made from, on one line. */
export function shardText(origin: Origin): string {
  const { index, count } = shardOf(origin);
  return `part ${index} of ${count}, ${originText(origin)}`;
}

/** What all shards of a model were made from, on one line. */
export function originText({ seed, math, stream, model, tensors }: Origin): string {
  const of = `model checksum ${shortened(model)} of ${plural(Number(tensors), 'tensor')}`;
  return `seed ${seed}, math ${math}, stream version ${stream}, ${of}`;
}

/**
 * The first thing in which two shards' origins differ.
 * @returns what it is called, and its value in both
 */
export function firstDifference(
  a: Origin,
  b: Origin,
): { readonly label: string; readonly a: string; readonly b: string } | undefined {
  const name = NAMES.find((one) => a[one] !== b[one]);
  if (name === undefined) return undefined;
  const [inA, inB] = [a, b].map((origin) => (name === 'model' ? shortened(origin[name]) : origin[name]));
  return { label: FIELDS[name].label, a: inA, b: inB };
}

/**
 * Lays out a shard. The length of its header does not depend on the checksums, so that it can be
 * written before they are known, and once more afterwards.
 * @param tensors in the order of their bytes
 * @param checksums by default 0 for each tensor
 */
export function planShard<T extends TensorSpec>(
  tensors: readonly T[],
  origin: Origin,
  checksums?: Checksums,
): SafetensorsPlan<T> {
  const plan = planSafetensors(tensors, [
    ...PLAIN_METADATA,
    [VERSION_KEY, VERSION],
    ...NAMES.map((name) => [FIELDS[name].key, origin[name]] as const),
    [HEADER_KEY, NO_CHECKSUM],
    ...tensors.map(({ name }) => [TENSOR_KEY + name, checksums?.get(name) ?? NO_CHECKSUM] as const),
  ]);
  const { header } = plan;
  const checksum = newChecksum().update(header).digest('hex');
  header.set(Buffer.from(checksum), placeOfChecksum(header, NO_CHECKSUM));
  return plan;
}

/** The byte of a header at which its own checksum begins; -1 where it has none. */
function placeOfChecksum(header: Uint8Array, checksum: string): number {
  const before = `"${HEADER_KEY}":"`;
  const at = Buffer.from(header.buffer, header.byteOffset, header.length).indexOf(`${before}${checksum}"`);
  return at === -1 ? -1 : at + before.length;
}

/**
 * Reads what `init --shard` wrote into an open file's header beside the tensors.
 * @returns undefined where there is nothing of it
 * @throws ArgumentError where it is not what can have been written
 * @throws DamageError where the header was changed since
 */
export async function readShardMetadata(
  file: FileHandle,
  path: string,
  { metadata, tensors }: SafetensorsHeader,
): Promise<ShardMetadata | undefined> {
  const taken = new Set<string>();
  if (strayKey(metadata, taken) === undefined) return undefined;
  const take = (key: string, right: string, isRight: (text: string) => boolean): string => {
    const value = metadata.get(key);
    if (value === undefined)
      throw new ArgumentError(`${path} has metadata of tensorseed, but no ${show(key)} in it`);
    if (!isRight(value))
      throw new ArgumentError(`${show(key)} in the metadata of ${path} must be ${right}, got ${show(value)}`);
    taken.add(key);
    return value;
  };
  take(VERSION_KEY, `${VERSION} for this release of tensorseed`, (text) => text === VERSION);
  const dataBegin = tensors.length === 0 ? (await file.stat()).size : tensors[0].begin;
  const header = new Uint8Array(dataBegin);
  await readExactly(file, path, header, 0);
  checkHeaderChecksum(path, header, take(HEADER_KEY, CHECKSUM, isChecksum));
  const origin = Object.fromEntries(
    NAMES.map((name) => {
      const { key, right, isRight } = FIELDS[name];
      return [name, take(key, right, isRight)];
    }),
  ) as unknown as Origin;
  const checksums = new Map(tensors.map(({ name }) => [name, take(TENSOR_KEY + name, CHECKSUM, isChecksum)]));
  const stray = strayKey(metadata, taken);
  if (stray !== undefined)
    throw new ArgumentError(`the metadata of ${path} has ${show(stray)}, which stands for nothing there`);
  return { origin, checksums };
}

/** The first key of ours that is not among `known`. */
function strayKey(metadata: ReadonlyMap<string, string>, known: ReadonlySet<string>): string | undefined {
  for (const key of metadata.keys()) if (key.startsWith(OURS) && !known.has(key)) return key;
  return undefined;
}

function checkHeaderChecksum(path: string, header: Uint8Array, checksum: string): void {
  const at = placeOfChecksum(header, checksum);
  const blank = header.slice();
  if (at !== -1) blank.set(Buffer.from(NO_CHECKSUM), at);
  const got = newChecksum().update(blank).digest('hex');
  if (got !== checksum)
    throw new DamageError(`the header of ${path} is damaged: ${checksumsDiffer(got, checksum)}`);
}
