import type { Dtype, FloatDtype } from '../core/dtype';
import type { MathMode } from './math';
import type { Members, Slots } from './members';

/**
 * A kind of draw: how its numbers become integers for one dtype. The host computes these once, so that all
 * backends start from the same bits.
 *
 * `Own` are the parameters of the kernels that the draw brings. `Result` also has those of other draws that
 * it may fall back to, such as a constant where stddev is 0.
 */
export interface Distribution<
  Draw extends { readonly kind: string },
  Own extends { readonly kernel: string },
  Result extends { readonly kernel: string } = Own,
> {
  /** The members of a draw beside its kind, which are numbers. */
  readonly numbers: readonly Exclude<keyof Draw & string, 'kind'>[];
  /**
   * Checks the members, where they are no numbers alone or depend on one another.
   * @param total the number of elements of the tensor
   * @throws ArgumentError where they cannot be right
   */
  check?(members: Readonly<Record<string, unknown>>, total: number): Draw;
  /** The dtypes that it takes; the first is the default. */
  readonly dtypes: readonly Dtype[];
  /** Whether its values depend on the key. */
  readonly random: boolean;
  /** Whether it fills a matrix as a whole, so that it cannot be a part of a tensor. */
  readonly fillsMatrix?: true;
  /** Whether its kernel reads a table of its parameters, so that it cannot be a part of a tensor. */
  readonly readsTable?: true;
  /** Whether its elements are taken from an operand, which is computed whole beforehand. */
  readonly needsOperand?: true;
  /**
   * @param total the number of elements of the whole tensor, on which the values of generators with state depend
   * @throws ArgumentError where the draw's numbers make no sense or no value of `dtype` fits them
   */
  parameters(draw: Draw, dtype: Dtype, math: MathMode, total: number): Result;
  /** The members of `Params` that follow the dispatch in each of its kernels, in the shader's order. */
  readonly kernels: {
    readonly [K in Own['kernel']]: (params: Extract<Own, { readonly kernel: K }>, slots: Slots) => Members;
  };
}

/** What a stream brings for a draw. The members of its kernel come with the kernel itself. */
export type StreamDistribution<
  Draw extends { readonly kind: string },
  Result extends { readonly kernel: string },
> = Pick<Distribution<Draw, any, Result>, 'dtypes' | 'parameters'>;

/** The dtypes of draws of real numbers; the first is the default. */
export const FLOATS = ['float32', 'float16', 'bfloat16'] as const satisfies readonly FloatDtype[];
