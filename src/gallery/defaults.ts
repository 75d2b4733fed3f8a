/** The values of settings that the address does not name. */
export const DEFAULTS = { seed: '42', shape: '256, 256', dtype: 'float32', on: 'gpu' } as const;
