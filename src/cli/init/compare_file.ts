import type { FileHandle } from 'node:fs/promises';
import { formatName, SAFETENSORS_BITS } from '../../formats/safetensors_dtypes';
import { readExactly } from '../../formats/safetensors_file';
import type { Sampler } from '../../index';
import { isCopied } from '../../models/copied';
import { Comparison } from '../../verify/comparison';
import { withInputFile } from '../input_file';
import { stopwatch, type Timing } from '../stopwatch';
import { firstDifference } from './copies';
import { modelChunks, type ModelOutput, workOf } from './model_output';
import type { TensorMismatch } from './tensor_mismatch';

/**
 * Compares every element of a file that is there with what would be written, up to the first that
 * differs.
 * @param output whose model computes exact values, for those are what the seed stands for
 * @param script the URL of the bundled command line, which threads load
 */
export async function compareFile(
  output: ModelOutput,
  sampler: Sampler,
  script: string,
): Promise<{ readonly mismatch: TensorMismatch | undefined; readonly timing: Timing }> {
  const lap = stopwatch();
  const mismatch = await withInputFile(output.path, (file) => firstMismatch(output, file, sampler, script));
  const by = `${sampler.backend}: ${sampler.description}`;
  return { mismatch, timing: { label: 'compare', seconds: lap(), by, work: workOf([output]) } };
}

async function firstMismatch(
  output: ModelOutput,
  file: FileHandle,
  sampler: Sampler,
  script: string,
): Promise<TensorMismatch | undefined> {
  const { path, math } = output;
  const comparisons = new Map<string, Comparison>();
  for await (const { tensor, start, bytes } of modelChunks(output, sampler, 'compare', script)) {
    const { name, dtype, begin } = tensor;
    const got = new Uint8Array(bytes.length);
    await readExactly(file, path, got, begin + (start * SAFETENSORS_BITS[formatName(dtype)]) / 8);
    if (Buffer.compare(got, bytes) === 0) continue;
    if (isCopied(tensor)) return { name, ...firstDifference(tensor.dtype, start, got, bytes)! };
    let comparison = comparisons.get(name);
    if (comparison === undefined) comparisons.set(name, (comparison = new Comparison(tensor.job, math)));
    const mismatch = comparison.firstMismatch(start, got, bytes);
    if (mismatch !== undefined) return { name, ...mismatch };
  }
  return undefined;
}
