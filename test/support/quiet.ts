/** The options of a summary that prints nothing and only returns the text. */
export const quiet = { printFn: (): void => {} };
