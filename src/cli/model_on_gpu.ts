import type { FileHandle } from 'node:fs/promises';
import { bytesPerElement } from '../core/dtype';
import type { MathMode } from '../distributions/math';
import type { Placed } from '../formats/safetensors';
import { readExactly } from '../formats/safetensors_file';
import { chunksOfTensors, type ResolvedTensor, resolveTensors, type TensorChunk } from '../models/resolved';
import type { OrthogonalCheck } from '../verify/orthogonal_check';
import type { Sampler } from '../sampler/sampler';
import { type Difference, elementsOf, type Run, type Timing } from './model_run';
import type { OutputFile } from './output_file';
import { Progress } from './progress';
import { stopwatch } from './stopwatch';
import { firstMismatch, orthogonalCheck } from './work';

/** Tensor after tensor, chunk after chunk: memory does not grow with the model. */
export async function writeFromGpu(run: Run, file: OutputFile, sampler: Sampler): Promise<Timing[]> {
  let computing = 0;
  let writing = 0;
  const lap = stopwatch();
  for await (const { bytes } of pieces(run, sampler, 'generate', run.options.math)) {
    computing += lap();
    await file.write(bytes);
    writing += lap();
  }
  return [
    { label: 'generate', seconds: computing, by: `gpu: ${sampler.description}` },
    { label: 'write', seconds: writing, by: '' },
  ];
}

/** Compares every element of a file with what the GPU computes, up to the first that differs. */
export async function compareOnGpu(
  run: Run,
  file: FileHandle,
  sampler: Sampler,
): Promise<{ timing: Timing; difference: Difference | undefined }> {
  const lap = stopwatch();
  let difference: Difference | undefined;
  const checks = new Map<Placed<ResolvedTensor>, OrthogonalCheck | undefined>();
  // Native math is held against the exact values: those are what the seed stands for.
  for await (const { tensor, start, bytes } of pieces(run, sampler, 'compare', 'exact')) {
    const size = bytesPerElement(tensor.dtype);
    const got = new Uint8Array(bytes.length);
    await readExactly(file, run.label, got, tensor.begin + start * size);
    const elements = { ...tensor, seed: run.seed, math: run.options.math, start, count: bytes.length / size };
    if (!checks.has(tensor)) checks.set(tensor, orthogonalCheck(elements));
    const mismatch = firstMismatch(elements, 0, got, bytes, checks.get(tensor));
    if (mismatch === undefined) continue;
    difference = { name: tensor.name, ...mismatch };
    break;
  }
  return { timing: { label: 'compare', seconds: lap(), by: `gpu: ${sampler.description}` }, difference };
}

async function* pieces(
  { seed, tensors }: Run,
  sampler: Sampler,
  label: string,
  math: MathMode,
): AsyncGenerator<TensorChunk<Placed<ResolvedTensor>>> {
  const progress = new Progress(label, elementsOf(tensors));
  const resolved = resolveTensors({ tensors }, { seed, math }) as Placed<ResolvedTensor>[];
  for await (const chunk of chunksOfTensors(sampler, resolved, {})) {
    const { tensor, bytes } = chunk;
    yield chunk;
    progress.add(bytes.length / bytesPerElement(tensor.dtype), bytes.length);
  }
  progress.end();
}
