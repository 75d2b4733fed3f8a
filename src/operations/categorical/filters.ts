/** The twin of shaders/operations/filters.wgsl, and its parameters. */
import { log } from '../../arithmetic/elementary';
import { exp2Digits } from '../../arithmetic/exp2';
import { mulHi } from '../../arithmetic/mul';
import { integerIn } from '../../core/check';
import { ArgumentError, show } from '../../core/errors';

/** What is left of a row before a choice. */
export interface FilterOptions {
  /** Leaves the k largest logits, and those that are equal to the least of them. Default: all. */
  topK?: number;
  /**
   * Leaves the most probable logits whose probabilities add up to p in [0, 1]: each before which there is less than
   * p, so at least one. Default: all.
   */
  topP?: number;
  /** Leaves the logits that have at least so large a part, in [0, 1], of the largest probability. Default: all. */
  minP?: number;
}

/** The filters as integers. */
export interface Filters {
  /** 0 for all. */
  readonly topK: number;
  /** With 32 fractional bits, 0 for all. */
  readonly topP: number;
  /** The largest rank. */
  readonly minP: number;
}

/** The rank of all logits that are so far below the largest that nothing tells them apart. */
export const LAST_RANK = 0x7fffffff;
const LOG2_E = 0xb8aa3b29; // 31 fractional bits
const MOST = 2 ** 24;

/**
 * @returns undefined where nothing is left out
 * @throws ArgumentError for the first option that cannot be right
 */
export function filtersOf({ topK, topP, minP }: FilterOptions): Filters | undefined {
  const filters = {
    topK: topK === undefined ? 0 : Math.min(integerIn('topK', topK, 1, Number.MAX_SAFE_INTEGER), MOST),
    topP: topP === undefined || share('topP', topP) === 1 ? 0 : bitsOf(topP),
    minP: minP === undefined || share('minP', minP) === 0 ? LAST_RANK : rankAt(minP),
  };
  const { topK: k, topP: p, minP: m } = filters;
  return k === 0 && p === 0 && m === LAST_RANK ? undefined : filters;
}

function share(name: string, value: unknown): number {
  if (typeof value === 'number' && value >= 0 && value <= 1) return value;
  throw new ArgumentError(`${name} must be a number in [0, 1], got ${show(value)}`);
}

/** With 32 fractional bits, and neither 0 nor 1. */
function bitsOf(topP: number): number {
  return Math.min(Math.max(Math.round(topP * 2 ** 32), 1), 2 ** 32 - 1);
}

/** The rank -ln(minP) with 26 fractional bits. */
function rankAt(minP: number): number {
  return minP < 2 ** -46 ? LAST_RANK : Math.min(Math.floor(-log(minP) * 2 ** 26), LAST_RANK);
}

/** e^-rank with 31 fractional bits. */
export function weightOf(rank: number): number {
  const hi = mulHi(rank, LOG2_E);
  const fraction = ((hi << 7) | (Math.imul(rank, LOG2_E) >>> 25)) >>> 0;
  const shift = (hi >>> 25) + (fraction === 0 ? 0 : 1);
  return shift > 31 ? 0 : exp2Digits(-fraction >>> 0) >>> shift;
}

/**
 * The largest rank that the filters leave.
 * @param ranks those of the eligible logits; they are sorted in place
 */
export function limitOf(ranks: Uint32Array, { topK, topP, minP }: Filters): number {
  ranks.sort();
  let count = ranks.length;
  if (topK !== 0 && topK < count) count = upTo(ranks, ranks[topK - 1]);
  let most = topK === 0 || count === 0 ? LAST_RANK : ranks[count - 1];
  if (topP !== 0 && count > 0) most = ranks[reaching(ranks.subarray(0, count), topP)];
  return Math.min(most, minP);
}

/** The number of ranks up to one. */
function upTo(ranks: Uint32Array, rank: number): number {
  let count = ranks.indexOf(rank);
  while (count < ranks.length && ranks[count] === rank) count++;
  return count;
}

/** The index of the rank with which the weights reach `share` / 2^32 of all. */
function reaching(ranks: Uint32Array, share: number): number {
  let lo = 0; // Sums have up to 55 bits: the lower 32, and the others.
  let hi = 0;
  const add = (weight: number): void => {
    lo += weight;
    if (lo >= 2 ** 32) {
      lo -= 2 ** 32;
      hi++;
    }
  };
  for (const rank of ranks) add(weightOf(rank));
  const all = (BigInt(hi) << 32n) | BigInt(lo);
  const goal = (all * BigInt(share) + 0xffffffffn) >> 32n;
  const [goalHi, goalLo] = [Number(goal >> 32n), Number(goal & 0xffffffffn)];
  lo = 0;
  hi = 0;
  for (let i = 0; i < ranks.length; i++) {
    add(weightOf(ranks[i]));
    if (hi > goalHi || (hi === goalHi && lo >= goalLo)) return i;
  }
  return ranks.length - 1;
}
