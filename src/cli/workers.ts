import { parentPort, Worker } from 'node:worker_threads';

type Reply = { readonly result: unknown } | { readonly fault: string };

interface Waiting {
  resolve(result: unknown): void;
  reject(error: Error): void;
}

/**
 * Threads that perform tasks. They load the bundled command line itself.
 * @template Task plain data
 * @template Result plain data
 */
export class Workers<Task, Result> {
  private readonly workers: readonly Worker[];
  /** What each worker was asked and has not answered, in order. */
  private readonly waiting = new Map<Worker, Waiting[]>();

  /** @param script the URL of a module that calls `serveTasks` on a thread */
  constructor(script: string, count: number) {
    this.workers = Array.from({ length: count }, () => new Worker(new URL(script)));
    for (const worker of this.workers) {
      const waiting: Waiting[] = [];
      this.waiting.set(worker, waiting);
      const fail = (error: Error): void => {
        for (const { reject } of waiting.splice(0)) reject(error);
      };
      worker.on('error', fail);
      worker.on('exit', (code) => fail(new Error(`a thread ended with code ${code}`)));
      worker.on('message', (reply: Reply) => {
        const { resolve, reject } = waiting.shift()!;
        // The arguments were checked before, so that it is a fault while running, even a file that is gone.
        if ('fault' in reply) reject(new Error(reply.fault));
        else resolve(reply.result);
      });
    }
  }

  get count(): number {
    return this.workers.length;
  }

  /**
   * @param index of the worker. It performs what it is asked in order.
   * @throws Error (as a rejection) where the task failed or the thread ended
   */
  ask(index: number, task: Task): Promise<Result> {
    const worker = this.workers[index];
    const answer = new Promise<unknown>((resolve, reject) => {
      this.waiting.get(worker)!.push({ resolve, reject });
    });
    worker.postMessage(task);
    return answer as Promise<Result>;
  }

  async terminate(): Promise<void> {
    await Promise.all(this.workers.map((worker) => worker.terminate()));
  }
}

/**
 * The thread's side: performs one task after the other, until the thread is terminated.
 * @param perform gives the result, and the memory in it that is handed over
 */
export function serve<Task>(
  perform: (task: Task) => Promise<{ readonly result: unknown; readonly memory: readonly ArrayBuffer[] }>,
): void {
  let before = Promise.resolve();
  parentPort!.on('message', (task: Task) => {
    before = before.then(async () => {
      try {
        const { result, memory } = await perform(task);
        parentPort!.postMessage({ result } satisfies Reply, memory);
      } catch (error) {
        parentPort!.postMessage({ fault: (error as Error).message } satisfies Reply);
      }
    });
  });
}
