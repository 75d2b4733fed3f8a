/** A part of the run: its name, and its weight where time is shared out. */
export interface Share<Name extends string> {
  readonly name: Name;
  readonly weight: number;
}

/** When a part shall end, and when it is ended, in milliseconds of the clock. */
export interface Allowance {
  /** After this nothing begins. */
  readonly soft: number;
  /** After this what has not ended is stopped. */
  readonly hard: number;
}

/** What a part may take beyond its share, of all time. */
const SLACK = 0.06;
/** What is kept for the report, of all time. */
const RESERVE = 0.02;

/**
 * Shares the time of a run out to its parts, in their order. What a part leaves goes to the parts after it, and what
 * it takes too much is missing there. No allowance ends after the run.
 */
export class Budget<Name extends string> {
  private readonly end: number;
  private readonly slack: number;

  /**
   * @param milliseconds of the whole run
   * @param clock in milliseconds
   */
  constructor(
    milliseconds: number,
    private readonly shares: readonly Share<Name>[],
    private readonly clock: () => number = () => performance.now(),
  ) {
    this.end = clock() + milliseconds * (1 - RESERVE);
    this.slack = milliseconds * SLACK;
  }

  /** Milliseconds that are left for all parts, never less than 0. */
  get left(): number {
    return Math.max(this.end - this.clock(), 0);
  }

  /** The allowance of a part that begins now, after those before it. */
  begin(name: Name): Allowance {
    const at = this.shares.findIndex((share) => share.name === name);
    if (at < 0) throw new Error(`the budget has no part ${name}`);
    const rest = this.shares.slice(at).reduce((sum, { weight }) => sum + weight, 0);
    const now = this.clock();
    const soft = now + (this.left * this.shares[at].weight) / rest;
    return { soft, hard: Math.min(soft + this.slack, Math.max(this.end, now)) };
  }
}
