import { alternate } from '../throughput/alternate';
import type { Timing } from '../throughput/makers/maker';
import { type Spread, spreadOf } from '../throughput/spread';
import type { Repeatable } from './fills';
import type { Clock } from './row';

/** A pass lasts about so many milliseconds, beside which its begin and its end do not matter. */
const PASS_MS = 10;
const MOST_IN_PASS = 64;
/** What takes so many milliseconds is not warmed up: beside them nothing matters that only the first run has to do. */
const LONG_MS = 1000;
/** Two passes in a row that differ by no more than this say that the card's clock has settled. */
const SETTLED = 0.03;
/** A busy card settles never. */
const MOST_WARM_UP_MS = 400;

/** What is ready to be timed. */
export interface Warm {
  readonly repeatable: Repeatable;
  readonly inPass: number;
  /** Milliseconds of one run, by the last pass. */
  readonly estimate: number;
}

/** Times of a repeatable, in milliseconds of one run. */
export interface Timed {
  readonly clock: Clock;
  readonly time: Spread;
  readonly wall: Spread;
  readonly runs: number;
  readonly inPass: number;
}

/** Makes passes longer until they are long enough, and then repeats them until two in a row take the same time. */
export async function warmUp(repeatable: Repeatable, mostMilliseconds = MOST_WARM_UP_MS): Promise<Warm> {
  const begin = performance.now();
  let inPass = 1;
  let last = lengthOf(await repeatable.run(1));
  while (performance.now() - begin < mostMilliseconds && last < LONG_MS) {
    const before = last / inPass;
    if (last < PASS_MS / 2 && inPass < MOST_IN_PASS) {
      const wanted = last > 0 ? Math.ceil((inPass * PASS_MS) / last) : MOST_IN_PASS;
      inPass = Math.min(Math.max(wanted, 2 * inPass), MOST_IN_PASS);
      last = lengthOf(await repeatable.run(inPass));
    } else {
      last = lengthOf(await repeatable.run(inPass));
      if (Math.abs(last / inPass - before) <= SETTLED * before) break;
    }
  }
  return { repeatable, inPass, estimate: last / inPass };
}

/** Milliseconds of a pass, by the card's clock where it has one. */
export const lengthOf = ({ wall, gpu }: Timing): number => gpu ?? wall;

/** Runs all in turns for so many milliseconds together, and gives the times of each. */
export async function timeInTurns(all: readonly Warm[], milliseconds: number): Promise<Timed[]> {
  const runners = all.map(({ repeatable, inPass }) => ({ run: () => repeatable.run(inPass) }));
  const runs = await alternate(runners, milliseconds);
  return runs.map(({ timings, fault }, i) => {
    if (fault !== undefined) throw fault;
    return timesOf(timings, all[i].inPass);
  });
}

/** @param timings at least one, each of so many runs in a pass */
export function timesOf(timings: readonly Timing[], inPass: number): Timed {
  const of = (times: readonly number[]): Spread => spreadOf(times.map((time) => time / inPass));
  const wall = of(timings.map((timing) => timing.wall));
  const gpu = timings.flatMap((timing) => timing.gpu ?? []);
  // Some drivers give no sense now and then; a spread of two clocks would be none.
  const isTimestamps = gpu.length === timings.length;
  return {
    clock: isTimestamps ? 'timestamp queries' : 'wall clock',
    time: isTimestamps ? of(gpu) : wall,
    wall,
    runs: timings.length,
    inPass,
  };
}
