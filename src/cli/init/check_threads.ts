import { availableParallelism } from 'node:os';
import { parentPort, Worker } from 'node:worker_threads';
import { Sampler } from '../../index';
import { type CheckRequest, type CheckResult, ElementCheck } from './element_check';

type Reply = { readonly results: readonly CheckResult[] } | { readonly fault: string };

/** Checks of so many elements together are sent to a thread at once. */
const BATCH_ELEMENTS = 2 ** 16;
/** The most checks that are sent at once, however small they are. */
const BATCH_CHECKS = 1000;

/**
 * Performs checks on as many threads as the machine has cores. Each takes the next check when it
 * has done one.
 *
 * The reference has threads of its own because it is far slower than what writes the file. On two
 * cores the 124,439,808 elements of GPT-2 are written in 1 s, and checked in 15 s by one thread and
 * in 9 s by two.
 * @param script the URL of a module that calls `serveChecks` on a thread: the bundled command line
 *   itself
 * @param onResult called for every check, in no particular order
 * @returns how many threads there were
 */
export async function checkOnThreads(
  script: string,
  requests: readonly CheckRequest[],
  onResult: (result: CheckResult, index: number) => void,
): Promise<number> {
  const queue = batches(requests);
  const count = Math.min(availableParallelism(), requests.length);
  const workers = Array.from({ length: count }, () => new Worker(new URL(script)));
  try {
    await Promise.all(
      workers.map(async (worker) => {
        for (const { first, batch } of queue) {
          const results = await ask(worker, batch);
          for (const [i, result] of results.entries()) onResult(result, first + i);
        }
      }),
    );
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
  return count;
}

/** The checks in order, small ones together, each batch with the index of its first. */
function* batches(
  requests: readonly CheckRequest[],
): Generator<{ readonly first: number; readonly batch: readonly CheckRequest[] }> {
  for (let first = 0, end = 0; first < requests.length; first = end) {
    let elements = 0;
    do elements += requests[end++].range.count;
    while (end < requests.length && elements < BATCH_ELEMENTS && end - first < BATCH_CHECKS);
    yield { first, batch: requests.slice(first, end) };
  }
}

async function ask(worker: Worker, batch: readonly CheckRequest[]): Promise<readonly CheckResult[]> {
  const reply = await new Promise<Reply>((resolve, reject) => {
    const ended = (code: number): void => reject(new Error(`a thread ended with code ${code}`));
    worker.once('error', reject);
    worker.once('exit', ended);
    worker.once('message', (message: Reply) => {
      worker.off('error', reject);
      worker.off('exit', ended);
      resolve(message);
    });
    worker.postMessage(batch);
  });
  if ('results' in reply) return reply.results;
  // The arguments were checked before, so that it is a fault while running, even a file that is gone.
  throw new Error(reply.fault);
}

/** The thread's side: performs one batch of checks at a time, until the thread is terminated. */
export function serveChecks(): void {
  const opened = Sampler.create({ backend: 'cpu', cpu: 'reference' }).then(ElementCheck.open);
  opened.catch(() => {}); // Each batch reports it.
  parentPort!.on('message', async (batch: readonly CheckRequest[]) => {
    let reply: Reply;
    try {
      reply = { results: await (await opened).check(batch) };
    } catch (error) {
      reply = { fault: (error as Error).message };
    }
    parentPort!.postMessage(reply);
  });
}
