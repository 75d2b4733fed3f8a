import { basename, dirname, extname, join } from 'node:path';
import { oneOf } from '../../core/check';
import { ArgumentError, show } from '../../core/errors';
import { planSafetensors } from '../../formats/safetensors';
import { divide, indexFile, indexText, type Shard, shardFile } from '../../formats/safetensors_shards';
import type { BackendChoice, Dtype, MathMode, Stream } from '../../index';
import { type FileTensor, type LoadedModel, modelFile, type TensorChunk } from '../../models';
import { NAME_STYLES } from '../../models/keras';
import { KEYS } from '../../models/source';
import { printable } from '../../text/printable';
import { appendChunks, type AppendTimes } from '../append';
import { type Arguments, type CommandLine, parseArguments, required } from '../arguments';
import { CHECKSUM_OF_NOTHING, withChecksums } from '../checksums';
import { checkHeader, existsError } from '../existing';
import { asConfigured } from '../faults';
import { checkSpace } from '../free_space';
import { withInputFile } from '../input_file';
import { readConfig, readModel, readRules } from '../model_argument';
import { readCustom } from '../plugin';
import { computingOptions, openSampler } from '../options';
import { checkOutput, OutputFile } from '../output_file';
import { NO_SEED, type Origin, planShard, STREAM_VERSION } from '../shard_metadata';
import { streamOption } from '../stream_option';
import { rest, setUp, type Timing } from '../stopwatch';
import { say, writeStdout } from '../streams';
import { parseSeed } from '../values';
import { compareFile } from './compare_file';
import { CopySource } from './copy_source';
import { checksumsOfCopies } from './copies';
import { planOfExisting } from './existing_shard';
import { modelChecksum } from './model_checksum';
import { copiesOf, type ModelOutput, modelChunks } from './model_output';
import { report, summarize } from './report';
import { parseShard } from './shard_option';
import { writeTemplate } from './rules_template';
import { checkShared, writeShared } from './shared_file';
import { mismatchText } from './tensor_mismatch';
import { verifyFile } from './verify_file';

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
    'out',
  ],
  lists: ['custom-layer', 'plugin'],
  flags: ['config-seeds', 'verify', 'force'],
};

/** How a run computes and checks. */
interface Run {
  readonly backend: BackendChoice;
  readonly verifies: boolean;
  readonly force: boolean;
  /** The URL of the bundled command line, which threads load. */
  readonly script: string;
}

/**
 * `tensorseed init` writes all tensors of a model, or a shard of them, into a safetensors file,
 * each from its own stream. The file gets its name when it is complete and, with --verify, has been
 * found right. A file that is there is kept if it is what would be written, and otherwise an error;
 * it stays as it is.
 * @param script the URL of the bundled command line, which threads load
 */
