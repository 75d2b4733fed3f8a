import { bytesPerElement } from '../core/dtype';
import type { Placed } from '../formats/safetensors';
import { mergeMoments, type Moments, NO_VALUES } from '../statistics/moments';
import type { ResolvedTensor } from '../models/resolved';
import { plural } from '../text/numbers';
import type { Computing } from './options';
import { Progress } from './progress';
import { stopwatch } from './stopwatch';
import { performAll } from './threads';
import type { Mismatch, Outcome, Work } from './work';

/** The tensors of a file and how they are computed. */
export interface Run {
  /** What messages call the file. */
  readonly label: string;
  readonly seed: bigint;
  readonly options: Computing;
  /** The bundled command line, for threads. */
  readonly script: string;
  /** In the order of their bytes. */
  readonly tensors: readonly Placed<ResolvedTensor>[];
  /** The same as the model lists them. */
  readonly listed: readonly ResolvedTensor[];
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

/** An element of a tensor that is not what it should be. */
export interface Difference extends Mismatch {
  readonly name: string;
}

/** Elements of a piece of work for a thread: a tenth of a second. */
const PIECE = 2 ** 20;

/**
 * The CPU reference on all cores, each piece written where it belongs.
 * @param place where the bytes go
 */
export async function writeOnThreads(run: Run, place: string): Promise<Timing[]> {
  let computing = 0;
  let writing = 0;
  const threads = await onThreads(run, place, 'write', 'generate', (_, outcome) => {
    computing += outcome.computing;
    writing += outcome.inFile;
  });
  return [
    { label: 'generate', seconds: computing / Math.max(threads, 1), by: `cpu: ${plural(threads, 'thread')}` },
    { label: 'write', seconds: writing / Math.max(threads, 1), by: '' },
  ];
}

/**
 * Compares every element with the CPU reference, up to the first that differs.
 * @param place where the bytes are
 */
export async function compareOnThreads(
  run: Run,
  place: string,
): Promise<{ timing: Timing; difference: Difference | undefined }> {
  const lap = stopwatch();
  let first: { index: number; difference: Difference } | undefined;
  const threads = await onThreads(run, place, 'check', 'compare', ({ name }, { mismatch }, index) => {
    if (mismatch !== undefined && index < (first?.index ?? Infinity))
      first = { index, difference: { name, ...mismatch } };
    return first !== undefined;
  });
  return {
    timing: { label: 'compare', seconds: lap(), by: `cpu: ${plural(threads, 'thread')}` },
    difference: first?.difference,
  };
}

/** Compares every element with the CPU reference, and gathers each tensor's numbers. */
export async function verify(
  run: Run,
  place: string,
  timings: Timing[],
): Promise<ReadonlyMap<string, Checked>> {
  const lap = stopwatch();
  const outcomes: { name: string; outcome: Outcome }[] = [];
  const threads = await onThreads(run, place, 'check', 'verify', ({ name }, outcome, index) => {
    outcomes[index] = { name, outcome };
  });
  timings.push({ label: 'verify', seconds: lap(), by: `cpu reference: ${plural(threads, 'thread')}` });
  // Merged in order, whichever thread was first, so that the digits are the same every time.
  const checked = new Map<string, Checked>(
    run.tensors.map(({ name }) => [name, { moments: NO_VALUES, mismatch: undefined }]),
  );
  for (const { name, outcome } of outcomes) {
    const tensor = checked.get(name)!;
    tensor.moments = mergeMoments(tensor.moments, outcome.moments);
    tensor.mismatch ??= outcome.mismatch;
  }
  return checked;
}

export function elementsOf(tensors: readonly ResolvedTensor[]): number {
  return tensors.reduce((total, { count }) => total + count, 0);
}

/** @returns how many threads there were */
async function onThreads(
  run: Run,
  place: string,
  task: Work['task'],
  label: string,
  onDone: (work: Work, outcome: Outcome, index: number) => boolean | void,
): Promise<number> {
  const pieces = piecesOf(run, place, task);
  const progress = new Progress(label, elementsOf(run.tensors));
  const threads = await performAll(run.script, pieces, (outcome, index) => {
    const { count, dtype } = pieces[index];
    progress.add(count, count * bytesPerElement(dtype));
    return onDone(pieces[index], outcome, index);
  });
  progress.end();
  return threads;
}

function piecesOf({ label, seed, options, tensors }: Run, file: string, task: Work['task']): Work[] {
  const pieces: Work[] = [];
  for (const { name, shape, dtype, initializer, stretches, begin } of tensors) {
    for (const { initializer: one, range } of stretches) {
      // An orthogonal is computed whole, whatever part of it is asked for.
      const piece = one.resolve(shape).kind === 'orthogonal' ? Math.max(range.count, 1) : PIECE;
      const end = range.start + range.count;
      for (let start = range.start; start < end; start += piece) {
        const position = begin + start * bytesPerElement(dtype);
        const count = Math.min(piece, end - start);
        pieces.push({
          task,
          file,
          label,
          position,
          name,
          initializer,
          shape,
          dtype,
          seed,
          math: options.math,
          start,
          count,
        });
      }
    }
  }
  return pieces;
}
