import { bytesPerElement } from '../../core/dtype';
import { isCopied } from '../../models/copied';
import { plural } from '../../text/numbers';
import { isBitwise, isSequential } from '../../verify/comparison';
import { keyData } from '../key_data';
import { stopwatch, type Timing } from '../stopwatch';
import { checkCopies } from './copies';
import { type ModelOutput, progressOf, workOf } from './model_output';
import { type CheckRequest, type CheckResult, mergeResults, NOTHING_CHECKED } from './element_check';
import { checkOnThreads } from './check_threads';
import type { TensorMismatch } from './tensor_mismatch';

/** How many elements one check has. The reference needs about a tenth of a second for them. */
const ELEMENTS_PER_CHECK = 2 ** 21;

export interface Verified {
  /** What was found in each tensor, by its name. */
  readonly checked: ReadonlyMap<string, CheckResult>;
  /** The first element that is not what it should be. */
  readonly mismatch: TensorMismatch | undefined;
  readonly timing: Timing;
}

/**
 * Reads a file back and compares every element with what it should be, and those that are copied with the source.
 * @param file where the bytes are, which may be a temporary name
 * @param script the URL of the bundled command line, which threads load
 */
export async function verifyFile(output: ModelOutput, file: string, script: string): Promise<Verified> {
  const requests = checksOf(output, file);
  const results: CheckResult[] = [];
  const progress = progressOf('verify', output);
  const lap = stopwatch();
  const threads = await checkOnThreads(script, requests, (result, index) => {
    const { range, dtype } = requests[index];
    results[index] = result;
    progress.add(range.count, range.count * bytesPerElement(dtype));
  });
  const copies = await checkCopies(output.copies, output.source, file, labelOf(output, file), progress);
  progress.end();
  const by = `cpu: ${plural(threads, 'thread')}`;
  const timing = { label: 'verify', seconds: lap(), by, work: workOf([output]) };
  // The order of merging is always the same, whichever thread was first, and so are the printed digits.
  const checked = new Map(output.tensors.map(({ name }) => [name, NOTHING_CHECKED]));
  for (const [index, { name }] of requests.entries())
    checked.set(name, mergeResults(checked.get(name)!, results[index]));
  for (const [name, result] of copies) checked.set(name, result);
  return { checked, mismatch: firstMismatch(checked), timing };
}

function firstMismatch(checked: ReadonlyMap<string, CheckResult>): TensorMismatch | undefined {
  for (const [name, { mismatch }] of checked) if (mismatch !== undefined) return { name, ...mismatch };
  return undefined;
}

/** What messages call the file. */
function labelOf({ path }: ModelOutput, file: string): string {
  return file === path ? path : `the temporary file of ${path}`;
}

function checksOf(output: ModelOutput, file: string): CheckRequest[] {
  const { math, plan } = output;
  const requests: CheckRequest[] = [];
  const label = labelOf(output, file);
  for (const tensor of plan.tensors) {
    if (isCopied(tensor)) continue;
    const { name, shape, dtype, initializer, job, begin } = tensor;
    const key = keyData(job.key);
    const stream = job.stream?.name;
    const shared = { file, label, name, initializer, shape, dtype, key, stream, math };
    for (const { draw, params, range } of job.stretches) {
      // What has no bits of its own for each element is computed as a whole, and so is what follows one another: each
      // check of a part would draw all that is before it.
      const most =
        isBitwise(draw, 'exact') && !isSequential(params) ? ELEMENTS_PER_CHECK : Math.max(range.count, 1);
      const end = range.start + range.count;
      for (let start = range.start; start < end; start += most) {
        const position = begin + start * bytesPerElement(dtype);
        requests.push({ ...shared, position, range: { start, count: Math.min(most, end - start) } });
      }
    }
  }
  return requests;
}
