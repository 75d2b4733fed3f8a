import { type FileHandle, open } from 'node:fs/promises';
import { ArgumentError } from '../core/errors';
import { elementDecoder } from '../formats/elements';
import { printable } from '../text/printable';
import { readExactly, readSafetensorsHeader } from '../formats/safetensors_file';
import type { TensorEntry } from '../formats/safetensors_header';
import { Histogram } from '../statistics/histogram';
import { mergeMoments, moments, NO_VALUES, stddevOf } from '../statistics/moments';
import { table } from '../text/table';
import { type CommandLine, parseArguments } from './arguments';
import { onFile } from './faults';
import { grouped, plural, shapeText, statistic } from '../text/numbers';
import { Progress } from './progress';
import { writeStdout } from './streams';

export const INSPECT: CommandLine = {
  command: 'inspect',
  positionals: ['a FILE.safetensors'],
  values: [],
  flags: ['json'],
};

/** A tensor's numbers; statistics are those of its finite values, null where there are none. */
interface Inspected {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly count: number;
  readonly mean: number | null;
  readonly std: number | null;
  readonly min: number | null;
  readonly max: number | null;
  readonly nan: number | null;
  readonly infinite: number | null;
  readonly histogram: { readonly edges: readonly number[]; readonly counts: readonly number[] } | null;
}

const BINS = 16;
const CHUNK_BYTES = 4 * 2 ** 20;
const LEVELS = '▁▂▃▄▅▆▇█';

/** `tensorseed inspect`: what a safetensors file holds, tensor by tensor, in bounded memory. */
export async function inspect(words: readonly string[]): Promise<number> {
  const args = parseArguments(INSPECT, words);
  const [path] = args.positionals;
  const { metadata, tensors, bytes } = await onFile(`cannot read ${path}`, async () => {
    const file = await open(path, 'r');
    try {
      const there = await file.stat();
      if (!there.isFile()) throw new ArgumentError(`${path} is no file`);
      const header = await readSafetensorsHeader(file, path);
      const progress = new Progress(
        'inspect',
        header.tensors.reduce((total, { count }) => total + count, 0),
      );
      const inspected: Inspected[] = [];
      for (const tensor of header.tensors) inspected.push(await inspectTensor(file, path, tensor, progress));
      progress.end();
      return { metadata: header.metadata, tensors: inspected, bytes: there.size };
    } finally {
      await file.close();
    }
  });
  if (args.flags.has('json')) {
    await writeStdout(jsonText({ file: path, bytes, metadata: Object.fromEntries(metadata) }, tensors));
    return 0;
  }
  const elements = tensors.reduce((total, { count }) => total + count, 0);
  await writeStdout(
    `${tensorTable(tensors)}\n${printable(path)}: ${plural(tensors.length, 'tensor')}, ${plural(elements, 'element')}, ${grouped(bytes)} bytes\n`,
  );
  return 0;
}

async function inspectTensor(
  file: FileHandle,
  path: string,
  tensor: TensorEntry,
  progress: Progress,
): Promise<Inspected> {
  const { name, dtype, shape, count } = tensor;
  const described = { name, dtype, shape, count };
  const nothing = { mean: null, std: null, min: null, max: null, nan: null, infinite: null, histogram: null };
  const decoder = elementDecoder(dtype);
  if (decoder === undefined) return { ...described, ...nothing };
  let all = NO_VALUES;
  await eachChunk(file, path, tensor, (bytes) => {
    all = mergeMoments(all, moments(decoder.decode(bytes)));
    progress.add(bytes.length / decoder.bytes / 2, bytes.length / 2);
  });
  const { nan, infinite, mean, min, max } = all;
  if (all.finite === 0) return { ...described, ...nothing, nan, infinite };
  const histogram = new Histogram(min, max, BINS);
  await eachChunk(file, path, tensor, (bytes) => {
    histogram.add(decoder.decode(bytes));
    progress.add(bytes.length / decoder.bytes / 2, bytes.length / 2);
  });
  const { edges, counts } = histogram;
  return { ...described, mean, std: stddevOf(all), min, max, nan, infinite, histogram: { edges, counts } };
}

async function eachChunk(
  file: FileHandle,
  path: string,
  { begin, end }: TensorEntry,
  use: (bytes: Uint8Array<ArrayBuffer>) => void,
): Promise<void> {
  const buffer = new Uint8Array(Math.min(CHUNK_BYTES, end - begin));
  for (let at = begin; at < end; at += buffer.length) {
    const bytes = buffer.subarray(0, Math.min(buffer.length, end - at));
    await readExactly(file, path, bytes, at);
    use(bytes);
  }
}

/** One line for each tensor. */
function jsonText(head: object, tensors: readonly Inspected[]): string {
  const lines = tensors.map((tensor) => `\n  ${JSON.stringify(tensor)}`);
  return `${JSON.stringify(head).slice(0, -1)},"tensors":[${lines.join(',')}\n]}\n`;
}

function tensorTable(tensors: readonly Inspected[]): string {
  const rows = tensors.map((tensor) => [
    tensor.name,
    tensor.dtype,
    shapeText(tensor.shape),
    grouped(tensor.count),
    ...[tensor.mean, tensor.std, tensor.min, tensor.max].map(statistic),
    [picture(tensor), ...notes(tensor)].join(' '),
  ]);
  const right = true;
  return table(
    [
      { title: 'tensor' },
      { title: 'dtype' },
      { title: 'shape' },
      { title: 'count', right },
      { title: 'mean', right },
      { title: 'std', right },
      { title: 'min', right },
      { title: 'max', right },
      { title: 'histogram, min to max' },
    ],
    rows,
  );
}

/** A bin that holds anything is seen, however small beside the largest. */
function picture({ histogram }: Inspected): string {
  if (histogram === null) return '';
  const most = histogram.counts.reduce((a, b) => Math.max(a, b), 0);
  const level = (count: number): string =>
    LEVELS[Math.min(LEVELS.length - 1, Math.ceil((count / most) * (LEVELS.length - 1)))];
  return histogram.counts.map((count) => (count === 0 ? ' ' : level(count))).join('');
}

function notes({ nan, infinite, dtype, histogram, count }: Inspected): string[] {
  if (nan === null || infinite === null) return [`no statistics for ${dtype}`];
  const found: string[] = [];
  if (nan > 0) found.push(`${grouped(nan)} NaN`);
  if (infinite > 0) found.push(`${grouped(infinite)} infinite`);
  if (histogram === null && count === 0) found.push('empty');
  return found;
}
