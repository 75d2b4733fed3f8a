import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** The bytes on the heap that something still refers to. */
async function heapBytes(): Promise<number> {
  for (let round = 0; round < 3; round++) {
    collect();
    await new Promise((resolve) => setTimeout(resolve, 20)); // Finalizers run between the rounds.
  }
  return process.memoryUsage().heapUsed;
}

/** So many calls run at a time, because a device is polled only now and then. */
const AT_A_TIME = 50;

/**
 * The bytes that each of `calls` calls leaves behind on the heap, once half as many have warmed it up.
 * What the engine compiles late is kept once, and a leak in every call. So the calls run in two halves, and
 * the half that leaves less counts.
 */
export async function bytesKept(calls: number, call: () => Promise<void> | void): Promise<number> {
  const run = async (count: number): Promise<void> => {
    for (let done = 0; done < count; done += AT_A_TIME)
      await Promise.all(Array.from({ length: AT_A_TIME }, call));
  };
  await run(calls / 2);
  const before = await heapBytes();
  await run(calls / 2);
  const between = await heapBytes();
  await run(calls / 2);
  return Math.min(between - before, (await heapBytes()) - between) / (calls / 2);
}
