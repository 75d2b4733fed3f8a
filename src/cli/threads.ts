import { availableParallelism } from 'node:os';
import { parentPort, Worker } from 'node:worker_threads';
import { ArgumentError } from '../core/errors';
import { type Outcome, perform, type Work } from './work';

type OnDone = (outcome: Outcome, index: number) => boolean | void;
type Queue = IterableIterator<[number, Work]>;
type Reply = { readonly outcome: Outcome } | { readonly fault: string; readonly isArgument: boolean };

/**
 * Performs all pieces on as many threads as the machine has cores, each taking the next piece
 * when it has done one.
 * @param script the URL of a module that calls `serve` on a thread: the bundled command line itself
 * @param onDone called for every piece, in no particular order; where it returns true, no further
 *   piece is begun, so that all before it in order are done at the end
 * @returns how many threads there were
 */
export async function performAll(script: string, pieces: readonly Work[], onDone: OnDone): Promise<number> {
  const queue = pieces.entries();
  const workers = Array.from(
    { length: Math.min(availableParallelism(), pieces.length) },
    () => new Worker(new URL(script)),
  );
  try {
    await Promise.all(workers.map((worker) => drive(worker, queue, onDone)));
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
  return workers.length;
}

async function drive(worker: Worker, queue: Queue, onDone: OnDone): Promise<void> {
  for (let next = queue.next(); !next.done; next = queue.next()) {
    const [index, work] = next.value;
    if (onDone(await ask(worker, work), index) === true) for (const _ of queue);
  }
}

async function ask(worker: Worker, work: Work): Promise<Outcome> {
  const reply = await new Promise<Reply>((resolve, reject) => {
    const ended = (code: number): void => reject(new Error(`a thread ended with code ${code}`));
    worker.once('error', reject);
    worker.once('exit', ended);
    worker.once('message', (message: Reply) => {
      worker.off('error', reject);
      worker.off('exit', ended);
      resolve(message);
    });
    worker.postMessage(work);
  });
  if ('outcome' in reply) return reply.outcome;
  throw reply.isArgument ? new ArgumentError(reply.fault) : new Error(reply.fault);
}

/** A thread's side: one piece at a time, until it is terminated. */
export function serve(): void {
  parentPort!.on('message', async (work: Work) => {
    let reply: Reply;
    try {
      reply = { outcome: await perform(work) };
    } catch (error) {
      reply = { fault: (error as Error).message, isArgument: error instanceof ArgumentError };
    }
    parentPort!.postMessage(reply);
  });
}
