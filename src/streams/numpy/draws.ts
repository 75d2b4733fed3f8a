import { exp, log } from '../../arithmetic/elementary';
import { advanced, fillPcg64, type Pcg64State } from './pcg64';
import { ACCEPTED, DENSITY, WIDTH } from './ziggurat_tables';

/** The words that are computed at once. */
const BUFFERED = 512;

/** Where the lowest layer of the ziggurat ends, and its inverse. */
const EDGE = 3.654152885361009;
const INVERSE_EDGE = 0.27366123732975828;

/** The draws that follow a state of PCG64, as NumPy's Generator makes them. */
export class Draws {
  private readonly words = new Uint32Array(BUFFERED);
  private at = BUFFERED;
  private next: Pcg64State;
  /** The number of outputs of 64 bits up to the end of the buffer. */
  private outputs: number;
  /** The words of the last output. */
  private lo = 0;
  private hi = 0;

  /** @param position the number of outputs that were drawn before */
  constructor(start: Pcg64State, position: number) {
    this.next = advanced(start, position);
    this.outputs = position;
  }

  /** The number of outputs that were drawn. */
  get position(): number {
    return this.outputs - (BUFFERED - this.at) / 2;
  }

  private advance(): void {
    if (this.at === BUFFERED) {
      this.next = fillPcg64(this.next, this.words);
      this.outputs += BUFFERED / 2;
      this.at = 0;
    }
    this.lo = this.words[this.at++];
    this.hi = this.words[this.at++];
  }

  /** The upper 53 bits of an output, in [0, 1). */
  uniform(): number {
    this.advance();
    return (this.hi * 2 ** 21 + (this.lo >>> 11)) * 2 ** -53;
  }

  /**
   * A standard normal.
   * @see Marsaglia and Tsang, The ziggurat method for generating random variables, 2000,
   *   https://doi.org/10.18637/jss.v005.i08
   */
  normal(): number {
    for (;;) {
      this.advance();
      const { lo, hi } = this;
      const layer = lo & 0xff;
      const magnitude = (hi & 0x1fffffff) * 2 ** 23 + (lo >>> 9); // 52 bits
      const x = (lo & 0x100 ? -magnitude : magnitude) * WIDTH[layer];
      if (magnitude < ACCEPTED[layer]) return x;
      if (layer === 0) return this.tail((lo & 0x20000) !== 0);
      if ((DENSITY[layer - 1] - DENSITY[layer]) * this.uniform() + DENSITY[layer] < exp(-0.5 * x * x))
        return x;
    }
  }

  /** A normal beyond the edge. */
  private tail(negative: boolean): number {
    for (;;) {
      const x = -INVERSE_EDGE * log(1 - this.uniform());
      const y = -log(1 - this.uniform());
      if (y + y > x * x) return negative ? -(EDGE + x) : EDGE + x;
    }
  }
}

/** The words [start, start + count) that follow a state: of each output first the lower one. */
export function wordsFrom(state: Pcg64State, start: number, count: number): Uint32Array<ArrayBuffer> {
  const odd = start % 2;
  const words = new Uint32Array(2 * Math.ceil((count + odd) / 2));
  fillPcg64(advanced(state, (start - odd) / 2), words);
  return words.slice(odd, odd + count);
}
