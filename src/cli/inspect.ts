import type { FileHandle } from 'node:fs/promises';
import { ArgumentError } from '../core/errors';
import { elementDecoder } from '../formats/elements';
import { readSafetensorsHeader } from '../formats/safetensors_file';
import type { TensorEntry } from '../formats/safetensors_header';
import { Histogram } from '../statistics/histogram';
import { mergeMoments, moments, NO_VALUES, stddevOf } from '../statistics/moments';
import { type CommandLine, parseArguments } from './arguments';
import { chunkBuffer, eachChunk } from './each_chunk';
import { withInputFile } from './input_file';
import { type InspectedTensor, jsonText, tensorTable } from './inspect_report';
import { Progress } from './progress';
import { readShardMetadata, shardText } from './shard_metadata';
import { sizeText } from './size_text';
import { writeStdout } from './streams';
import { isIndexPath, verifyChecksums } from './verify_checksums';

export const INSPECT: CommandLine = {
  command: 'inspect',
  positionals: ['a FILE.safetensors, or with --verify an index of shards'],
  values: [],
  flags: ['json', 'verify'],
};

const BINS = 16;

/**
 * `tensorseed inspect` prints what a safetensors file holds, tensor by tensor, in bounded memory.
 */
export async function inspect(words: readonly string[]): Promise<number> {
  const args = parseArguments(INSPECT, words);
  const [path] = args.positionals;
  if (args.flags.has('verify')) {
    if (args.flags.has('json')) throw new ArgumentError('--verify and --json exclude each other');
    return verifyChecksums(path);
  }
  if (isIndexPath(path))
    throw new ArgumentError(`${path} is no safetensors file; inspect takes an index with --verify only`);
  const { metadata, tensors, bytes, shard } = await withInputFile(path, async (file) => {
    const header = await readSafetensorsHeader(file, path);
    const shard = await readShardMetadata(file, path, header);
    const elements = header.tensors.reduce((total, { count }) => total + count, 0);
    const progress = new Progress('inspect', elements);
    const inspected: InspectedTensor[] = [];
    const buffer = chunkBuffer();
    for (const tensor of header.tensors)
      inspected.push(await inspectTensor(file, path, tensor, buffer, progress));
    progress.end();
    return { metadata: header.metadata, tensors: inspected, bytes: (await file.stat()).size, shard };
  });
  if (args.flags.has('json')) {
    await writeStdout(jsonText({ file: path, bytes, metadata: Object.fromEntries(metadata) }, tensors));
    return 0;
  }
  const elements = tensors.reduce((total, { count }) => total + count, 0);
  const size = sizeText(path, tensors.length, elements, bytes);
  const origin = shard === undefined ? '' : `${shardText(shard.origin)}; --verify checks its bytes\n`;
  await writeStdout(`${tensorTable(tensors)}\n${size}\n${origin}`);
  return 0;
}

async function inspectTensor(
  file: FileHandle,
  path: string,
  tensor: TensorEntry,
  buffer: Uint8Array<ArrayBuffer>,
  progress: Progress,
): Promise<InspectedTensor> {
  const { name, dtype, shape, count, begin, end } = tensor;
  const described = { name, dtype, shape, count };
  const nothing = { mean: null, std: null, min: null, max: null, nan: null, infinite: null, histogram: null };
  const decoder = elementDecoder(dtype);
  if (decoder === undefined) return { ...described, ...nothing };
  let all = NO_VALUES;
  let values: ArrayLike<number> = [];
  await eachChunk(file, path, tensor, buffer, (bytes) => {
    values = decoder.decode(bytes);
    all = mergeMoments(all, moments(values));
    progress.add(bytes.length / decoder.bytes / 2, bytes.length / 2);
  });
  const { nan, infinite, mean, min, max } = all;
  if (all.finite === 0) return { ...described, ...nothing, nan, infinite };
  const histogram = new Histogram(min, max, BINS);
  if (values.length === all.count) {
    // The tensor was one chunk, which is still there.
    histogram.add(values);
    progress.add(count / 2, (end - begin) / 2);
  } else
    await eachChunk(file, path, tensor, buffer, (bytes) => {
      histogram.add(decoder.decode(bytes));
      progress.add(bytes.length / decoder.bytes / 2, bytes.length / 2);
    });
  // Each member by its name: with a spread this takes a third of the time of many small tensors.
  return { name, dtype, shape, count, mean, std: stddevOf(all), min, max, nan, infinite, histogram };
}
