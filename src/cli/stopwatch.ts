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

/** How long a part of a run took. */
export interface Timing {
  readonly label: string;
  readonly seconds: number;
  /** What did the work, in words. */
  readonly by: string;
}
