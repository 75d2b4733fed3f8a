import { byteRate, duration, elementRate } from './numbers';

const BAR = 24;
const TERMINAL_MS = 100;
const LINE_MS = 3000;
/** Lines come ever more rarely, so that a day's work is some hundred of them. */
const LINE_SHARE = 0.1;

/**
 * How far work is, on stderr, with its rate and the time left: a bar that redraws itself on a
 * terminal, now and then a line elsewhere. Short work says nothing.
 */
export class Progress {
  private readonly begin = performance.now();
  private shown: number;
  private elements = 0;
  private bytes = 0;
  private drawn = false;

  constructor(
    private readonly label: string,
    private readonly total: number,
    private readonly stream: NodeJS.WriteStream = process.stderr,
  ) {
    this.shown = this.begin;
  }

  add(elements: number, bytes: number): void {
    this.elements += elements;
    this.bytes += bytes;
    const now = performance.now();
    const pause = this.stream.isTTY ? TERMINAL_MS : Math.max(LINE_MS, LINE_SHARE * (now - this.begin));
    if (now - this.shown < pause) return;
    this.shown = now;
    const text = this.text((now - this.begin) / 1000);
    this.stream.write(this.stream.isTTY ? `\r${text}\x1b[K` : `${text}\n`);
    this.drawn = true;
  }

  /** Clears the bar. */
  end(): void {
    if (this.drawn && this.stream.isTTY) this.stream.write('\r\x1b[K');
  }

  private text(seconds: number): string {
    const share = this.elements / this.total;
    const full = Math.round(share * BAR);
    const bar = this.stream.isTTY ? `[${'#'.repeat(full)}${'.'.repeat(BAR - full)}] ` : '';
    const left = seconds * (1 / share - 1);
    const percent = `${Math.floor(share * 100)} %`.padStart(5);
    return `${this.label} ${bar}${percent}  ${elementRate(this.elements, seconds)}  ${byteRate(this.bytes, seconds)}  ${duration(left)} left`;
  }
}
