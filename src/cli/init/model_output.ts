import { bytesPerElement } from '../../core/dtype';
import type { SafetensorsPlan } from '../../formats/safetensors';
import type { MathMode, Sampler } from '../../index';
import type { ModelFileTensor, TensorChunk } from '../../models';
import { computeJobs } from '../compute';
import { Progress } from '../progress';
import type { Origin } from '../shard_metadata';
import type { Work } from '../stopwatch';

/** A safetensors file with all tensors of a model or, if it is a shard, some of them. */
export interface ModelOutput {
  readonly path: string;
  /** Undefined where every tensor has a seed of its own. */
  readonly seed: bigint | undefined;
  /** How the file's elements are computed, or were computed. */
  readonly math: MathMode;
  /** The tensors of this file, in the order of their bytes. */
  readonly tensors: readonly ModelFileTensor[];
  /** The same tensors where they lie in this file. */
  readonly plan: SafetensorsPlan<ModelFileTensor>;
  /** What a shard was made from, which its metadata says; undefined for the file of a whole model. */
  readonly origin: Origin | undefined;
  /** Their names in the order in which the model lists them. */
  readonly listed: readonly string[];
}

export function elementsOf({ tensors }: Pick<ModelOutput, 'tensors'>): number {
  return tensors.reduce((total, { count }) => total + count, 0);
}

/** All elements of the file, and their bytes. */
export function workOf({ tensors }: Pick<ModelOutput, 'tensors'>): Work {
  const bytes = tensors.reduce((sum, { count, dtype }) => sum + count * bytesPerElement(dtype), 0);
  return { elements: elementsOf({ tensors }), bytes };
}

/** Shows how far the work on a file is, and which of several it is. */
export function progressOf(label: string, output: ModelOutput): Progress {
  const { origin } = output;
  return new Progress(origin === undefined ? label : `${label} ${origin.shard}`, elementsOf(output));
}

/**
 * Computes the tensors' bytes, chunk after chunk, and shows on stderr how far that is.
 * @param script the URL of the bundled command line, which threads load
 */
export async function* computeChunks(
  output: ModelOutput,
  sampler: Sampler,
  label: string,
  script: string,
): AsyncGenerator<TensorChunk<ModelFileTensor>> {
  const progress = progressOf(label, output);
  const { tensors } = output;
  const jobs = tensors.map(({ job }) => job);
  for await (const { index, start, bytes } of computeJobs(sampler, jobs, { script })) {
    const tensor = tensors[index];
    yield { tensor, start, bytes };
    progress.add(bytes.length / bytesPerElement(tensor.dtype), bytes.length);
  }
  progress.end();
}
