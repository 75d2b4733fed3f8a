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
  /** What was worked on in this part and in no other, so that it has a rate. */
  readonly work?: Work;
}

/** How much was worked on. */
export interface Work {
  readonly elements: number;
  readonly bytes: number;
}

/** Two amounts together; undefined where one is not known. */
function addWork(a: Work | undefined, b: Work | undefined): Work | undefined {
  return a && b && { elements: a.elements + b.elements, bytes: a.bytes + b.bytes };
}

/** The parts of a run, from the start of the process on. */
export class Timings {
  private readonly parts = new Map<string, Timing>();

  /** Adds a part. It makes a part of the same label longer. */
  add(part: Timing): void {
    const before = this.parts.get(part.label);
    const seconds = part.seconds + (before?.seconds ?? 0);
    this.parts.set(
      part.label,
      before === undefined ? part : { ...part, seconds, work: addWork(before.work, part.work) },
    );
  }

  /** Adds the time up to this call that no part has. */
  addRest(label: string, by: string): void {
    const before = this.list().reduce((sum, { seconds }) => sum + seconds, 0);
    this.add({ label, seconds: performance.now() / 1000 - before, by });
  }

  list(): readonly Timing[] {
    return [...this.parts.values()];
  }
}
