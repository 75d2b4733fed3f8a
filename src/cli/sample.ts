import { extname } from 'node:path';
import { bytesPerElement, type Dtype } from '../core/dtype';
import { ArgumentError, show } from '../core/errors';
import { npyHeader } from '../formats/npy';
import { planSafetensors } from '../formats/safetensors';
import type { Initializer } from '../initializers/initializer';
import type { Job } from '../jobs/job';
import { resolveRequest } from '../jobs/resolve';
import { configuredSeed, makeInitializer } from '../models/initializer_source';
import { elementCount, type Shape } from '../core/shape';
import { type Arguments, type CommandLine, parseArguments, required } from './arguments';
import { computingOptions, openSampler } from './options';
import { checkOutput, OutputFile } from './output_file';
import { Progress } from './progress';
import { writeStdout } from './streams';
import { parseConfig, parseRange, parseSeed, parseShape } from './values';

export const SAMPLE: CommandLine = {
  command: 'sample',
  positionals: ['an initializer such as he_normal'],
  values: ['shape', 'seed', 'config', 'name', 'dtype', 'backend', 'math', 'start', 'count', 'out'],
  flags: [],
};

/**
 * `tensorseed sample`: one tensor, or a range of it, to a file or as raw bytes to stdout. A file
 * that is there is replaced, without --force, as by a shell's `>`.
 */
export async function sample(words: readonly string[]): Promise<number> {
  const args = parseArguments(SAMPLE, words);
  const { backend, dtype, math } = computingOptions(args);
  const config = args.values.get('config');
  const [identifier] = args.positionals;
  const initializer = makeInitializer(
    config === undefined ? identifier : { class_name: identifier, config: parseConfig(config) },
  );
  const shape = parseShape(required(args, 'shape', '1024,1024'));
  const name = args.values.get('name');
  const range = parseRange(args.values.get('start'), args.values.get('count'), elementCount(shape));
  const out = required(args, 'out', 'tensor.safetensors (or - for raw bytes on stdout)');
  const options = { seed: seedOf(args, initializer, shape), name, dtype, math, range };
  const job = resolveRequest({ ...options, initializer, shape });
  const stored = args.values.has('start') || args.values.has('count') ? [range.count] : shape;
  const header = headerOf(out, name, stored, job.dtype);
  if (out !== '-') await checkOutput(out);

  const sampler = await openSampler(backend);
  try {
    const chunks = counted(
      identifier,
      job,
      sampler.chunks(initializer, shape, { ...options, onProgress: progressOf(identifier, job) }),
    );
    if (out === '-') for await (const bytes of chunks) await writeStdout(bytes);
    else await writeFile(out, header, chunks);
  } finally {
    sampler.destroy();
  }
  return 0;
}

/** The seed to draw from; undefined leaves it to the configuration's, or to a draw without chance. */
function seedOf(args: Arguments, initializer: Initializer, shape: Shape): bigint | undefined {
  const seed = args.values.get('seed');
  if (seed !== undefined) return parseSeed(seed);
  const { kind } = initializer.resolve(shape);
  // The initializer would draw a seed of its own, and no second run would give the same values.
  if (kind !== 'constant' && kind !== 'eye' && configuredSeed(initializer) === undefined) {
    throw new ArgumentError('--seed is missing: give for example --seed 42');
  }
  return undefined;
}

/** Shows on stderr how far the work before the first chunk is, which an orthogonal has. */
function progressOf(label: string, { range, dtype }: Job): (share: number) => void {
  const progress = new Progress(label, range.count);
  let done = 0;
  return (share) => {
    const elements = share * range.count - done;
    done += elements;
    progress.add(elements, elements * bytesPerElement(dtype));
    if (share === 1) progress.end();
  };
}

/** The chunks, and on stderr how far they are. */
async function* counted(
  label: string,
  { range, dtype }: Job,
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  let progress: Progress | undefined;
  for await (const bytes of chunks) {
    // From the first chunk on: the time before it is not theirs.
    progress ??= new Progress(label, range.count);
    yield bytes;
    progress.add(bytes.length / bytesPerElement(dtype), bytes.length);
  }
  progress?.end();
}

/** What stands in the file before the elements. */
function headerOf(out: string, name: string | undefined, shape: Shape, dtype: Dtype): Uint8Array {
  switch (out === '-' ? '.bin' : extname(out)) {
    case '.bin':
      return new Uint8Array(0);
    case '.npy':
      return npyHeader(shape, dtype);
    case '.safetensors':
      return planSafetensors([{ name: name ?? 'tensor', shape, dtype }]).header;
    default:
      throw new ArgumentError(
        `--out must end in .bin, .npy or .safetensors, or be - for stdout, got ${show(out)}`,
      );
  }
}

async function writeFile(path: string, header: Uint8Array, chunks: AsyncIterable<Uint8Array>): Promise<void> {
  const file = await OutputFile.create(path);
  try {
    await file.write(header);
    for await (const bytes of chunks) await file.write(bytes);
    await file.commit();
  } finally {
    await file.discard();
  }
}
