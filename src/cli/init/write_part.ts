import type { FileTensor, TensorChunk } from '../../models';
import { printable } from '../../text/printable';
import { appendChunks, type AppendTimes, type Destination } from '../append';
import { CHECKSUM_OF_NOTHING, withChecksums } from '../checksums';
import { OutputFile } from '../output_file';
import { type Origin, planShard } from '../shard_metadata';
import { say, writeStdout } from '../streams';
import { modelChunks, type ModelOutput } from './model_output';
import type { Outcome, Run } from './run';
import { mismatchText } from './tensor_mismatch';
import { verifyFile } from './verify_file';

/** Writes a file, which gets its name when it is complete and, with --verify, has been found right. */
export async function writePart(output: ModelOutput, run: Run): Promise<Outcome> {
  const { path, plan, origin, source } = output;
  await run.sampler(); // before there is a file
  const file = await OutputFile.create(path, run.force);
  try {
    await generate(output, run, file, (chunks) =>
      origin === undefined ? appendChunks(file, chunks) : appendShard(file, plan.tensors, origin, chunks),
    );
    file.flush();
    const verified = run.verifies ? await verifyFile(output, file.temporary, run.script) : undefined;
    const mismatch = verified?.mismatch;
    const fault =
      mismatch && new Error(`${mismatchText(mismatch, ' from the CPU reference')}; ${path} is not written`);
    if (verified !== undefined) run.timings.add(verified.timing);
    await source?.checkUnchanged();
    if (fault === undefined && !(await file.commit()))
      say(`${printable(path)}: came into being meanwhile with the same bytes, and is kept`);
    run.timings.addRest('flush', 'beyond all that, and the name');
    return { output, checked: verified?.checked, fault };
  } finally {
    await file.discard();
  }
}

/** Writes a file to stdout as it is computed. */
export async function writeToStdout(output: ModelOutput, run: Run): Promise<void> {
  const stdout = { write: writeStdout };
  await generate(output, run, stdout, (chunks) => appendChunks(stdout, chunks));
  await output.source?.checkUnchanged();
}

/** Writes the header, and the chunks as `append` does. */
async function generate(
  output: ModelOutput,
  run: Run,
  file: Destination,
  append: (chunks: AsyncIterable<TensorChunk<FileTensor>>) => Promise<AppendTimes>,
): Promise<void> {
  const { timings, script } = run;
  const { source } = output;
  const sampler = await run.sampler();
  await file.write(output.plan.header);
  source?.lap();
  timings.addRest('set-up', 'program, model, device');
  const waited = await append(modelChunks(output, sampler, 'generate', script));
  const by = `${sampler.backend}: ${sampler.description}`;
  const copying = source?.lap() ?? 0;
  timings.add({ label: 'generate', seconds: waited.chunks - copying, by });
  if (source !== undefined)
    timings.add({ label: 'copy', seconds: copying, by: `from ${printable(source.label)}` });
  timings.add({ label: 'write', seconds: waited.file, by: 'beyond generating' });
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
