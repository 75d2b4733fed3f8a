import { knownKeys, oneOf } from '../../core/check';
import { ArgumentError } from '../../core/errors';
import { type Filling, type ResolvedPart, resolveFilling } from '../../initializers/resolve';
import type { Job } from '../../jobs/job';
import { jobOf } from '../../jobs/resolve';
import type { Shape } from '../../core/shape';
import { type RuntimeOptions, RUNTIME_KEYS } from '../options';

const DTYPES = ['float32', 'int32'] as const;

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
  const { dtype: wanted, ...rest } = knownKeys('options', options, [...RUNTIME_KEYS, 'dtype']) as FillOptions;
  const dtype = wanted === undefined ? undefined : oneOf('dtype', wanted, DTYPES);
  const parts = resolveFilling(initializer, shape);
  const job = jobOf({ ...rest, initializer, shape, ...(dtype === 'float32' && { dtype }) }, parts);
  const filled = job.dtype === 'uint32' ? 'int32' : 'float32';
  if (dtype === 'int32' && filled === 'float32') parts.forEach(checkWhole);
  return { job, filled, dtype: dtype ?? filled };
}

function checkWhole({ initializer: { className }, draw }: ResolvedPart): void {
  if (draw.kind !== 'constant' && draw.kind !== 'eye') {
    throw new ArgumentError(`dtype must be float32 for ${className}, got int32`);
  }
  const { value } = draw;
  if ((value | 0) !== value || Math.fround(value) !== value) {
    throw new ArgumentError(
      `dtype int32 needs a whole number that float32 and int32 both hold, got ${value}`,
    );
  }
}
