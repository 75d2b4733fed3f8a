import { availableParallelism } from 'node:os';
import type { Chunk, Job, Sampler } from '../index';
import { isBitwise, isSequential } from '../verify/comparison';
import { type PieceRequest, pieceOf } from './compute_pieces';
import type { Task } from './tasks';
import { Workers } from './workers';

/** The elements of a task for a thread. */
const TASK_ELEMENTS = 2 ** 17;
/** The most pieces of a task, however small they are. */
const TASK_PIECES = 1000;
/** Fewer elements are computed before a thread has started. */
const WORTH_THREADS = 2 ** 19;
/** A thread has so many tasks at a time, so that it does not wait while a result is used. */
const TASKS_AHEAD = 2;

/** How jobs are computed, beside by the sampler. */
export interface Computing {
  /** The URL of the bundled command line, which threads load. */
  readonly script: string;
  /** Is called with the share, in [0, 1], of the work before the first chunk of a tensor that is computed whole. */
  readonly onProgress?: (share: number) => void;
}

/**
 * The bytes of jobs, one after the other, in bounded memory, as the sampler gives them. What the sampler would compute
 * on one thread is computed on as many as the machine has cores.
 */
export async function* computeJobs(
  sampler: Sampler,
  jobs: readonly Job[],
  { script, onProgress }: Computing,
): AsyncGenerator<Chunk> {
  const slow = jobs.filter((job) => sampler.usesOneThread(job) && isDivisible(job));
  const elements = slow.reduce((sum, { range }) => sum + range.count, 0);
  const count = availableParallelism();
  if (elements < WORTH_THREADS || count === 1) {
    yield* sampler.chunksOfJobs(jobs, { onProgress });
    return;
  }
  const workers = new Workers<Task, readonly Uint8Array[]>(script, count);
  try {
    for (let begin = 0, end = 0; begin < jobs.length; begin = end) {
      const divisible = isDivisible(jobs[begin]);
      while (end < jobs.length && isDivisible(jobs[end]) === divisible) end++;
      const run = jobs.slice(begin, end);
      const chunks = divisible ? onThreads(workers, run) : sampler.chunksOfJobs(run, { onProgress });
      for await (const chunk of chunks) yield { ...chunk, index: begin + chunk.index };
    }
  } finally {
    await workers.terminate();
  }
}

/** Whether parts of a job can be computed by themselves, at no higher cost. */
function isDivisible({ stretches }: Job): boolean {
  return stretches.every(({ draw, params }) => isBitwise(draw, 'exact') && !isSequential(params));
}

interface Piece extends PieceRequest {
  /** The index of its job. */
  readonly index: number;
}

async function* onThreads(
  workers: Workers<Task, readonly Uint8Array[]>,
  jobs: readonly Job[],
): AsyncGenerator<Chunk> {
  const tasks = tasksOf(jobs);
  const asked: { readonly pieces: readonly Piece[]; readonly answer: Promise<readonly Uint8Array[]> }[] = [];
  let next = 0;
  const ask = (): void => {
    const { value: pieces } = tasks.next();
    if (pieces === undefined) return;
    const answer = workers.ask(next++ % workers.count, { kind: 'compute', pieces });
    answer.catch(() => {}); // It is awaited below.
    asked.push({ pieces, answer });
  };
  for (let i = 0; i < TASKS_AHEAD * workers.count; i++) ask();
  for (let first = asked.shift(); first !== undefined; first = asked.shift()) {
    const parts = await first.answer;
    ask();
    for (const [i, { index, range }] of first.pieces.entries())
      yield { index, start: range.start, bytes: parts[i] };
  }
}

/** The elements of jobs in order, in pieces of bounded size, small ones together. */
function* tasksOf(jobs: readonly Job[]): Generator<readonly Piece[], undefined> {
  let pieces: Piece[] = [];
  let elements = 0;
  for (const [index, job] of jobs.entries()) {
    for (const { draw, range } of job.stretches) {
      const end = range.start + range.count;
      for (let start = range.start; start < end;) {
        const count = Math.min(TASK_ELEMENTS - elements, end - start);
        pieces.push({ ...pieceOf(job, draw, { start, count }), index });
        start += count;
        elements += count;
        if (elements < TASK_ELEMENTS && pieces.length < TASK_PIECES) continue;
        yield pieces;
        pieces = [];
        elements = 0;
      }
    }
  }
  if (pieces.length > 0) yield pieces;
  return undefined;
}
