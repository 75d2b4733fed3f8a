import { bytesPerElement, type Dtype } from '../dtype';
import type { Placed } from '../formats/safetensors';
import { mergeMoments, type Moments, NO_VALUES } from '../formats/statistics';
import { type Filling, stretches } from '../models/parts';
import type { Sampler } from '../sampler';
import type { Shape } from '../shape';
import type { Computing } from './options';
import type { OutputFile } from './output_file';
import { Progress } from './progress';
import { stopwatch } from './stopwatch';
import { performAll } from './threads';
import type { Mismatch, Work } from './work';

export interface ModelTensor {
  readonly name: string;
  readonly shape: Shape;
  readonly dtype: Dtype;
  readonly initializer: Filling;
  readonly count: number;
}

/** A model on its way into a file. */
export interface Run {
  readonly file: OutputFile;
  readonly seed: bigint;
  readonly options: Computing;
  readonly script: string;
  /** In the order of their bytes. */
  readonly tensors: readonly Placed<ModelTensor>[];
}

/** How long a part of it took. */
export interface Timing {
  readonly label: string;
  readonly seconds: number;
  /** What did it, in words. */
  readonly by: string;
}

/** What the reading back of a tensor found. */
export interface Checked {
  moments: Moments;
  mismatch: Mismatch | undefined;
}

/** Elements of a piece of work for a thread: a tenth of a second. */
const PIECE = 2 ** 20;

/** Tensor after tensor, chunk after chunk: memory does not grow with the model. */
export async function writeFromGpu({ file, seed, options, tensors }: Run, sampler: Sampler): Promise<Timing[]> {
  const progress = new Progress('generate', elementsOf(tensors));
  let computing = 0;
  let writing = 0;
  const lap = stopwatch();
  for (const { name, shape, dtype, initializer } of tensors) {
    for (const { initializer: one, range } of stretches(shape, initializer)) {
      const chunks = sampler.chunks(one, shape, { seed, name, dtype, math: options.math, range });
      for await (const bytes of chunks) {
        computing += lap();
        await file.write(bytes);
        writing += lap();
        progress.add(bytes.length / bytesPerElement(dtype), bytes.length);
      }
    }
  }
  progress.end();
  return [
    { label: 'generate', seconds: computing, by: `gpu: ${sampler.description}` },
    { label: 'write', seconds: writing, by: '' },
  ];
}

/** The CPU reference on all cores, each piece written where it belongs. */
export async function writeOnThreads(run: Run): Promise<Timing[]> {
  const progress = new Progress('generate', elementsOf(run.tensors));
  const pieces = piecesOf(run, 'write');
  let computing = 0;
  let writing = 0;
  const threads = await performAll(run.script, pieces, (outcome, index) => {
    const { count, dtype } = pieces[index];
    computing += outcome.computing;
    writing += outcome.inFile;
    progress.add(count, count * bytesPerElement(dtype));
  });
  progress.end();
  return [
    { label: 'generate', seconds: computing / Math.max(threads, 1), by: `cpu: ${threads} threads` },
    { label: 'write', seconds: writing / Math.max(threads, 1), by: '' },
  ];
}

/** Reads the file back and compares every element with the CPU reference. */
export async function verify(run: Run, timings: Timing[]): Promise<ReadonlyMap<string, Checked>> {
  const progress = new Progress('verify', elementsOf(run.tensors));
  const begin = performance.now();
  const pieces = piecesOf(run, 'check');
  const outcomes: Checked[] = new Array(pieces.length);
  const threads = await performAll(run.script, pieces, ({ moments, mismatch }, index) => {
    const { count, dtype } = pieces[index];
    outcomes[index] = { moments, mismatch };
    progress.add(count, count * bytesPerElement(dtype));
  });
  progress.end();
  timings.push({ label: 'verify', seconds: (performance.now() - begin) / 1000, by: `cpu reference: ${threads} threads` });
  // Merged in order, whichever thread was first, so that the digits are the same every time.
  const checked = new Map<string, Checked>(run.tensors.map(({ name }) => [name, { moments: NO_VALUES, mismatch: undefined }]));
  pieces.forEach(({ name }, index) => {
    const tensor = checked.get(name)!;
    tensor.moments = mergeMoments(tensor.moments, outcomes[index].moments);
    tensor.mismatch ??= outcomes[index].mismatch;
  });
  return checked;
}

function piecesOf({ file, seed, options, tensors }: Run, task: Work['task']): Work[] {
  const pieces: Work[] = [];
  for (const { name, shape, dtype, initializer, begin } of tensors) {
    for (const { initializer: one, range } of stretches(shape, initializer)) {
      // An orthogonal is computed whole, whatever part of it is asked for.
      const piece = one.resolve(shape).kind === 'orthogonal' ? Math.max(range.count, 1) : PIECE;
      const end = range.start + range.count;
      for (let start = range.start; start < end; start += piece) {
        const position = begin + start * bytesPerElement(dtype);
        const count = Math.min(piece, end - start);
        pieces.push({ task, file: file.temporary, label: file.path, position, name, initializer, shape, dtype, seed, math: options.math, start, count });
      }
    }
  }
  return pieces;
}

function elementsOf(tensors: readonly ModelTensor[]): number {
  return tensors.reduce((total, { count }) => total + count, 0);
}
