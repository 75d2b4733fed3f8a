import type { SafetensorsPlan } from '../../formats/safetensors';
import { formatName } from '../../formats/safetensors_dtypes';
import type { MathMode, Sampler } from '../../index';
import type { CopiedFileTensor, FileTensor, ModelFileTensor, TensorChunk } from '../../models';
import { isCopied } from '../../models/copied';
import { inTurn } from '../../models/in_turn';
import { computeJobs } from '../compute';
import { Progress } from '../progress';
import type { Origin } from '../shard_metadata';
import type { Work } from '../stopwatch';
import { chunksFrom, countOf, elementsIn } from './copies';
import type { CopySource } from './copy_source';

/** A safetensors file with all tensors of a model or, if it is a shard, some of them. */
export interface ModelOutput {
  readonly path: string;
  /** Undefined where every tensor has a seed of its own. */
  readonly seed: bigint | undefined;
  /** How the file's elements are computed, or were computed. */
  readonly math: MathMode;
  /** The tensors of this file that are filled, in the order of their bytes. */
  readonly tensors: readonly ModelFileTensor[];
  /** Those that are copied, in the order of their bytes, where they lie in this file. */
  readonly copies: readonly CopiedFileTensor[];
  /** From where they are copied. */
  readonly source: CopySource | undefined;
  /** All tensors where they lie in this file. */
  readonly plan: SafetensorsPlan<FileTensor>;
  /** What a shard was made from, which its metadata says; undefined for the file of a whole model. */
  readonly origin: Origin | undefined;
  /** Their names in the order in which the model lists them. */
  readonly listed: readonly string[];
}

/** The tensors of a file by what becomes of them. */
export function tensorsOf({ tensors }: SafetensorsPlan<FileTensor>): Pick<ModelOutput, 'tensors' | 'copies'> {
  return {
    tensors: tensors.filter((tensor): tensor is ModelFileTensor => !isCopied<FileTensor>(tensor)),
    copies: tensors.filter((tensor) => isCopied<FileTensor>(tensor)),
  };
}

export function elementsOf({ tensors, copies }: ModelOutput): number {
  return countOf(tensors) + countOf(copies);
}

/** All elements of files, and their bytes. */
export function workOf(outputs: readonly ModelOutput[]): Work {
  return {
    elements: outputs.reduce((sum, output) => sum + elementsOf(output), 0),
    bytes: outputs.reduce((sum, { plan }) => sum + plan.fileBytes - plan.header.length, 0),
  };
}

/** Shows how far the work on a file is, and which of several it is. */
export function progressOf(label: string, output: ModelOutput): Progress {
  const { origin } = output;
  return new Progress(origin === undefined ? label : `${label} ${origin.shard}`, elementsOf(output));
}

/**
 * Computes or copies the tensors' bytes, chunk after chunk, and shows on stderr how far that is.
 * @param script the URL of the bundled command line, which threads load
 */
export async function* modelChunks(
  output: ModelOutput,
  sampler: Sampler,
  label: string,
  script: string,
): AsyncGenerator<TensorChunk<FileTensor>> {
  const progress = progressOf(label, output);
  const chunks = inTurn<FileTensor>(
    output.plan.tensors,
    (filled) =>
      computeJobs(
        sampler,
        filled.map(({ job }) => job),
        { script },
      ),
    (copied) => chunksFrom(output.source, copied),
  );
  for await (const chunk of chunks) {
    yield chunk;
    const { length } = chunk.bytes;
    progress.add(elementsIn(length, formatName(chunk.tensor.dtype)), length);
  }
  progress.end();
}
