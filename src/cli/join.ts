import { extname } from 'node:path';
import { ArgumentError, show } from '../core/errors';
import { planSafetensors, type SafetensorsPlan } from '../formats/safetensors';
import { readExactly } from '../formats/safetensors_file';
import { grouped, plural } from '../text/numbers';
import { printable } from '../text/printable';
import { appendChunks } from './append';
import { type CommandLine, parseArguments, required } from './arguments';
import { checkHeader, existsError } from './existing';
import { checkSpace } from './free_space';
import { withInputFile } from './input_file';
import { checkOutput, OutputFile } from './output_file';
import { readTensors, type ShardTensor, tensorsOf } from './shard_tensors';
import { readShards, uncheckedText } from './shards';
import { say } from './streams';

export const JOIN: CommandLine = {
  command: 'join',
  positionals: ['an INDEX, such as model.safetensors.index.json'],
  values: ['out'],
  flags: ['force'],
};

/**
 * `tensorseed join` joins the shards that an index names to the file that they were divided from.
 * All headers are read, and compared with the index and with one another, before the first tensor is
 * copied. Where the shards have checksums, every byte that is copied is held against them.
 */
export async function join(words: readonly string[]): Promise<number> {
  const args = parseArguments(JOIN, words);
  const [index] = args.positionals;
  const out = required(args, 'out', 'model.safetensors');
  if (extname(out) !== '.safetensors')
    throw new ArgumentError(`--out must end in .safetensors, got ${show(out)}`);
  const force = args.flags.has('force');
  const exists = await checkOutput(out, force);
  const files = await readShards(index);
  const tensors = tensorsOf(files);
  const plan = planSafetensors(tensors);
  if (exists && !force) {
    await compare(out, plan);
    say(`${printable(out)}: verified and kept`);
  } else await write(out, plan, force);
  const shards = plural(files.length, 'shard');
  const size = `${plural(tensors.length, 'tensor')}, ${grouped(plan.fileBytes)} bytes`;
  say(`${printable(out)}: ${size} from ${shards}`);
  const unchecked = uncheckedText(files);
  if (unchecked !== undefined) say(printable(unchecked));
  return 0;
}

async function write(out: string, plan: SafetensorsPlan<ShardTensor>, force: boolean): Promise<void> {
  await checkSpace(out, plan.fileBytes);
  const file = await OutputFile.create(out, force);
  try {
    await file.write(plan.header);
    await appendChunks(file, readTensors('join', plan.tensors));
    if (!(await file.commit()))
      say(`${printable(out)}: came into being meanwhile with the same bytes, and is kept`);
  } finally {
    await file.discard();
  }
}

/** @throws Error where the file is not what `write` would make of it */
async function compare(out: string, plan: SafetensorsPlan<ShardTensor>): Promise<void> {
  await withInputFile(out, async (file) => {
    await checkHeader(file, out, plan);
    let other: ShardTensor | undefined;
    for await (const { tensor, position, bytes } of readTensors('compare', plan.tensors)) {
      // Where a shard is damaged, that is the fault to report, and it is known after the tensor's last byte.
      if (other !== undefined && other !== tensor) break;
      const there = new Uint8Array(bytes.length);
      await readExactly(file, out, there, position);
      if (Buffer.compare(there, bytes) !== 0) other = tensor;
    }
    if (other !== undefined)
      throw existsError(out, `tensor ${show(other.name)} differs from that in ${other.shard}`);
  });
}
