import { knownKeys, oneOf } from '../../core/check';
import { ArgumentError } from '../../core/errors';
import { type Filling, initializers, type Job, type Shape } from '../../index';
import { resolveCall } from '../../jobs/resolve';
import { type RuntimeOptions, RUNTIME_KEYS } from '../options';

const DTYPES = ['float32', 'int32'] as const;
const TF_KEYS = [...RUNTIME_KEYS, 'dtype'] as const;

/** What a tensor holds: float32, or int32 for bits and for constants and identities of whole numbers. */
export type TensorDtype = (typeof DTYPES)[number];

export interface FillOptions extends RuntimeOptions {
  /** Default float32; for bits int32, the same 32 bits. */
  dtype?: TensorDtype;
}

/** What tf.js is to hold, checked and resolved. */
export interface TfRequest {
  readonly job: Job;
  /** As what it is filled; where `dtype` is another, tf.js casts it. */
  readonly filled: TensorDtype;
  readonly dtype: TensorDtype;
}

/** @throws ArgumentError for the first argument that cannot be right */
export function resolveForTf(initializer: Filling, shape: Shape, options: FillOptions): TfRequest {
  const { dtype: wanted } = knownKeys('options', options, TF_KEYS) as FillOptions;
  const dtype = wanted === undefined ? undefined : oneOf('dtype', wanted, DTYPES);
  const complete = { ...options, dtype: dtype === 'float32' ? dtype : undefined };
  const job = resolveCall(initializer, shape, complete, TF_KEYS);
  const filled = job.dtype === 'uint32' ? 'int32' : 'float32';
  if (dtype === 'int32' && filled === 'float32') checkWhole(initializer, job);
  return { job, filled, dtype: dtype ?? filled };
}

/** @throws ArgumentError where values may be fractions */
function checkWhole(initializer: Filling, { stretches }: Job): void {
  for (const { draw } of stretches) {
    if (draw.kind !== 'constant' && draw.kind !== 'eye') {
      const name = Array.isArray(initializer) ? 'such parts' : initializers.get(initializer).className;
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
