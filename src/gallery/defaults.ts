/** What holds where the address says nothing. */
export const DEFAULTS = { seed: '42', shape: '256, 256', dtype: 'float32', on: 'gpu' } as const;
