/**
 * A constant of 32 bits in all lanes. It comes from memory, because V8 would build a literal in three
 * instructions wherever it is used.
 * @param at the address of the constant
 */
// @ts-ignore: decorator
@inline
export function splat(at: usize): v128 {
  return v128.load32_splat(at);
}

/** The same for a constant of 64 bits. */
// @ts-ignore: decorator
@inline
export function splat64(at: usize): v128 {
  return v128.load64_splat(at);
}
