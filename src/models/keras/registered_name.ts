/**
 * The hook of a class, by the name that it is registered under ("Package>Name") or by its own. Keras 3 writes both
 * names, and tf.keras writes the registered one as the name of the class.
 */
export function hookOf<T>(
  hooks: ReadonlyMap<string, T>,
  registered: unknown,
  className: unknown,
): T | undefined {
  const own = typeof className === 'string' ? className.slice(className.indexOf('>') + 1) : '';
  return hooks.get(registered as string) ?? hooks.get(className as string) ?? hooks.get(own);
}
