import type { JobOptions } from '../index';

/**
 * The options that every runtime takes: `seed`, `name` and `math`, as `Sampler.fill` has them.
 *
 * @example
 * ```ts
 * import * as tf from '@tensorflow/tfjs';
 * import { refill, type RefillOptions } from 'tensorseed/tfjs';
 *
 * const options: RefillOptions = { seed: 42, name: 'bias', math: 'exact' };
 * const bias = tf.variable(tf.zeros([16]));
 * await refill(bias, 'random_normal', options);
 * ```
 */
export type RuntimeOptions = Pick<JobOptions, 'seed' | 'stream' | 'name' | 'math'>;

export const RUNTIME_KEYS = ['seed', 'stream', 'name', 'math'] as const;

/**
 * The dtypes of tensors on the GPU that the runtimes and this library have. No runtime has bfloat16 and int8.
 *
 * @example
 * ```ts
 * import type { RuntimeDtype } from 'tensorseed/ort';
 *
 * const bytes: Record<RuntimeDtype, number> = { float32: 4, float16: 2, uint32: 4, int32: 4 };
 * console.log(bytes.float16); // 2
 * ```
 */
export type RuntimeDtype = 'float32' | 'float16' | 'uint32' | 'int32';

export const RUNTIME_DTYPES: readonly RuntimeDtype[] = ['float32', 'float16', 'uint32', 'int32'];
