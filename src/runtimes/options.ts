import type { JobOptions } from '../job';

/** What to compute, where the runtime says of which type and where. */
export type RuntimeOptions = Pick<JobOptions, 'seed' | 'name' | 'math'>;

export const RUNTIME_KEYS = ['seed', 'name', 'math'] as const;
