import type { Affine } from '../arithmetic/affine_map';
import { DTYPES } from '../core/dtype';
import { ArgumentError } from '../core/errors';
import type { Distribution } from './distribution';
import type { Members, Slots } from './members';

/**
 * A draw that only other streams than tensorseed's own have, such as JAX's exponential.
 *
 * @example
 * ```ts
 * import { initializers } from 'tensorseed';
 * import { jax } from 'tensorseed/streams';
 *
 * const draw = jax.randint(0, 10).resolve([4]) as initializers.ForeignDraw;
 * console.log(draw.name, draw.numbers); // randint [ 0, 10 ]
 * ```
 */
export interface ForeignDraw {
  /** The kind of the draw. */
  readonly kind: 'foreign';
  /** What the streams that have it call it, such as "exponential". */
  readonly name: string;
  /** Its parameters, in the order of the function that makes it. */
  readonly numbers: readonly number[];
}

/**
 * Computes the four elements of a block into `out[0..3]`, as float32 bits or words. The block's index has 64
 * bits.
 */
export type DrawBlock = (blockLo: number, blockHi: number, out: Uint32Array) => void;

/** The words that a kernel is keyed by: 64 bits of key, and what else the counters of a stream have. */
export interface KeyWords {
  /** The lower 32 bits of the key, as an unsigned integer. */
  readonly lo: number;
  /** The upper 32 bits of the key, as an unsigned integer. */
  readonly hi: number;
  /** The block that element 0 lies in, as two words. Default 0. */
  readonly origin?: readonly [lo: number, hi: number];
  /** The third and the fourth word of the counters of kernels that a stream brings. Default 0. */
  readonly upper?: readonly [number, number];
  /** What takes Philox's place. */
  readonly generator?: Generator;
}

/** A counter-based generator that takes the place of Philox below the draws of STREAM.md. */
export interface Generator {
  /** What labels call it, such as "threefry". No other generator has that name. */
  readonly name: string;
  /** The linked WGSL of the kernels of draws that it serves, with its shader in place of shared/stream.wgsl. */
  readonly code: Readonly<Record<string, KernelCode>>;
  /**
   * The twin of its shader: the four words of a block, into `out[0..3]`.
   * @param attempt 0, but for the candidates of a rejection
   */
  block(key: KeyWords, blockLo: number, blockHi: number, attempt: number, out: Uint32Array): void;
}

/** The linked WGSL of a kernel, for whole groups and for ragged ones. */
export interface KernelCode {
  readonly body: string;
  readonly edge: string;
}

/**
 * The words of the block `block` blocks after the origin. They wrap around as words of 64 bits do.
 * @param block an integer, which is negative only for the masked slots before element 0
 */
export function blockFrom(origin: KeyWords['origin'], block: number): readonly [lo: number, hi: number] {
  const hi = Math.floor(block / 2 ** 32);
  if (origin === undefined) return [block >>> 0, hi >>> 0];
  const lo = (block >>> 0) + origin[0];
  return [lo >>> 0, (hi + origin[1] + (lo >= 2 ** 32 ? 1 : 0)) >>> 0];
}

/** A kernel that a stream brings, for values that are made in another way than those of STREAM.md. */
export interface ForeignKernel<Values = any> {
  /** What labels call it, such as "jax_uniform". No other kernel has that name. */
  readonly name: string;
  readonly code: KernelCode;
  /** The members of the shader's `Params` that follow the dispatch, in its order: at most 12 words. */
  members(values: Values, slots: Slots): Members;
  /**
   * The twin of the shader.
   * @param words the four words of a block among those that the host computes, where the kernel has any
   */
  twin(values: Values, key: KeyWords, words: DrawBlock): DrawBlock;
  /**
   * What the host computes for the elements [start, start + count), a word for each element, also of halves: for
   * generators with state, whose words follow one another. The shader finds them at binding 2, from the block of
   * `slots.from` on. The key of such a kernel has no origin.
   */
  words?(values: Values, key: KeyWords, start: number, count: number): Uint32Array<ArrayBuffer>;
}

/** Whether the host computes words for a kernel of these parameters. */
export function hasWords(params: { readonly kernel: string }): params is ForeignParameters {
  return params.kernel === 'foreign' && (params as ForeignParameters).source.words !== undefined;
}

/** The parameters of a kernel that a stream brings. */
export interface ForeignParameters<Values = any> {
  readonly kernel: 'foreign';
  readonly source: ForeignKernel<Values>;
  readonly values: Values;
  /** The affine map among the values, whose width specializes the kernel; undefined without one. */
  readonly affine: Affine | undefined;
}

/** The members of the `Params` of a kernel that a stream brings. */
export function foreignMembers({ source, values }: ForeignParameters, slots: Slots): Members {
  return source.members(values, slots);
}

/** Tensorseed's own stream has none of these. A stream that has them brings distributions of its own. */
export const foreign: Distribution<ForeignDraw, ForeignParameters> = {
  numbers: [],
  dtypes: DTYPES,
  random: true,
  parameters({ name }) {
    throw new ArgumentError(
      `${name} needs a stream that has it, such as jax of tensorseed/streams, got none`,
    );
  },
  kernels: { foreign: foreignMembers },
};
