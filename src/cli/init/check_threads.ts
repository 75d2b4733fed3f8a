import { availableParallelism } from 'node:os';
import type { Task } from '../tasks';
import { Workers } from '../workers';
import type { CheckRequest, CheckResult } from './element_check';

/** Checks of so many elements together are sent to a thread at once. */
const BATCH_ELEMENTS = 2 ** 16;
/** The most checks that are sent at once, however small they are. */
const BATCH_CHECKS = 1000;
/** A thread has so many batches at a time, so that it does not wait for the next one. */
const TASKS_AHEAD = 2;

/**
 * Performs checks on as many threads as the machine has cores. Each takes another check when it has
 * done one.
 * @param script the URL of the bundled command line, which threads load
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
  const workers = new Workers<Task, readonly CheckResult[]>(script, count);
  const work = async (_: unknown, i: number): Promise<void> => {
    for (const { first, checks } of queue) {
      const results = await workers.ask(i % count, { kind: 'check', checks });
      for (const [i, result] of results.entries()) onResult(result, first + i);
    }
  };
  try {
    await Promise.all(Array.from({ length: TASKS_AHEAD * count }, work));
  } finally {
    await workers.terminate();
  }
  return count;
}

/** The checks in order, small ones together, each batch with the index of its first. */
function* batches(
  requests: readonly CheckRequest[],
): Generator<{ readonly first: number; readonly checks: readonly CheckRequest[] }> {
  for (let first = 0, end = 0; first < requests.length; first = end) {
    let elements = 0;
    do elements += requests[end++].range.count;
    while (end < requests.length && elements < BATCH_ELEMENTS && end - first < BATCH_CHECKS);
    yield { first, checks: requests.slice(first, end) };
  }
}
