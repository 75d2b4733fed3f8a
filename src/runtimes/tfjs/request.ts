import { knownKeys, oneOf } from '../../core/check';
import { ArgumentError, show } from '../../core/errors';
import { type Draw, type Dtype, type Filling, initializers, type Job, type Shape } from '../../index';
import { resolveCall } from '../../jobs/resolve';
import { type RuntimeOptions, RUNTIME_KEYS } from '../options';

const DTYPES: readonly TensorDtype[] = ['float32', 'int32', 'bool'];
const TF_KEYS = [...RUNTIME_KEYS, 'dtype'] as const;

/** The draws of integers, which are drawn as such. */
const WHOLE: ReadonlySet<Draw['kind']> = new Set([
  'bernoulli',
  'permutation',
  'poisson',
  'rademacher',
  'randint',
]);

/**
 * What a tensor holds: float32; int32 for draws of integers, for bits, and for constants and identities of whole
 * numbers; bool for Bernoulli draws.
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
export type TensorDtype = 'float32' | 'int32' | 'bool';

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
  /** Default float32; for integers int32; for bits int32, the same 32 bits. */
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
  const resolveAs = (wanted: Dtype | undefined, advance: boolean): Job =>
    resolveCall(initializer, shape, { ...given, dtype: wanted }, TF_KEYS, advance);
  const asked = dtype === 'float32' ? dtype : undefined;
  const first = resolveAs(asked, false);
  const whole = first.stretches.every(({ draw }) => WHOLE.has(draw.kind));
  if (dtype === 'bool') {
    if (!first.stretches.every(({ draw }) => draw.kind === 'bernoulli'))
      throw new ArgumentError(`dtype must be float32 or int32 for ${nameOf(initializer)}, got bool`);
    return { job: resolveAs('int32', true), filled: 'bool', dtype };
  }
  const integers = whole && (dtype === 'int32' || first.dtype === 'uint32');
  const job = resolveAs(integers ? 'int32' : asked, true);
  const filled = job.dtype === 'uint32' || job.dtype === 'int32' ? 'int32' : 'float32';
  if (dtype === 'int32' && filled === 'float32') checkWhole(initializer, job);
  return { job, filled, dtype: dtype ?? filled };
}

/** What messages call an initializer. */
function nameOf(initializer: Filling): string {
  return Array.isArray(initializer)
    ? 'such parts'
    : show(initializers.get(initializer).className).slice(1, -1);
}

/** @throws ArgumentError where values may be fractions */
function checkWhole(initializer: Filling, { stretches }: Job): void {
  for (const { draw } of stretches) {
    if (draw.kind !== 'constant' && draw.kind !== 'eye') {
      throw new ArgumentError(`dtype must be float32 for ${nameOf(initializer)}, got int32`);
    }
    const { value } = draw;
    if ((value | 0) !== value || Math.fround(value) !== value) {
      throw new ArgumentError(
        `dtype int32 needs a whole number that float32 and int32 both hold, got ${value}`,
      );
    }
  }
}
