import { knownKeys, oneOf } from '../../core/check';
import { ArgumentError, show } from '../../core/errors';
import { type Filling, initializers, type Job, type Shape } from '../../index';
import { resolveCall } from '../../jobs/resolve';
import { type RuntimeOptions, RUNTIME_KEYS } from '../options';

const DTYPES: readonly TensorDtype[] = ['float32', 'int32'];
const TF_KEYS = [...RUNTIME_KEYS, 'dtype'] as const;

/**
 * What a tensor holds: float32, or int32 for bits and for constants and identities of whole numbers.
 *
 * @example
 * ```ts
 * import { fill, type TensorDtype } from 'tensorseed/tfjs';
 *
 * const dtype: TensorDtype = 'int32';
 * const steps = await fill('zeros', [3], { dtype });
 * console.log(steps.dtype); // int32
 * ```
 */
export type TensorDtype = 'float32' | 'int32';

/**
 * The options of {@link fill}.
 *
 * @example
 * ```ts
 * import { fill, type FillOptions } from 'tensorseed/tfjs';
 *
 * const options: FillOptions = { seed: 42, name: 'mask' };
 * const words = await fill('bits', [1000], options);
 * console.log(words.dtype); // int32
 * ```
 */
export interface FillOptions extends RuntimeOptions {
  /** Default float32; for bits int32, the same 32 bits. */
  dtype?: TensorDtype;
}

/** A checked and resolved request for a tensor of tf.js. */
export interface TfRequest {
  readonly job: Job;
  /** The dtype that the memory is filled as. Where `dtype` differs from it, tf.js casts the tensor. */
  readonly filled: TensorDtype;
  /** The dtype that the caller gets. */
  readonly dtype: TensorDtype;
}

/** @throws ArgumentError for the first argument that cannot be right */
export function resolveForTf(initializer: Filling, shape: Shape, options: FillOptions): TfRequest {
  const given: FillOptions = knownKeys('options', options, TF_KEYS);
  const dtype = given.dtype === undefined ? undefined : oneOf('dtype', given.dtype, DTYPES);
  const complete = { ...given, dtype: dtype === 'float32' ? dtype : undefined };
  const job = resolveCall(initializer, shape, complete, TF_KEYS);
  const filled = job.dtype === 'uint32' ? 'int32' : 'float32';
  if (dtype === 'int32' && filled === 'float32') checkWhole(initializer, job);
  return { job, filled, dtype: dtype ?? filled };
}

/** @throws ArgumentError where values may be fractions */
function checkWhole(initializer: Filling, { stretches }: Job): void {
  for (const { draw } of stretches) {
    if (draw.kind !== 'constant' && draw.kind !== 'eye') {
      const name = Array.isArray(initializer)
        ? 'such parts'
        : show(initializers.get(initializer).className).slice(1, -1);
      throw new ArgumentError(`dtype must be float32 for ${name}, got int32`);
    }
    const { value } = draw;
    if ((value | 0) !== value || Math.fround(value) !== value) {
      throw new ArgumentError(
        `dtype int32 needs a whole number that float32 and int32 both hold, got ${value}`,
      );
    }
  }
}
