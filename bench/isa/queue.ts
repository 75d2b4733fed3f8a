import { WORKGROUP_SIZE } from '../../src/backends/gpu/pipelines/variant';
import type { Attempts } from './attempts';

/** How often a wave turns in the two loops of main_compacted, on average. */
export interface QueueTurns {
  /** The loop that puts groups into the queue. */
  readonly enqueue: number;
  /** The loop that takes groups from it, and draws their rejected elements again. */
  readonly draw: number;
}

/**
 * Simulates the queue of shaders/entry/rejection.wgsl. A wave turns until its last lane is done, and the waves of a
 * workgroup take their turns side by side.
 * @param elements of a group
 * @param groups of an invocation
 * @param lanes of a wave
 * @param workgroups how many are simulated; with more the mean is more exact
 */
export function turnsOfQueue(
  attempts: Attempts,
  elements: number,
  groups: number,
  lanes: number,
  workgroups = 2000,
): QueueTurns {
  const random = generator();
  const sample = sampler(attempts, random);
  const waves = WORKGROUP_SIZE / lanes;
  let enqueue = 0;
  let draw = 0;
  for (let i = 0; i < workgroups; i++) {
    /** How often each group that is in the queue is drawn. */
    const queue: number[] = [];
    const most = Array.from({ length: waves }, () => 0);
    for (let invocation = 0; invocation < WORKGROUP_SIZE; invocation++) {
      let own = 0;
      for (let group = 0; group < groups; group++) {
        let times = 0;
        for (let element = 0; element < elements; element++) times += sample();
        if (times === 0) continue;
        queue.push(times);
        own++;
      }
      const wave = Math.floor(invocation / lanes);
      most[wave] = Math.max(most[wave], own);
    }
    enqueue += sum(most) / waves;
    draw += sum(drain(queue, waves, lanes)) / waves;
  }
  return { enqueue: enqueue / workgroups, draw: draw / workgroups };
}

/** Lets all lanes take from the queue until it is empty. @returns the turns of each wave */
function drain(queue: number[], waves: number, lanes: number): number[] {
  const left = Array.from({ length: waves }, () => Array.from({ length: lanes }, () => 0));
  const turns = left.map(() => 0);
  for (let busy = true; busy;) {
    busy = false;
    left.forEach((own, wave) => {
      let draws = false;
      for (let lane = 0; lane < lanes; lane++) {
        if (own[lane] === 0) own[lane] = queue.pop() ?? 0;
        if (own[lane] === 0) continue;
        own[lane]--;
        draws = true;
      }
      turns[wave] += Number(draws);
      busy ||= draws;
    });
  }
  return turns;
}

/** Draws numbers of attempts. */
function sampler(attempts: Attempts, random: () => number): () => number {
  const MOST = 4096;
  const below: number[] = [];
  for (let total = 0, times = 0; total < 1 - 1e-9 && times < MOST; times++)
    below.push((total += attempts(times)));
  return () => {
    const u = random();
    let times = 0;
    while (times < below.length - 1 && u >= below[times]) times++;
    return times;
  };
}

/** Numbers from 0 to 1, the same in each run. */
function generator(): () => number {
  let state = 0x9e3779b9;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0);
}
