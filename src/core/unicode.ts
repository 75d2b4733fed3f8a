const LONE_SURROGATE = /\p{Surrogate}/u;

/**
 * Whether a text has no lone surrogates, and so has a UTF-8 encoding. Encoders replace each lone surrogate by
 * the same character U+FFFD, which would give two different names the same bytes.
 */
export function isWellFormed(text: string): boolean {
  return !LONE_SURROGATE.test(text);
}
