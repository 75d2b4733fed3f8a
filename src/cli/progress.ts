import { byteRate, duration, elementRate } from '../text/numbers';

const BAR = 24;
const TERMINAL_MS = 100;
const LINE_MS = 3000;
/** Lines come more and more rarely, so that a day of work prints some hundred of them. */
const LINE_SHARE = 0.1;
/** The time, or the share of the work, that must have passed before the time left is estimated. */
const RATE_SECONDS = 20;
const RATE_SHARE = 0.01;

/**
 * Shows on stderr how far the work is, with its rate and the time left: on a terminal a bar that
 * redraws itself, elsewhere a line now and then. Short work prints nothing.
 */
export class Progress {
  private shown = 0;
  private elements = 0;
  private bytes = 0;
  /** What had been done when the clock was started; what came before that was preparation. */
  private first: { readonly at: number; readonly elements: number; readonly bytes: number } | undefined;
  private drawn = false;

  constructor(
    private readonly label: string,
    private readonly total: number,
    private readonly stream: NodeJS.WriteStream = process.stderr,
  ) {}

  add(elements: number, bytes: number): void {
    this.elements += elements;
    this.bytes += bytes;
    const now = performance.now();
    if (this.first === undefined) {
      this.first = { at: now, elements: this.elements, bytes: this.bytes };
      this.shown = now;
      return;
    }
    const elapsed = now - this.first.at;
    const pause = this.stream.isTTY ? TERMINAL_MS : Math.max(LINE_MS, LINE_SHARE * elapsed);
    if (now - this.shown < pause) return;
    this.shown = now;
    const text = this.text(
      elapsed / 1000,
      this.elements - this.first.elements,
      this.bytes - this.first.bytes,
    );
    this.stream.write(this.stream.isTTY ? `\r${text}\x1b[K` : `${text}\n`);
    this.drawn = true;
  }

  /** Clears the bar. */
  end(): void {
    if (this.drawn && this.stream.isTTY) this.stream.write('\r\x1b[K');
  }

  /** @param elements done in so many seconds, and so are `bytes` */
  private text(seconds: number, elements: number, bytes: number): string {
    const share = this.elements / this.total;
    const full = Math.round(share * BAR);
    const bar = this.stream.isTTY ? `[${'#'.repeat(full)}${'.'.repeat(BAR - full)}] ` : '';
    const isKnown = seconds >= RATE_SECONDS || elements >= RATE_SHARE * this.total;
    const left = isKnown ? `  ${duration((seconds * (this.total - this.elements)) / elements)} left` : '';
    const percent = `${Math.floor(share * 100)} %`.padStart(5);
    const rates = `${elementRate(elements, seconds)}  ${byteRate(bytes, seconds)}`;
    return `${this.label} ${bar}${percent}  ${rates}${left}`;
  }
}
