import type { JobOptions } from '../index';

/** What to compute, where the runtime says of which type and where. */
export type RuntimeOptions = Pick<JobOptions, 'seed' | 'name' | 'math'>;

export const RUNTIME_KEYS = ['seed', 'name', 'math'] as const;

/** The types that WebGPU runtimes have and we fill; none of them has bfloat16. */
export const RUNTIME_DTYPES = ['float32', 'float16', 'uint32'] as const;
export type RuntimeDtype = (typeof RUNTIME_DTYPES)[number];
