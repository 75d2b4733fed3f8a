/**
 * A constant in all four lanes. It comes from memory, because V8 would build a literal in several instructions
 * wherever it is used.
 * @param at the address of the constant
 */
// @ts-ignore: decorator
@inline
export function all(at: usize): v128 {
  return v128.load32_splat(at);
}

/** The same for a constant of 64 bits, in both lanes. */
// @ts-ignore: decorator
@inline
export function both(at: usize): v128 {
  return v128.load64_splat(at);
}
