import { byteRate, duration, elementRate } from '../text/numbers';

const BAR = 24;
const TERMINAL_MS = 100;
const LINE_MS = 3000;
/** Lines come ever more rarely, so that a day's work is some hundred of them. */
const LINE_SHARE = 0.1;
/** What must have passed, in time or of the work, before a rate says how much time is left. */
const RATE_SECONDS = 20;
const RATE_SHARE = 0.01;

/**
 * How far work is, on stderr, with its rate and the time left: a bar that redraws itself on a
 * terminal, now and then a line elsewhere. Short work says nothing.
 */
export class Progress {
  private shown = 0;
  private elements = 0;
  private bytes = 0;
  /** The first that was done, after which the clock runs: what came before was preparation. */
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

  /** @param elements done in so many seconds, as `bytes` */
  private text(seconds: number, elements: number, bytes: number): string {
    const share = this.elements / this.total;
    const full = Math.round(share * BAR);
    const bar = this.stream.isTTY ? `[${'#'.repeat(full)}${'.'.repeat(BAR - full)}] ` : '';
    const isKnown = seconds >= RATE_SECONDS || elements >= RATE_SHARE * this.total;
    const left = isKnown ? `  ${duration((seconds * (this.total - this.elements)) / elements)} left` : '';
    const percent = `${Math.floor(share * 100)} %`.padStart(5);
    return `${this.label} ${bar}${percent}  ${elementRate(elements, seconds)}  ${byteRate(bytes, seconds)}${left}`;
  }
}
