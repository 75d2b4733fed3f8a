/** The options of an initializer that takes none. */
export type NoOptions = Record<string, never>;

export const NO_OPTIONS = {};
