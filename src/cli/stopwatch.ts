/** Returns a function that gives the seconds since it was last called, or since it was made. */
export function stopwatch(): () => number {
  let last = performance.now();
  return () => {
    const now = performance.now();
    const seconds = (now - last) / 1000;
    last = now;
    return seconds;
  };
}

/** How long a part of a run took. The parts follow one another, so together they are the run. */
export interface Timing {
  readonly label: string;
  readonly seconds: number;
  /** What did the work, or what was waited for, in words. */
  readonly by: string;
  /** Whether all elements were worked on in this part and in no other, so that it has a rate. */
  readonly rated: boolean;
}

/** What a process did from its start to this call. */
export function setUp(): Timing {
  return rest('set-up', [], 'program, model, device');
}

/** What it did from the end of the other parts to this call. */
export function rest(label: string, others: readonly Timing[], by: string): Timing {
  const before = others.reduce((sum, { seconds }) => sum + seconds, 0);
  return { label, seconds: performance.now() / 1000 - before, by, rated: false };
}
