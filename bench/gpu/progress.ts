import { duration } from '../../src/text/numbers';

const BAR = 24;
const REDRAW_MS = 500;
/** Off a terminal there is a line for each step, and so often one while a step takes long. */
const LINE_MS = 15_000;

/** How much of its time a run has taken, and what it does, on stderr. */
export class TimeProgress {
  private readonly begin = performance.now();
  private label = '';
  private timer: NodeJS.Timeout | undefined;

  /** @param milliseconds that the run may take */
  constructor(
    private readonly milliseconds: number,
    private readonly stream: NodeJS.WriteStream = process.stderr,
  ) {}

  /** Begins a step. */
  step(label: string): void {
    this.label = label;
    clearInterval(this.timer);
    this.draw();
    this.timer = setInterval(() => this.draw(), this.stream.isTTY ? REDRAW_MS : LINE_MS);
    this.timer.unref();
  }

  /** A line that stays. */
  say(line: string): void {
    this.clear();
    this.stream.write(`${line}\n`);
  }

  end(): void {
    clearInterval(this.timer);
    this.clear();
  }

  private clear(): void {
    if (this.stream.isTTY) this.stream.write('\r\x1b[K');
  }

  private draw(): void {
    const elapsed = performance.now() - this.begin;
    const share = Math.min(elapsed / this.milliseconds, 1);
    const full = Math.round(share * BAR);
    const left = duration(Math.max(this.milliseconds - elapsed, 0) / 1000);
    const text = `${`${Math.floor(share * 100)} %`.padStart(5)}  ${this.label}, at most ${left} left`;
    this.stream.write(
      this.stream.isTTY
        ? `\rbench [${'#'.repeat(full)}${'.'.repeat(BAR - full)}] ${text}\x1b[K`
        : `bench ${text}\n`,
    );
  }
}
