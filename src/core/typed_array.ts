const tagOf = Object.getOwnPropertyDescriptor(
  Object.getPrototypeOf(Uint8Array.prototype),
  Symbol.toStringTag,
)!.get!;

/**
 * The name of a typed array's class, such as Float32Array; undefined for any other value. It comes from the engine, also
 * for an array of another realm.
 */
export function typedArrayName(value: unknown): string | undefined {
  return tagOf.call(value) as string | undefined;
}
