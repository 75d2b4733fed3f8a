import { extname } from 'node:path';
import { oneOf } from '../../core/check';
import { ArgumentError, show } from '../../core/errors';
import type { Dtype, MathMode, Stream } from '../../index';
import { planSafetensors } from '../../formats/safetensors';
import { type FileTensor, type LoadedModel, type ModelFile, modelFile } from '../../models';
import { inOrderOf } from '../../models/in_order_of';
import { NAME_STYLES } from '../../models/keras';
import { KEYS } from '../../models/options';
import { printable } from '../../text/printable';
import { type Arguments, type CommandLine, parseArguments, required } from '../arguments';
import { asConfigured } from '../faults';
import { checkSpace } from '../free_space';
import { readConfig, readModel, readRules } from '../model_argument';
import { computingOptions } from '../options';
import { readCustom } from '../plugin';
import { checkOutput } from '../output_file';
import { NO_SEED, type Origin, planShard, STREAM_VERSION } from '../shard_metadata';
import { streamOption } from '../stream_option';
import { checkStdout, say, writeStdout } from '../streams';
import { parseBytes, parseSeed } from '../values';
import { CopySource } from './copy_source';
import { checksumsOfCopies } from './copies';
import { type Division, divideModel, type DivisionOptions, type ModelPart } from './division';
import { keepPart } from './keep_part';
import { modelChecksum } from './model_checksum';
import { type ModelOutput, tensorsOf } from './model_output';
import { report, summarize } from './report';
import { writeTemplate } from './rules_template';
import { type Outcome, Run } from './run';
import { parseShard } from './shard_option';
import { checkShared, type SharedFile, writeShared } from './shared_file';
import { writePart, writeToStdout } from './write_part';

export const INIT: CommandLine = {
  command: 'init',
  positionals: ['a model.json or a preset'],
  values: [
    'seed',
    'stream',
    'dtype',
    'backend',
    'math',
    'rules',
    'config',
    'rules-template',
    'names',
    'key-by',
    'shard',
    'max-shard-size',
    'out',
  ],
  lists: ['custom-layer', 'plugin'],
  flags: ['config-seeds', 'verify', 'force'],
};

/** What the values of a run follow from. */
interface Making {
  /** How the user names the model. */
  readonly source: string;
  readonly loaded: LoadedModel;
  readonly seed: bigint | undefined;
  /** Whether the seeds of initializers take the place of the model's. */
  readonly seeds: 'configured' | undefined;
  readonly stream: Stream | undefined;
  readonly dtype: Dtype | undefined;
  readonly math: MathMode;
}

/**
 * `tensorseed init` writes all tensors of a model, each from its own stream, into a safetensors file,
 * into several, or to stdout, or a shard of them. A file gets its name when it is complete and, with
 * --verify, has been found right. A file that is there is kept if it is what would be written, and
 * otherwise an error; it stays as it is.
 * @param script the URL of the bundled command line, which threads load
 */
export async function init(words: readonly string[], script: string): Promise<number> {
  const args = parseArguments(INIT, words);
  if (args.values.has('rules-template')) return writeTemplate(args);
  const { dtype, backend, math } = computingOptions(args);
  const out = required(args, 'out', 'model.safetensors');
  checkOut(args, out);
  const stream = streamOption(args);
  const seeds = args.flags.has('config-seeds') ? 'configured' : undefined;
  const seed = seedOf(args, stream?.heedsSeeds || seeds !== undefined);
  const loaded = await loadModel(args, dtype);
  const making: Making = { source: args.positionals[0], loaded, seed, seeds, stream, dtype, math };
  const run = new Run(backend, args.flags.has('verify'), args.flags.has('force'), script);
  try {
    if (out === '-') await writeModel(making, run);
    else await writeParts(out, making, divisionOptions(args), run);
  } finally {
    await run.end();
  }
  return 0;
}

/** @throws ArgumentError where nothing can be written there in that way */
function checkOut({ values, flags }: Arguments, out: string): void {
  if (values.has('shard') && values.has('max-shard-size'))
    throw new ArgumentError(
      '--shard and --max-shard-size exclude each other: the one writes one of n parts, the other all parts',
    );
  if (out !== '-') {
    if (extname(out) === '.safetensors') return;
    throw new ArgumentError(`--out must end in .safetensors, or be - for stdout, got ${show(out)}`);
  }
  if (flags.has('verify'))
    throw new ArgumentError('--verify reads the file back, and stdout cannot be read: give --out a file');
  if (values.has('shard') || values.has('max-shard-size'))
    throw new ArgumentError(
      'stdout takes the whole model: a part begins with checksums of what follows, so give --out a file',
    );
  checkStdout();
}

async function loadModel(args: Arguments, dtype: Dtype | undefined): Promise<LoadedModel> {
  const [model] = args.positionals;
  const given = args.values.get('rules');
  const rules = given === undefined ? undefined : await readRules(given);
  const config = await readConfig(model, rules, args.values.get('config'));
  const names = args.values.get('names');
  const keyBy = args.values.get('key-by');
  const { options, unused } = await readCustom(args);
  const loaded = await readModel(model, {
    ...options,
    dtype,
    names: names === undefined ? undefined : oneOf('--names', names, NAME_STYLES),
    keyBy: keyBy === undefined ? undefined : oneOf('--key-by', keyBy, KEYS),
    rules,
    config,
  });
  for (const name of unused()) say(printable(`--custom-layer ${name}: the model has no such layer`));
  return loaded;
}

