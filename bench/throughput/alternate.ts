import type { Timing } from './makers/maker';

/** Runs of one contender at most. */
const MAX_RUNS = 25;
/**
 * A median of fewer says nothing about spread, so they are made
 * even where all together then take PATIENCE times as long.
 */
const MIN_RUNS = 3;
const PATIENCE = 1.5;

export interface Runner {
  run(): Promise<Timing>;
}

/** What a runner gave: its timings, or a fault that ended them. */
export interface Runs {
  readonly timings: Timing[];
  fault?: unknown;
}

/**
 * Runs all in turns, so that whatever else the machine does meets all of them alike; each round
 * begins with another one. Each has an equal share of the time, and those that are fast enough
 * run MAX_RUNS times.
 * @param milliseconds for all together
 */
export async function alternate(runners: readonly Runner[], milliseconds: number): Promise<Runs[]> {
  const share = milliseconds / runners.length;
  const runs = runners.map((): Runs => ({ timings: [] }));
  const spent = runners.map(() => 0);
  const wants = (i: number): boolean => {
    const { timings, fault } = runs[i];
    if (fault !== undefined || timings.length >= MAX_RUNS) return false;
    if (timings.length === 0) return true;
    const next = spent[i] / timings.length;
    if (spent[i] + next <= share) return true;
    return (
      timings.length < MIN_RUNS && spent.reduce((sum, one) => sum + one, next) <= PATIENCE * milliseconds
    );
  };
  for (let round = 0, ran = true; ran; round++) {
    ran = false;
    for (let k = 0; k < runners.length; k++) {
      const i = (k + round) % runners.length;
      if (!wants(i)) continue;
      ran = true;
      try {
        const timing = await runners[i].run();
        runs[i].timings.push(timing);
        spent[i] += timing.wall;
      } catch (fault) {
        runs[i].fault = fault;
      }
    }
  }
  return runs;
}
