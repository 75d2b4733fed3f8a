import type { Fill, Timing } from './fills';

/** How long a fill took, and a constant fill of as many bytes, in seconds. */
export interface Times {
  readonly fill: Timing;
  readonly constant: Timing;
}

/** A pass lasts about so many seconds, because browsers round timestamps to 0.1 ms. */
const PASS_SECONDS = 0.02;
/** More fills in a pass would not make it much more exact. */
const MOST_FILLS = 256;
/** An odd number, for the median. */
const ROUNDS = 3;
/** What takes so many seconds is timed once. */
const LONG_SECONDS = 0.5;
/** What takes so many seconds is not run again: beside them nothing matters that only the first run has to do. */
const VERY_LONG_SECONDS = 2;

/** A constant fill, with the time that it took last. */
export class ConstantFill {
  private constructor(
    private readonly fill: Fill,
    private readonly inPass: number,
    public last: Timing,
  ) {}

  /** @param fill is destroyed with this, and where it fails */
  static async measured(fill: Fill): Promise<ConstantFill> {
    try {
      await fill.run(1);
      const { fills, timing } = await longPass(fill);
      return new ConstantFill(fill, fills, timing);
    } catch (error) {
      fill.destroy();
      throw error;
    }
  }

  async run(): Promise<Timing> {
    return (this.last = await this.fill.run(this.inPass));
  }

  destroy(): void {
    this.fill.destroy();
  }
}

/**
 * Times a fill and a constant fill in turn, so that what else the machine does strikes both. The bytes of the
 * fill are there afterwards.
 * @param first the time of the first run, which is behind it
 */
export async function timeFills(
  fill: Fill,
  first: Timing,
  constant: ConstantFill,
  afterRound: () => void,
): Promise<Times> {
  if (first.wall >= VERY_LONG_SECONDS) return { fill: first, constant: constant.last };
  const { fills, timing } = await longPass(fill);
  const rounds: Times[] = [{ fill: timing, constant: constant.last }];
  while (rounds.length < ROUNDS && timing.wall < LONG_SECONDS) {
    afterRound();
    rounds.push({ constant: await constant.run(), fill: await fill.run(fills) });
  }
  return {
    fill: median(rounds.map((round) => round.fill)),
    constant: median(rounds.map((round) => round.constant)),
  };
}

/** A pass that lasts long enough: how many fills it has, and the time of one of them. */
async function longPass(fill: Fill): Promise<{ fills: number; timing: Timing }> {
  for (let fills = 1; ;) {
    const timing = await fill.run(fills);
    const seconds = (timing.gpu ?? timing.wall) * fills;
    if (seconds >= PASS_SECONDS / 2 || fills === MOST_FILLS) return { fills, timing };
    const wanted = seconds > 0 ? Math.ceil((fills * PASS_SECONDS) / seconds) : MOST_FILLS;
    fills = Math.min(Math.max(wanted, 2 * fills), MOST_FILLS);
  }
}

/** @param timings an odd number of them */
function median(timings: readonly Timing[]): Timing {
  const middle = (values: readonly number[]): number =>
    values.toSorted((a, b) => a - b)[(values.length - 1) / 2];
  const gpu = timings.map((timing) => timing.gpu);
  return {
    wall: middle(timings.map(({ wall }) => wall)),
    gpu: gpu.every((one) => one !== undefined) ? middle(gpu) : undefined,
  };
}