/** Only a model whose initializers have seeds of their own, which are heeded, may do without. */
function seedOf(args: Arguments, heedsSeeds: boolean): bigint | undefined {
  const seed = heedsSeeds ? args.values.get('seed') : required(args, 'seed', '42');
  return seed === undefined ? undefined : parseSeed(seed);
}

function divisionOptions({ values }: Arguments): DivisionOptions {
  const [shard, limit] = [values.get('shard'), values.get('max-shard-size')];
  return {
    shard: shard === undefined ? undefined : parseShard(shard, process.env),
    limit: limit === undefined ? undefined : parseBytes('--max-shard-size', limit),
  };
}

/** Writes the whole model to stdout. */
async function writeModel(making: Making, run: Run): Promise<void> {
  const model = modelOf(making);
  for (const note of model.notes) say(printable(asConfigured(note)));
  const source = await CopySource.open(making.source, model.copies, []);
  try {
    const part = { path: 'stdout', shard: undefined, tensors: listed(making, model) };
    const output = outputOf(part, making, source);
    await writeToStdout(output, run);
    say(summarize([output], run.timings.list()).trimEnd());
  } finally {
    await source?.close();
  }
}

/** Writes the files of the model, or the one that is asked for. */
async function writeParts(out: string, making: Making, options: DivisionOptions, run: Run): Promise<void> {
  const model = modelOf(making);
  const divided = (file: ModelFile): Division => divideModel(out, listed(making, file), options);
  const { parts, index } = divided(model);
  const there: boolean[] = [];
  for (const { path } of parts) there.push((await checkOutput(path, run.force)) && !run.force);
  for (const note of model.notes) say(printable(asConfigured(note)));
  const tensors = listed(making, model);
  if (options.shard !== undefined && tensors.length === 0)
    throw new ArgumentError(`--shard needs a model with tensors, and ${making.source} has none`);
  const paths = parts.map(({ path }) => path);
  const source = await CopySource.open(making.source, model.copies, index ? [...paths, index.path] : paths);
  try {
    const copied = index && (await checksumsOfCopies(model.copies, source));
    const whole = index && {
      checksum: modelChecksum(planSafetensors(tensors).tensors, copied, making.seeds !== undefined),
      tensors: tensors.length,
    };
    const outputs = parts.map((part) => outputOf(part, making, source, whole));
    // A file that is there is compared with exact values, because those are what the seed stands for.
    if (there.includes(true) && making.math !== 'exact')
      for (const [i, part] of divided(modelOf({ ...making, math: 'exact' })).parts.entries())
        if (there[i]) outputs[i] = outputOf(part, making, source, whole);
    if (index !== undefined) await checkShared(index, run.force);
    const bytes = outputs.reduce((sum, { plan }, i) => sum + (there[i] ? 0 : plan.fileBytes), 0);
    await checkSpace(parts.length === 1 ? parts[0].path : out, bytes);
    await writeOutputs(outputs, there, index, run);
  } finally {
    await source?.close();
  }
}

/**
 * Writes or compares files one after the other, then the index, and says what became of them.
 * @param there which of them are there and are compared
 */
async function writeOutputs(
  outputs: readonly ModelOutput[],
  there: readonly boolean[],
  index: SharedFile | undefined,
  run: Run,
): Promise<void> {
  const done: Outcome[] = [];
  for (const [i, output] of outputs.entries()) {
    const outcome = await (there[i] ? keepPart : writePart)(output, run);
    done.push(outcome);
    if (outcome.fault !== undefined) break;
    if (outputs.length > 1 && !there[i]) say(`${printable(output.path)}: written`);
  }
  const { fault } = done[done.length - 1];
  if (index !== undefined && fault === undefined) await writeShared(index, run.force);
  const written = done.map(({ output }) => output);
  const timings = run.timings.list();
  if (!run.verifies) {
    say(summarize(written, timings).trimEnd());
    return;
  }
  const checked = new Map(done.flatMap(({ checked }) => [...checked!]));
  // The fault is what counts, even if stdout was closed early.
  await writeStdout(report(written, timings, checked)).catch((error: unknown) => {
    throw fault ?? error;
  });
  if (fault !== undefined) throw fault;
}

function modelOf({ loaded, seed, seeds, stream, dtype, math }: Making): ModelFile {
  return modelFile(loaded, { seed, seeds, stream, dtype, math });
}

/** All tensors in the order in which the model lists them, and not in that of the file. */
function listed({ loaded }: Making, { tensors, copies }: ModelFile): FileTensor[] {
  return inOrderOf<FileTensor>(loaded.names, [...tensors, ...copies]);
}

/** @param whole the checksum of the model and the number of its tensors, for a shard */
function outputOf(
  { path, shard, tensors }: ModelPart,
  { seed, math, stream }: Making,
  source: CopySource | undefined,
  whole?: { readonly checksum: string; readonly tensors: number },
): ModelOutput {
  const origin: Origin | undefined = shard && {
    stream: stream?.name ?? STREAM_VERSION,
    seed: seed === undefined ? NO_SEED : String(seed),
    math,
    model: whole!.checksum,
    tensors: String(whole!.tensors),
    shard: `${shard.index}/${shard.count}`,
  };
  const plan = origin === undefined ? planSafetensors(tensors) : planShard(tensors, origin);
  const names = tensors.map(({ name }) => name);
  return { path, seed, math, source, plan, origin, listed: names, ...tensorsOf(plan) };
}
