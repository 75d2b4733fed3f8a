import { basename, dirname, extname, join } from 'node:path';
import { ArgumentError, show } from '../core/errors';
import { printable } from '../text/printable';
import { planSafetensors, type SafetensorsPlan } from '../formats/safetensors';
import { divide, indexFile, indexText, type Shard, shardFile } from '../formats/safetensors_shards';
import type { ModelDescription } from '../models/description';
import { type ResolvedTensor, resolveTensors } from '../models/resolved';
import { type Arguments, type CommandLine, parseArguments, required } from './arguments';
import {
  checkHeader,
  checkShared,
  differenceText,
  existsError,
  onExisting,
  type SharedFile,
  writeShared,
} from './existing';
import { report, summarize } from './init_report';
import { readModel, readRules } from './model_argument';
import { compareOnGpu, writeFromGpu } from './model_on_gpu';
import {
  type Checked,
  compareOnThreads,
  type Difference,
  type Run,
  type Timing,
  verify,
  writeOnThreads,
} from './model_run';
import { computingOptions, type Computing, openSampler } from './options';
import { checkOutput, OutputFile } from './output_file';
import { parseShard } from './shard_option';
import { say, writeStdout } from './streams';
import { parseSeed } from './values';

export const INIT: CommandLine = {
  command: 'init',
  positionals: ['a model.json or a preset'],
  values: ['seed', 'dtype', 'backend', 'math', 'rules', 'shard', 'out'],
  flags: ['verify', 'force'],
};

/** The file that a run is about, and the tensors in it. */
interface Target {
  readonly path: string;
  readonly plan: SafetensorsPlan<ResolvedTensor>;
  /** Of a shard. */
  readonly index: SharedFile | undefined;
}

/**
 * `tensorseed init`: all tensors of a model, or a shard of them, into a safetensors file, each
 * from its own stream. The file gets its name when it is complete and, with --verify, found
 * right. One that is there is kept if it is what would be written, and else stays as it is.
 * @param script the bundled command line, for threads
 */
export async function init(words: readonly string[], script: string): Promise<number> {
  const args = parseArguments(INIT, words);
  const options = computingOptions(args);
  const out = required(args, 'out', 'model.safetensors');
  if (extname(out) !== '.safetensors')
    throw new ArgumentError(`--out must end in .safetensors, got ${show(out)}`);
  const seed = parseSeed(required(args, 'seed', '42'));
  const tensors = resolveTensors(await describedModel(args, options), { ...options, seed });
  const target = targetOf(out, tensors, shardOf(args));
  const exists = await checkOutput(target.path);
  const force = args.flags.has('force');
  if (target.index !== undefined && !force) await checkShared(target.index);

  const names = new Set(target.plan.tensors.map(({ name }) => name));
  const listed = tensors.filter(({ name }) => names.has(name));
  const run: Run = { label: target.path, seed, options, script, tensors: target.plan.tensors, listed };
  const makes = exists && !force ? keep : write;
  await makes(target, run, args.flags.has('verify'));
  if (target.index !== undefined) await writeShared(target.index, force);
  return 0;
}

async function write({ path, plan }: Target, run: Run, verifies: boolean): Promise<void> {
  const sampler = await openSampler(run.options.backend);
  const file = await OutputFile.create(path);
  try {
    await file.write(plan.header);
    const timings =
      sampler.backend === 'gpu'
        ? await writeFromGpu(run, file, sampler)
        : await writeOnThreads(run, file.temporary);
    sampler.destroy();
    const checked = verifies ? await verify(run, file.temporary, timings) : undefined;
    const difference = firstDifference(run, checked);
    const fault =
      difference &&
      new Error(`${differenceText(difference, ' from the CPU reference')}; ${path} is not written`);
    if (fault === undefined) await file.commit();
    if (checked === undefined) {
      say(summarize(run, plan.fileBytes, timings).trimEnd());
      return;
    }
    // The fault comes before a stdout that was closed early.
    await writeStdout(report(run, plan.fileBytes, timings, checked)).catch((error: unknown) => {
      throw fault ?? error;
    });
    if (fault !== undefined) throw fault;
  } finally {
    sampler.destroy();
    await file.discard();
  }
}

/** @throws Error where the file is not what `write` would make of it */
async function keep({ path, plan }: Target, run: Run, verifies: boolean): Promise<void> {
  await onExisting(path, (file) => checkHeader(file, path, plan));
  const timings: Timing[] = [];
  // The CPU reference is what any backend would be compared with.
  const checked = verifies ? await verify(run, path, timings) : undefined;
  const difference = firstDifference(run, checked);
  if (difference !== undefined) throw existsError(path, differenceText(difference));
  if (checked === undefined) timings.push(await compare(path, run));
  say(`${printable(path)}: verified and kept`);
  if (checked === undefined) say(summarize(run, plan.fileBytes, timings).trimEnd());
  else await writeStdout(report(run, plan.fileBytes, timings, checked));
}

async function compare(path: string, run: Run): Promise<Timing> {
  const sampler = await openSampler(run.options.backend);
  try {
    const { timing, difference } = await (sampler.backend === 'gpu'
      ? onExisting(path, (file) => compareOnGpu(run, file, sampler))
      : compareOnThreads(run, path));
    if (difference !== undefined) throw existsError(path, differenceText(difference));
    return timing;
  } finally {
    sampler.destroy();
  }
}

function firstDifference(
  { tensors }: Run,
  checked: ReadonlyMap<string, Checked> | undefined,
): Difference | undefined {
  for (const { name } of tensors) {
    const mismatch = checked?.get(name)?.mismatch;
    if (mismatch !== undefined) return { name, ...mismatch };
  }
  return undefined;
}

async function describedModel(args: Arguments, { dtype }: Computing): Promise<ModelDescription> {
  const rules = args.values.get('rules');
  const model = await readModel(args.positionals[0], {
    dtype,
    rules: rules === undefined ? undefined : await readRules(rules),
  });
  for (const note of model.notes) say(printable(note));
  return model;
}

function shardOf(args: Arguments): Shard | undefined {
  const shard = args.values.get('shard');
  return shard === undefined ? undefined : parseShard(shard, process.env);
}

function targetOf(out: string, tensors: readonly ResolvedTensor[], shard: Shard | undefined): Target {
  if (shard === undefined) return { path: out, plan: planSafetensors(tensors), index: undefined };
  const shards = divide(tensors, shard.count);
  return {
    path: join(dirname(out), shardFile(basename(out), shard)),
    plan: planSafetensors(shards[shard.index - 1]),
    index: { path: indexFile(out), text: indexText(basename(out), shards) },
  };
}
