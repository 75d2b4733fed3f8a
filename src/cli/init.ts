import { readFile, stat } from 'node:fs/promises';
import { extname } from 'node:path';
import { ArgumentError, show, within } from '../errors';
import { planSafetensors } from '../formats/safetensors';
import { resolveJob } from '../job';
import type { ModelDescription } from '../models/description';
import { stretches } from '../models/parts';
import { preset, PRESETS } from '../models/presets';
import { MAX_MODEL_BYTES, parseModel } from '../models/source';
import { elementCount } from '../shape';
import { type CommandLine, parseArguments, required } from './arguments';
import { onFile } from './faults';
import { mismatchError, summarize, tensorTable, verdict } from './init_report';
import { type ModelTensor, type Run, verify, writeFromGpu, writeOnThreads } from './model_run';
import { computingOptions, type Computing, openSampler } from './options';
import { checkOutput, OutputFile } from './output_file';
import { say, writeStdout } from './streams';
import { parseSeed } from './values';

export const INIT: CommandLine = {
  command: 'init',
  positionals: ['a model.json or a preset'],
  values: ['seed', 'dtype', 'backend', 'math', 'out'],
  flags: ['verify'],
};

/**
 * `tensorseed init`: all tensors of a model into one safetensors file, each from its own stream.
 * The file gets its name when it is complete and, with --verify, found right.
 * @param script the bundled command line, for threads
 */
export async function init(words: readonly string[], script: string): Promise<number> {
  const args = parseArguments(INIT, words);
  const options = computingOptions(args);
  const out = required(args, 'out', 'model.safetensors');
  if (extname(out) !== '.safetensors') throw new ArgumentError(`--out must end in .safetensors, got ${show(out)}`);
  const seed = parseSeed(required(args, 'seed', '42'));
  const model = await readModel(args.positionals[0]);
  const tensors = resolveTensors(model, seed, options);
  const plan = planSafetensors(tensors);
  await checkOutput(out);

  const sampler = await openSampler(options.backend);
  const file = await OutputFile.create(out);
  try {
    await file.write(plan.header);
    const run: Run = { file, seed, options, script, tensors: plan.tensors };
    const timings = sampler.backend === 'gpu' ? await writeFromGpu(run, sampler) : await writeOnThreads(run);
    sampler.destroy();
    const checked = args.flags.has('verify') ? await verify(run, timings) : undefined;
    const broken = tensors.find(({ name }) => checked?.get(name)?.mismatch);
    const fault = broken && mismatchError(broken.name, checked!.get(broken.name)!.mismatch!, out);
    if (fault === undefined) await file.commit();
    const summary = summarize(tensors, plan.fileBytes, timings, out);
    if (checked === undefined) {
      say(summary.trimEnd());
      return 0;
    }
    const found = fault === undefined ? verdict(tensors, options) : '';
    // The fault comes before a stdout that was closed early.
    await writeStdout(`${tensorTable(tensors, checked)}\n${summary}${found}`).catch((error: unknown) => {
      throw fault ?? error;
    });
    if (fault !== undefined) throw fault;
  } finally {
    sampler.destroy();
    await file.discard();
  }
  return 0;
}

async function readModel(argument: string): Promise<ModelDescription> {
  const known = preset(argument);
  if (known !== undefined) return known;
  const there = await stat(argument).catch(() => undefined);
  if (there === undefined) throw new ArgumentError(`there is no file and no preset ${show(argument)}; presets: ${PRESETS.join(', ')}`);
  if (!there.isFile()) throw new ArgumentError(`${show(argument)} is no file`);
  if (there.size > MAX_MODEL_BYTES) throw new ArgumentError(`${argument} has ${there.size} bytes, more than ${MAX_MODEL_BYTES} for a model`);
  return parseModel(argument, await onFile(`cannot read ${argument}`, () => readFile(argument)));
}

/** Every tensor is resolved before the first is computed, so that a wrong one costs nothing. */
function resolveTensors(model: ModelDescription, seed: bigint, options: Computing): ModelTensor[] {
  return model.tensors.map(({ name, shape, initializer, dtype: own }) =>
    within(`tensor ${show(name)}`, () => {
      const dtype = own === undefined ? options.dtype : own;
      const jobs = stretches(shape, initializer).map(({ initializer: one, range }) =>
        resolveJob(one, shape, { seed, name, dtype, math: options.math, range }));
      return { name, shape, initializer, dtype: jobs[0].dtype, count: elementCount(shape) };
    }),
  );
}
