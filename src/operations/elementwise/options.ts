import { count } from '../../core/check';
import { checkDtype } from '../../core/dtype';
import { ArgumentError, show } from '../../core/errors';
import { KEY_KEYS } from '../key';

/**
 * The dtypes of elements that dropout and noise change.
 *
 * @example
 * ```ts
 * import { Sampler } from 'tensorseed';
 * import { dropout, type ElementDtype } from 'tensorseed/operations';
 *
 * const dtype: ElementDtype = 'bfloat16';
 * const sampler = await Sampler.create();
 * const halves = Uint16Array.of(0x3f80, 0x4000); // 1, 2
 * const kept = await dropout(sampler, halves, { dtype, rate: 0, seed: 42 });
 * console.log(await kept.data()); // Uint16Array(2) [ 16256, 16384 ]
 * sampler.destroy();
 * ```
 */
export type ElementDtype = 'float32' | 'float16' | 'bfloat16';

export const ELEMENT_DTYPES: readonly ElementDtype[] = ['float32', 'float16', 'bfloat16'];

/** The elements that an operation changes, beside their random numbers. */
export interface ElementsOptions {
  /** The number of elements. Default: all that the input has. */
  count?: number;
  /**
   * The number of elements of the tensor before the first one, an integer >= 0. So a part of a tensor becomes
   * what it is in the whole. Default 0.
   */
  firstElement?: number;
  /** The type of the elements. Default: that of the typed array, float16 for a Uint16Array; float32 for a GPUBuffer. */
  dtype?: ElementDtype;
  /** The byte of a GPUBuffer at which the elements begin, a multiple of the size of an element. Default 0. */
  inputOffset?: number;
}

/** Where an operation writes. */
export interface ResultOptions {
  /**
   * The memory to write to: on the GPU backend a GPUBuffer with STORAGE usage, and with COPY_SRC usage where it is
   * read back; on the CPU an ArrayBuffer or a view. It may be the input itself.
   */
  buffer?: GPUBuffer | ArrayBuffer | ArrayBufferView;
  /** The byte of `buffer` at which the results begin, a multiple of the size of an element. Default 0. */
  byteOffset?: number;
}

export const ELEMENTS_KEYS = [
  'count',
  'firstElement',
  'dtype',
  'inputOffset',
  'buffer',
  'byteOffset',
] as const;
export const CALL_KEYS = [...KEY_KEYS, ...ELEMENTS_KEYS] as const;

/** The elements that an operation changes, checked. */
export interface Elements {
  readonly count: number | undefined;
  readonly firstElement: number;
  readonly dtype: ElementDtype | undefined;
  readonly inputOffset: number;
  readonly buffer: unknown;
  readonly byteOffset: number;
}

/** @throws ArgumentError for the first option that cannot be right */
export function checkElements(given: ElementsOptions & ResultOptions): Elements {
  const { count: elements, firstElement = 0, dtype, inputOffset = 0, buffer, byteOffset = 0 } = given;
  return {
    count: elements === undefined ? undefined : count('count', elements),
    firstElement: count('firstElement', firstElement),
    dtype: dtype === undefined ? undefined : checkDtype(dtype, ELEMENT_DTYPES),
    inputOffset: count('inputOffset', inputOffset),
    buffer,
    byteOffset: count('byteOffset', byteOffset),
  };
}

/**
 * The number of elements to change.
 * @param held the number that the input has
 * @throws ArgumentError where there are fewer than asked for, or the last has no index
 */
export function countOf({ count: asked = Infinity, firstElement }: Elements, held: number): number {
  if (asked !== Infinity && asked > held)
    throw new ArgumentError(`input must have ${asked} elements, got ${held}`);
  const elements = Math.min(asked, held);
  if (firstElement + elements > 2 ** 53)
    throw new ArgumentError(`firstElement must be at most 2^53 - ${elements}, got ${show(firstElement)}`);
  return elements;
}
