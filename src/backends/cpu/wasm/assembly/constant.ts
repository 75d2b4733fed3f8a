/**
 * A 32-bit constant in all lanes. It comes from memory, since V8 would build a literal anew, in
 * three instructions, wherever one is used.
 * @param at where the constant is
 */
// @ts-ignore: decorator
@inline
export function splat(at: usize): v128 {
  return v128.load32_splat(at);
}

/** The same for one of 64 bits. */
// @ts-ignore: decorator
@inline
export function splat64(at: usize): v128 {
  return v128.load64_splat(at);
}
