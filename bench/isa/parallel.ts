import { availableParallelism } from 'node:os';

/** Runs tasks, as many at a time as there are cores. Rejects with the first error, once all that were begun are done. */
export async function parallel(tasks: readonly (() => Promise<void>)[]): Promise<void> {
  const left = [...tasks];
  const errors: unknown[] = [];
  const work = async (): Promise<void> => {
    for (let task = left.shift(); task !== undefined && errors.length === 0; task = left.shift())
      await task().catch((error: unknown) => void errors.push(error));
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  if (errors.length > 0) throw errors[0];
}
