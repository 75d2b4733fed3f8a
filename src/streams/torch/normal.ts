import { log, sinCos } from '../../arithmetic/elementary';
import type { FloatDtype } from '../../core/dtype';
import { isHalf } from '../../core/dtype';
import { type StreamDistribution, FLOATS } from '../../distributions/distribution';
import { location } from '../../distributions/fitting';
import type { ForeignParameters } from '../../distributions/foreign';
import type { NormalDraw } from '../../distributions/normal';
import { type Drawing, drawingParameters, skipped, wordsAfter } from './drawing';
import { boxMuller } from './box_muller';
import type { GeneratorState } from './generator';

/** From so many elements on, normals are made by blocks. */
const BLOCK = 16;
const PAIRS = BLOCK / 2;

/** `torch.Tensor.normal_`. */
export function normalDrawing(mean: number, stddev: number, dtype: FloatDtype, total: number): Drawing {
  return total < BLOCK ? fewNormals(mean, stddev, total) : blocksOfNormals(mean, stddev, dtype, total);
}

const angle = new Float64Array(2);

/** The 16 normals of 16 words: the words j and j + 8 give the elements j and j + 8. */
function normalBlock(
  words: Uint32Array,
  first: number,
  mean: number,
  stddev: number,
  out: Float32Array,
): void {
  for (let j = 0; j < PAIRS; j++) {
    const u = (words[first + j] & 0xffffff) / 2 ** 24;
    const v = (words[first + j + PAIRS] & 0xffffff) / 2 ** 24;
    boxMuller(u, v, mean, stddev, out, j, PAIRS);
  }
}

/**
 * Blocks of 16 elements and 16 words. Where the last block is ragged, the last 16 elements are drawn again, from
 * the words that follow: those of the float32 tensor, or those of the whole blocks of a tensor of halves, which
 * torch draws block by block.
 */
function blocksOfNormals(mean: number, stddev: number, dtype: FloatDtype, total: number): Drawing {
  const m = Math.fround(mean);
  const s = Math.fround(stddev);
  const ragged = total % BLOCK !== 0;
  const whole = total - (total % BLOCK);
  const redrawn = ragged ? total - BLOCK : total; // the first of the last 16
  const redrawnWords = isHalf(dtype) ? whole : total;
  return {
    values({ mt }, start, count) {
      const end = start + count;
      const out = new Float32Array(count);
      const block = new Float32Array(BLOCK);
      const copy = (first: number, limit: number): void => {
        const from = Math.max(first, start);
        const to = Math.min(first + BLOCK, end, limit);
        if (to > from) out.set(block.subarray(from - first, to - first), from - start);
      };
      const bodyEnd = Math.min(end, redrawn);
      if (start < bodyEnd) {
        const firstBlock = start - (start % BLOCK);
        const words = wordsAfter(mt, firstBlock, BLOCK * Math.ceil((bodyEnd - firstBlock) / BLOCK));
        for (let at = firstBlock; at < bodyEnd; at += BLOCK) {
          normalBlock(words, at - firstBlock, m, s, block);
          copy(at, redrawn);
        }
      }
      if (ragged && end > redrawn) {
        normalBlock(wordsAfter(mt, redrawnWords, BLOCK), 0, m, s, block);
        copy(redrawn, total);
      }
      return new Uint32Array(out.buffer);
    },
    after: (state) => skipped(state, ragged ? redrawnWords + BLOCK : total),
  };
}

/** A number in [0, 1) of 53 bits, from two words. */
export function uniform53(high: number, low: number): number {
  return ((high & 0x1fffff) * 2 ** 32 + low) / 2 ** 53;
}

/**
 * Normals of float64, two words for each of a pair. The second of a pair stays in the generator, where one that
 * is there comes first.
 */
function fewNormals(mean: number, stddev: number, total: number): Drawing {
  const pairsOf = ({ nextNormal }: Pick<GeneratorState, 'nextNormal'>): number =>
    Math.ceil((total - (nextNormal === undefined ? 0 : 1)) / 2);
  const normalsOf = (words: Uint32Array, nextNormal: number | undefined): number[] => {
    const normals = nextNormal === undefined ? [] : [nextNormal];
    for (let at = 0; at < words.length; at += 4) {
      const radius = Math.sqrt(-2 * log(1 - uniform53(words[at + 2], words[at + 3])));
      sinCos(2 * Math.PI * uniform53(words[at], words[at + 1]), angle);
      normals.push(radius * angle[1], radius * angle[0]);
    }
    return normals;
  };
  return {
    values(state, start, count) {
      if (total === 0) return new Uint32Array(0);
      const normals = normalsOf(wordsAfter(state.mt, 0, 4 * pairsOf(state)), state.nextNormal);
      const floats = Float32Array.from(normals, (z) => z * stddev + mean);
      return new Uint32Array(floats.buffer).slice(start, start + count);
    },
    after(state) {
      if (total === 0) return state;
      const count = 4 * pairsOf(state);
      const normals = normalsOf(wordsAfter(state.mt, 0, count), state.nextNormal);
      return { ...skipped(state, count), nextNormal: normals[total] };
    },
  };
}

/** How `normal_` draws. */
export const normal: StreamDistribution<NormalDraw, ForeignParameters<Drawing>> = {
  dtypes: FLOATS,
  parameters({ mean, stddev }, dtype, _math, total) {
    location(mean, stddev, dtype);
    return drawingParameters(normalDrawing(mean, stddev, dtype as FloatDtype, total));
  },
};
