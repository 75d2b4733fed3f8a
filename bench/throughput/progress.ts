import { duration } from '../../src/text/numbers';

const BAR = 24;
const REDRAW_MS = 500;
/** Off a terminal a line at each step, and so often while one takes long. */
const LINE_MS = 10_000;

/** How far a list of steps is, whose times are known roughly, on stderr. */
export class StepProgress {
  private readonly begin = performance.now();
  private done = 0;
  private current: { readonly label: string; readonly seconds: number; readonly begin: number } | undefined;
  private timer: NodeJS.Timeout | undefined;

  /** @param planned seconds that all steps will take about */
  constructor(
    private readonly planned: number,
    private readonly stream: NodeJS.WriteStream = process.stderr,
  ) {}

  /** Begins a step that will take so many seconds, of those that were planned. */
  step(label: string, seconds: number): void {
    this.finish();
    this.current = { label, seconds, begin: performance.now() };
    this.draw();
    this.timer ??= setInterval(() => this.draw(), this.stream.isTTY ? REDRAW_MS : LINE_MS);
    this.timer.unref();
  }

  /** A line that stays. */
  say(line: string): void {
    this.clear();
    this.stream.write(`${line}\n`);
  }

  end(): void {
    this.finish();
    this.clear();
    clearInterval(this.timer);
  }

  private finish(): void {
    this.done += this.current?.seconds ?? 0;
    this.current = undefined;
  }

  private clear(): void {
    if (this.stream.isTTY) this.stream.write('\r\x1b[K');
  }

  private draw(): void {
    if (this.current === undefined) return;
    const { label, seconds, begin } = this.current;
    const now = performance.now();
    const part = Math.min((now - begin) / 1000, seconds);
    const share = Math.min((this.done + part) / this.planned, 1);
    // Once there is something to learn from, the plan is corrected by what finished steps were off.
    const pace = this.done > 0.1 * this.planned ? (begin - this.begin) / 1000 / this.done : 1;
    const left = Math.max(this.planned - this.done - part, 0) * pace;
    const percent = `${Math.floor(share * 100)} %`.padStart(5);
    const full = Math.round(share * BAR);
    const text = `${percent}  ${label}, ${duration(left)} left`;
    this.stream.write(
      this.stream.isTTY
        ? `\rbench [${'#'.repeat(full)}${'.'.repeat(BAR - full)}] ${text}\x1b[K`
        : `bench ${text}\n`,
    );
  }
}