export async function init(words: readonly string[], script: string): Promise<number> {
  const args = parseArguments(INIT, words);
  if (args.values.has('rules-template')) return writeTemplate(args);
  const { dtype, backend, math } = computingOptions(args);
  const out = required(args, 'out', 'model.safetensors');
  if (extname(out) !== '.safetensors')
    throw new ArgumentError(`--out must end in .safetensors, got ${show(out)}`);
  const stream = streamOption(args);
  const seeds = args.flags.has('config-seeds') ? 'configured' : undefined;
  const seed = seedOf(args, stream?.heedsSeeds || seeds !== undefined);
  const loaded = await loadModel(args, dtype);
  const shard = shardOf(args);
  const path = shard === undefined ? out : join(dirname(out), shardFile(basename(out), shard));
  const force = args.flags.has('force');
  const keeps = (await checkOutput(path, force)) && !force;
  // A file that is there is compared with exact values, because those are what the seed stands for.
  const model = modelFile(loaded, { seed, seeds, stream, dtype, math: keeps ? 'exact' : math });
  const whole = planSafetensors<FileTensor>([...model.tensors, ...model.copies]);
  for (const note of model.notes) say(printable(asConfigured(note)));
  if (shard !== undefined && whole.tensors.length === 0)
    throw new ArgumentError(`--shard needs a model with tensors, and ${args.positionals[0]} has none`);
  const outputs = shard === undefined ? [path] : [path, indexFile(out)];
  const source = await CopySource.open(args.positionals[0], model.copies, outputs);
  const shards = shard === undefined ? [whole.tensors] : divide(whole.tensors, shard.count);
  const copied = shard && (await checksumsOfCopies(model.copies, source));
  const origin =
    shard &&
    originOf(
      modelChecksum(whole.tensors, copied, seeds !== undefined),
      whole.tensors.length,
      stream,
      seed,
      math,
      shard,
    );
  const plan = origin === undefined ? whole : planShard(shards[shard!.index - 1], origin);
  const names = new Set(plan.tensors.map(({ name }) => name));
  const output: ModelOutput = {
    path,
    seed,
    math,
    model,
    tensors: model.tensors.filter(({ name }) => names.has(name)),
    copies: copiesOf(plan),
    source,
    plan,
    origin,
    listed: loaded.names.filter((name) => names.has(name)),
  };
  const index = shard && { path: indexFile(out), text: indexText(basename(out), shards) };
  if (index !== undefined) await checkShared(index, force);
  if (!keeps) await checkSpace(path, plan.fileBytes);

  try {
    await (keeps ? keep : write)(output, { backend, verifies: args.flags.has('verify'), force, script });
  } finally {
    await source?.close();
  }
  if (index !== undefined) await writeShared(index, force);
  return 0;
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

function originOf(
  model: string,
  tensors: number,
  stream: Stream | undefined,
  seed: bigint | undefined,
  math: MathMode,
  { index, count }: Shard,
): Origin {
  return {
    stream: stream?.name ?? STREAM_VERSION,
    seed: seed === undefined ? NO_SEED : String(seed),
    math,
    model,
    tensors: String(tensors),
    shard: `${index}/${count}`,
  };
}

function shardOf(args: Arguments): Shard | undefined {
  const shard = args.values.get('shard');
  return shard === undefined ? undefined : parseShard(shard, process.env);
}

async function write(output: ModelOutput, { backend, verifies, force, script }: Run): Promise<void> {
  const { path, plan, origin, source } = output;
  const sampler = await openSampler(backend);
  const file = await OutputFile.create(path, force);
  try {
    await file.write(plan.header);
    source?.lap();
    const start = setUp();
    const computed = modelChunks(output, sampler, 'generate', script);
    const times =
      origin === undefined ? appendChunks(file, computed) : appendShard(file, plan.tensors, origin, computed);
    const waited = await times;
    const copying = source?.lap() ?? 0;
    const by = `${sampler.backend}: ${sampler.description}`;
    sampler.destroy();
    file.flush();
    const timings: Timing[] = [
      start,
      { label: 'generate', seconds: waited.chunks - copying, by, rated: false },
      ...(source === undefined
        ? []
        : [{ label: 'copy', seconds: copying, by: `from ${printable(source.label)}`, rated: false }]),
      { label: 'write', seconds: waited.file, by: 'beyond generating', rated: false },
    ];
    const verified = verifies ? await verifyFile(output, file.temporary, script) : undefined;
    const mismatch = verified?.mismatch;
    const fault =
      mismatch && new Error(`${mismatchText(mismatch, ' from the CPU reference')}; ${path} is not written`);
    if (verified !== undefined) timings.push(verified.timing);
    await source?.checkUnchanged();
    if (fault === undefined && !(await file.commit()))
      say(`${printable(path)}: came into being meanwhile with the same bytes, and is kept`);
    timings.push(rest('flush', timings, 'beyond all that, and the name'));
    if (verified === undefined) {
      say(summarize(output, timings).trimEnd());
      return;
    }
    // The fault is what counts, even if stdout was closed early.
    await writeStdout(report(output, timings, verified.checked)).catch((error: unknown) => {
      throw fault ?? error;
    });
    if (fault !== undefined) throw fault;
  } finally {
    sampler.destroy();
    await file.discard();
  }
}

/** Appends the chunks of a shard, and then puts their checksums into its header. */
async function appendShard(
  file: OutputFile,
  tensors: readonly FileTensor[],
  origin: Origin,
  chunks: AsyncIterable<TensorChunk<FileTensor>>,
): Promise<AppendTimes> {
  const checksums = new Map(tensors.map(({ name }) => [name, CHECKSUM_OF_NOTHING]));
  const times = await appendChunks(file, withChecksums(chunks, checksums));
  await file.replace(planShard(tensors, origin, checksums).header, 0);
  return times;
}

/** @throws Error where the file is not what `write` would make of it */
async function keep(wanted: ModelOutput, { backend, verifies, script }: Run): Promise<void> {
  const { path, origin, source } = wanted;
  const { tensors } = wanted.plan;
  const shard = origin && (await planOfExisting(path, tensors, origin));
  const plan = origin === undefined ? wanted.plan : (shard ?? planSafetensors(tensors));
  const output = { ...wanted, plan, copies: copiesOf(plan) };
  await withInputFile(path, (file) => checkHeader(file, path, plan));
  const start = setUp();
  // With --verify the CPU checks the file, so no other backend has to compute anything.
  const verified = verifies ? await verifyFile(output, path, script) : undefined;
  const { mismatch, timing } = verified ?? (await compareFile(output, backend, script));
  await source?.checkUnchanged();
  if (mismatch !== undefined) throw existsError(path, mismatchText(mismatch));
  const note = origin !== undefined && shard === undefined ? '; it has no checksums, --force adds them' : '';
  say(`${printable(path)}: verified and kept${note}`);
  if (verified === undefined) say(summarize(output, [start, timing]).trimEnd());
  else await writeStdout(report(output, [start, timing], verified.checked));
}
