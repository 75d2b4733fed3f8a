import { checkDtype, type Dtype } from '../core/dtype';
import type { MathMode } from '../distributions/draw';
import { MATHS } from '../distributions/draw';
import { oneOf } from '../core/check';
import { ArgumentError, show } from '../core/errors';
import { get, isInitializer, type Initializer } from '../initializers';
import { Key, type Seed } from '../streams/key';
import { parameters, type Parameters } from '../distributions/parameters';
import { elementCount, type Range, resolveRange, type Shape } from '../core/shape';

/** What to compute, as the caller says it. */
export interface JobOptions {
  /**
   * The stream: an integer in [0, 2^64) or a Key. It comes before the initializer's own seed;
   * without it that one counts.
   */
  seed?: Seed;
  /** The tensor's path; it derives a stream of its own: `Key.from(seed).fold(name)`. */
  name?: string;
  /** Default float32, for bits uint32. */
  dtype?: Dtype;
  /** Default 'exact'. */
  math?: MathMode;
  /** Elements to compute, counted row-major; default all. */
  range?: Partial<Range>;
}

export const JOB_KEYS = ['seed', 'name', 'dtype', 'math', 'range'] as const;

/** Any of Keras's identifiers or envelopes, or an initializer. */
export type InitializerSpec = Initializer | string | Record<string, unknown>;

/** What to compute, checked and resolved: all that a backend needs beside the place. */
export interface Job {
  readonly shape: Shape;
  readonly dtype: Dtype;
  readonly key: Key;
  readonly range: Range;
  readonly params: Parameters;
}

/** @throws ArgumentError for the first argument that cannot be right */
export function resolveJob(initializer: InitializerSpec, shape: Shape, options: JobOptions): Job {
  const total = elementCount(shape);
  const instance = initializerOf(initializer);
  const draw = instance.resolve(shape);
  const dtype =
    options.dtype === undefined ? (draw.kind === 'bits' ? 'uint32' : 'float32') : checkDtype(options.dtype);
  const math = options.math === undefined ? 'exact' : oneOf('math', options.math, MATHS);
  return {
    shape: [...shape],
    dtype,
    key: keyOf(options, instance, draw.kind === 'constant' || draw.kind === 'eye'),
    range: resolveRange(options.range, total),
    params: parameters(draw, dtype, math),
  };
}

function initializerOf(value: InitializerSpec): Initializer {
  const instance = isInitializer(value) ? value : get(value as string);
  if (instance === null)
    throw new ArgumentError(`initializer must be a Keras identifier or an initializer, got ${show(value)}`);
  return instance;
}

function keyOf(options: JobOptions, instance: Initializer, deterministic: boolean): Key {
  const seed = options.seed !== undefined ? options.seed : instance.seed;
  if (seed === undefined && !deterministic) {
    throw new ArgumentError('seed is missing: give an integer in [0, 2^64)');
  }
  const key = Key.from(seed === undefined ? 0 : seed);
  return options.name === undefined ? key : key.fold(options.name);
}
