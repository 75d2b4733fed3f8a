import { planSafetensors } from '../../formats/safetensors';
import { printable } from '../../text/printable';
import { checkHeader, existsError } from '../existing';
import { withInputFile } from '../input_file';
import { say } from '../streams';
import { compareFile } from './compare_file';
import { planOfExisting } from './existing_shard';
import { type ModelOutput, tensorsOf } from './model_output';
import type { Outcome, Run } from './run';
import { mismatchText } from './tensor_mismatch';
import { verifyFile } from './verify_file';

/**
 * Compares a file that is there with what would be written.
 * @throws Error where it is something else
 */
export async function keepPart(wanted: ModelOutput, run: Run): Promise<Outcome> {
  const { path, origin, source } = wanted;
  const { tensors } = wanted.plan;
  const shard = origin && (await planOfExisting(path, tensors, origin));
  const plan = origin === undefined ? wanted.plan : (shard ?? planSafetensors(tensors));
  const output = { ...wanted, plan, ...tensorsOf(plan) };
  await withInputFile(path, (file) => checkHeader(file, path, plan));
  // With --verify the CPU checks the file, so no other backend has to compute anything.
  const sampler = run.verifies ? undefined : await run.sampler();
  run.timings.addRest('set-up', 'program, model, device');
  const { mismatch, timing, checked } =
    sampler === undefined
      ? await verifyFile(output, path, run.script)
      : { ...(await compareFile(output, sampler, run.script)), checked: undefined };
  await source?.checkUnchanged();
  if (mismatch !== undefined) throw existsError(path, mismatchText(mismatch));
  run.timings.add(timing);
  const note = origin !== undefined && shard === undefined ? '; it has no checksums, --force adds them' : '';
  say(`${printable(path)}: verified and kept${note}`);
  return { output, checked };
}
