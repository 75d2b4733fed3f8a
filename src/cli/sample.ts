import { extname } from 'node:path';
import { bytesPerElement } from '../core/dtype';
import { ArgumentError, show } from '../core/errors';
import { elementCount } from '../core/shape';
import { npyHeader } from '../formats/npy';
import { planSafetensors } from '../formats/safetensors';
import { type Dtype, type Initializer, initializers, Sampler, type Shape, type Stream } from '../index';
import { appendChunks } from './append';
import { type Arguments, type CommandLine, parseArguments, required } from './arguments';
import { computeJobs } from './compute';
import { checkSpace } from './free_space';
import { computingOptions, openSampler } from './options';
import { checkOutput, OutputFile } from './output_file';
import { Progress } from './progress';
import { streamOption } from './stream_option';
import { checkStdout, writeStdout } from './streams';
import { parseConfig, parseRange, parseSeed, parseShape } from './values';

export const SAMPLE: CommandLine = {
  command: 'sample',
  positionals: ['an initializer such as he_normal'],
  values: ['shape', 'seed', 'stream', 'config', 'name', 'dtype', 'backend', 'math', 'start', 'count', 'out'],
  flags: [],
};

/**
 * `tensorseed sample` writes one tensor, or a range of it, to a file, or as raw bytes to stdout. A
 * file that is there is replaced without --force, as by a shell's `>`.
 * @param script the URL of the bundled command line, which threads load
 */
export async function sample(words: readonly string[], script: string): Promise<number> {
  const args = parseArguments(SAMPLE, words);
  const { backend, math, ...chosen } = computingOptions(args);
  const config = args.values.get('config');
  const [identifier] = args.positionals;
  const stream = streamOption(args);
  // Everything is checked before a device is opened. The reference needs no device.
  const checker = await Sampler.create({ backend: 'cpu', cpu: 'reference' });
  await checker.load(); // because names and checks cannot wait
  const initializer = initializerOf(
    identifier,
    config === undefined ? undefined : parseConfig(config),
    stream,
  );
  const shape = parseShape(required(args, 'shape', '1024,1024'));
  const name = args.values.get('name');
  const range = parseRange(args.values.get('start'), args.values.get('count'), elementCount(shape));
  const out = required(args, 'out', 'tensor.safetensors (or - for raw bytes on stdout)');
  const options = { seed: seedOf(args, initializer), stream, name, dtype: chosen.dtype, math, range };
  const job = checker.check(initializer, shape, options);
  const { dtype } = job;
  const stored = args.values.has('start') || args.values.has('count') ? [range.count] : shape;
  const header = headerOf(out, name, stored, dtype);
  if (out === '-') checkStdout();
  else {
    await checkOutput(out, true);
    await checkSpace(out, header.length + range.count * bytesPerElement(dtype));
  }

  const sampler = await openSampler(backend);
  try {
    const onProgress = showPreparation(identifier, range.count, dtype);
    const chunks = computeJobs(sampler, [job], { script, onProgress });
    const shown = showChunks(identifier, range.count, dtype, chunks);
    if (out === '-') for await (const { bytes } of shown) await writeStdout(bytes);
    else await writeFile(out, header, shown);
  } finally {
    sampler.destroy();
  }
  return 0;
}

/** The initializer of a name: one of the stream's own, or else one of the library. */
function initializerOf(
  name: string,
  config: Record<string, unknown> | undefined,
  stream: Stream | undefined,
): Initializer {
  const own = stream?.initializers;
  if (own !== undefined && Object.hasOwn(own, name)) return own[name](config ?? {});
  return initializers.get(config === undefined ? name : { class_name: name, config });
}

/**
 * Returns the seed of --seed, or undefined where the configuration has one or nothing random is
 * drawn.
 */
function seedOf(args: Arguments, initializer: Initializer): bigint | undefined {
  const seed = args.values.get('seed');
  if (seed !== undefined) return parseSeed(seed);
  // An initializer without a seed has drawn one, and a second run would not give the same values.
  const isDrawn = initializer.seed !== undefined && initializer.getConfig().seed === null;
  if (isDrawn) throw new ArgumentError('--seed is missing: give for example --seed 42');
  return undefined;
}

/**
 * Shows on stderr how far the work before the first chunk is. A matrix that is computed as a whole
 * has such work.
 */
function showPreparation(label: string, total: number, dtype: Dtype): (share: number) => void {
  const progress = new Progress(label, total);
  let done = 0;
  return (share) => {
    const elements = share * total - done;
    done += elements;
    progress.add(elements, elements * bytesPerElement(dtype));
    if (share === 1) progress.end();
  };
}

/** Passes chunks on, and shows on stderr how far they are. */
async function* showChunks(
  label: string,
  total: number,
  dtype: Dtype,
  chunks: AsyncIterable<{ readonly bytes: Uint8Array }>,
): AsyncGenerator<{ readonly bytes: Uint8Array }> {
  const progress = new Progress(label, total);
  for await (const { bytes } of chunks) {
    yield { bytes };
    progress.add(bytes.length / bytesPerElement(dtype), bytes.length);
  }
  progress.end();
}

/** Returns the bytes of the file that come before the elements. */
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

async function writeFile(
  path: string,
  header: Uint8Array,
  chunks: AsyncIterable<{ readonly bytes: Uint8Array }>,
): Promise<void> {
  const file = await OutputFile.create(path, true);
  try {
    await file.write(header);
    await appendChunks(file, chunks);
    await file.commit();
  } finally {
    await file.discard();
  }
}
