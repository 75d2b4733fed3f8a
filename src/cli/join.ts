import { type FileHandle, open } from 'node:fs/promises';
import { dirname, extname, join as joinPath } from 'node:path';
import type { Dtype } from '../core/dtype';
import { ArgumentError, show } from '../core/errors';
import { decodeUtf8, parseJson } from '../formats/json';
import { printable } from '../text/printable';
import { type Placed, planSafetensors, type SafetensorsPlan, type TensorSpec } from '../formats/safetensors';
import { DTYPE_NAMED } from '../formats/safetensors_dtypes';
import { readExactly, readSafetensorsHeader } from '../formats/safetensors_file';
import type { TensorEntry } from '../formats/safetensors_header';
import { filesOfIndex, isIndex, readIndex } from '../models/checkpoint';
import { type CommandLine, parseArguments, required } from './arguments';
import { checkHeader, existsError, onExisting } from './existing';
import { onFile } from './faults';
import { readDescription } from './model_argument';
import { grouped, plural } from '../text/numbers';
import { checkOutput, OutputFile } from './output_file';
import { Progress } from './progress';
import { say } from './streams';

export const JOIN: CommandLine = {
  command: 'join',
  positionals: ['an INDEX, such as model.safetensors.index.json'],
  values: ['out'],
  flags: ['force'],
};

/** A tensor where it lies in its shard. */
interface Stored extends TensorSpec {
  readonly shard: string;
  readonly entry: TensorEntry;
}

const CHUNK_BYTES = 4 * 2 ** 20;

/**
 * `tensorseed join`: the shards that an index names, as the one file that they were divided from.
 * All headers are read and held against the index before the first tensor is copied.
 */
export async function join(words: readonly string[]): Promise<number> {
  const args = parseArguments(JOIN, words);
  const [index] = args.positionals;
  const out = required(args, 'out', 'model.safetensors');
  if (extname(out) !== '.safetensors')
    throw new ArgumentError(`--out must end in .safetensors, got ${show(out)}`);
  const exists = await checkOutput(out);
  const tensors = await readShards(index);
  const plan = planSafetensors(tensors);
  if (exists && !args.flags.has('force')) {
    await compare(out, plan);
    say(`${printable(out)}: verified and kept`);
  } else await write(out, plan);
  const shards = new Set(tensors.map(({ shard }) => shard)).size;
  say(
    `${printable(out)}: ${plural(tensors.length, 'tensor')}, ${grouped(plan.fileBytes)} bytes from ${plural(shards, 'shard')}`,
  );
  return 0;
}

/** @throws ArgumentError where a shard is missing, or index and shards do not fit together */
async function readShards(path: string): Promise<Stored[]> {
  const root = parseJson(path, decodeUtf8(path, await readDescription(path)));
  if (!(root instanceof Map) || !isIndex(root))
    throw new ArgumentError(`${path} is no index of shards: it has no "weight_map"`);
  const headers = new Map<string, Uint8Array>();
  const tensors: Stored[] = [];
  for (const name of filesOfIndex(path, root)) {
    const shard = joinPath(dirname(path), name);
    headers.set(name, await readDescription(shard));
    const header = await onExisting(shard, (file) => readSafetensorsHeader(file, shard));
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
      `tensor ${show(name)} of ${file} has dtype ${dtype}, which join does not write: it takes ${[...DTYPE_NAMED.keys()].join(', ')}`,
    );
  return own;
}

async function write(out: string, plan: SafetensorsPlan<Stored>): Promise<void> {
  const file = await OutputFile.create(out);
  try {
    await file.write(plan.header);
    for await (const { bytes } of contents('join', plan)) await file.write(bytes);
    await file.commit();
  } finally {
    await file.discard();
  }
}

/** @throws Error where the file is not what `write` would make of it */
async function compare(out: string, plan: SafetensorsPlan<Stored>): Promise<void> {
  await onExisting(out, async (file) => {
    await checkHeader(file, out, plan);
    for await (const { tensor, position, bytes } of contents('compare', plan)) {
      const there = new Uint8Array(bytes.length);
      await readExactly(file, out, there, position);
      if (Buffer.compare(there, bytes) !== 0)
        throw existsError(out, `tensor ${show(tensor.name)} differs from that in ${tensor.shard}`);
    }
  });
}

interface Chunk {
  readonly tensor: Stored;
  /** The byte of the single file where the bytes lie. */
  readonly position: number;
  /** Valid until the next chunk is asked for. */
  readonly bytes: Uint8Array;
}

/** The tensors' bytes in the order of the single file, in bounded memory and with one shard open at a time. */
async function* contents(label: string, { tensors }: SafetensorsPlan<Stored>): AsyncGenerator<Chunk> {
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
        opened = { shard, file: await onFile(`cannot read ${shard}`, () => open(shard, 'r')) };
      }
      for await (const chunk of copy(opened.file, tensor, buffer)) {
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

async function* copy(file: FileHandle, tensor: Placed<Stored>, buffer: Uint8Array): AsyncGenerator<Chunk> {
  const { shard, entry, begin, end } = tensor;
  for (let done = 0; begin + done < end; done += buffer.length) {
    const bytes = buffer.subarray(0, Math.min(buffer.length, end - begin - done));
    await onFile(`cannot read ${shard}`, () => readExactly(file, shard, bytes, entry.begin + done));
    yield { tensor, position: begin + done, bytes };
  }
}
