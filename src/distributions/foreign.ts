import type { Affine } from '../arithmetic/affine_map';
import { DTYPES } from '../core/dtype';
import { ArgumentError } from '../core/errors';
import type { Distribution } from './distribution';
import type { KernelCode, KeyWords } from './key_words';
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
