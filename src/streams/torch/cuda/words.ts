/** The twin of shaders/torch/cuda_words.wgsl. */
import { philox4x32 } from '../../philox';
import type { TorchCudaKey } from './key';

/** The threads of a block. */
const BLOCK = 256;

/** The words that a thread takes at a time. */
const LANES = 4;

/** How a tensor is divided over the threads of a card. */
export interface Grid {
  /** The number of threads. */
  readonly threads: number;
  /** By how much the offset of a generator moves. */
  readonly advance: number;
}

/**
 * The grid of a tensor.
 * @param most the largest number of blocks that the card runs at once
 * @see aten/src/ATen/native/cuda/DistributionTemplates.h, calc_execution_policy
 */
export function gridOf(total: number, most: number): Grid {
  const threads = BLOCK * Math.max(Math.min(Math.ceil(total / BLOCK), most), 1);
  return { threads, advance: LANES * Math.ceil(total / (threads * LANES)) };
}

/** The blocks of 256 threads that a card runs at once. */
export function blocksOf(multiprocessors: number, threadsEach: number): number {
  return multiprocessors * Math.floor(threadsEach / BLOCK);
}

/**
 * The four words of the thread of an element, into `out[0..3]`.
 * @returns the one that the element has
 */
export function drawOf(
  { lo, hi, offset }: TorchCudaKey,
  threads: number,
  element: number,
  out: Uint32Array,
): number {
  const wave = Math.floor(element / threads);
  const block = offset / 4n + BigInt(Math.floor(wave / LANES));
  philox4x32(Number(block & 0xffffffffn), Number(block >> 32n) >>> 0, element % threads, 0, lo, hi, out);
  return wave % LANES;
}
