/** The twin of shaders/operations/categorical.wgsl. */
import { float32FromBits } from '../../core/bit_pattern';
import { streamBlock } from '../../streams/stream';
import { type Filters, LAST_RANK, limitOf } from './filters';
import { gumbel } from './gumbel';
import type { Categorical, LogitsDtype } from './options';
import { eligible, float16ToFloat32, order, score } from './score';

/** The column of a row that has no candidate. */
export const NONE = 0xffffffff;

/** A signed integer of 64 bits. */
interface Wide {
  readonly hi: number;
  readonly lo: number;
}

/** The float32 bits of a logit. */
export function logitBits(dtype: LogitsDtype, pattern: number): number {
  if (dtype === 'float16') return float16ToFloat32(pattern);
  return dtype === 'bfloat16' ? (pattern << 16) >>> 0 : pattern;
}

/** Chooses a column of a row of logits. The row's first logit is element `first` of the stream. */
export class RowChooser {
  private readonly words = new Uint32Array(4);
  private readonly scored = new Uint32Array(2);

  constructor(
    private readonly asked: Pick<Categorical, 'key' | 'temperature' | 'filters'>,
    private readonly dtype: LogitsDtype,
  ) {}

  choose(row: Uint32Array | Uint16Array, first: number): number {
    const { temperature, filters } = this.asked;
    if (temperature.greedy) return this.largest(row);
    return this.draw(row, first, filters && this.leastOf(row, filters));
  }

  private largest(row: Uint32Array | Uint16Array): number {
    let best = -Infinity;
    let chosen = NONE;
    for (let column = 0; column < row.length; column++) {
      const bits = logitBits(this.dtype, row[column]);
      if (eligible(bits) && order(bits) > best) {
        best = order(bits);
        chosen = column;
      }
    }
    return chosen;
  }

  /** The least score that the filters leave, undefined for any. */
  private leastOf(row: Uint32Array | Uint16Array, filters: Filters): Wide | undefined {
    const { dtype, scored } = this;
    let top: number | undefined;
    for (const pattern of row) {
      const bits = logitBits(dtype, pattern);
      if (eligible(bits) && (top === undefined || order(bits) > order(top))) top = bits;
    }
    if (top === undefined) return undefined;
    score(top, this.asked.temperature, scored);
    const largest = { hi: scored[1] | 0, lo: scored[0] };
    const ranks = new Uint32Array(row.length);
    let count = 0;
    for (const pattern of row) {
      const bits = logitBits(dtype, pattern);
      if (!eligible(bits)) continue;
      score(bits, this.asked.temperature, scored);
      const rank = (largest.hi - (scored[1] | 0)) * 2 ** 32 + (largest.lo - scored[0]);
      ranks[count++] = Math.min(rank, LAST_RANK);
    }
    const limit = limitOf(ranks.subarray(0, count), filters);
    if (limit === LAST_RANK) return undefined;
    const lo = largest.lo - limit;
    return lo < 0 ? { hi: largest.hi - 1, lo: lo + 2 ** 32 } : { hi: largest.hi, lo };
  }

  private draw(row: Uint32Array | Uint16Array, first: number, least?: Wide): number {
    const { words, scored } = this;
    const { key, temperature } = this.asked;
    let hi = -Infinity;
    let lo = 0;
    let chosen = NONE;
    let bar = -Infinity;
    let block = -1;
    for (let column = 0; column < row.length; column++) {
      const bits = logitBits(this.dtype, row[column]);
      if (!eligible(bits)) continue;
      // What cannot reach the best so far is not computed: no deviate exceeds 22.875.
      const about = float32FromBits(bits) * temperature.inverse;
      if (Math.abs(about) < 2 ** 22 && about + 23 < bar) continue;
      const element = first + column;
      if (Math.floor(element / 4) !== block) {
        block = Math.floor(element / 4);
        streamBlock(key!, block >>> 0, Math.floor(block / 2 ** 32), 0, words);
      }
      const word = words[element % 4];
      // -ln u >= 1 - u, so that the leading ones of a word bound its deviate.
      if (Math.abs(about) < 2 ** 22 && about + 0.01 + (Math.clz32(~word) + 1) * Math.LN2 < bar) continue;
      score(bits, temperature, scored);
      const scoreHi = scored[1] | 0;
      if (least !== undefined && (scoreHi < least.hi || (scoreHi === least.hi && scored[0] < least.lo)))
        continue;
      const g = gumbel(word);
      const sum = scored[0] + g;
      const valueLo = sum >>> 0;
      const valueHi = scoreHi + Math.floor(sum / 2 ** 32);
      if (valueHi > hi || (valueHi === hi && valueLo > lo)) {
        hi = valueHi;
        lo = valueLo;
        chosen = column;
        bar = (hi * 2 ** 32 + lo) * 2 ** -26;
      }
    }
    return chosen;
  }
}
