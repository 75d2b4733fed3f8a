/** Named things in the order of their names. Each name has one. */
export function inOrderOf<T extends { readonly name: string }>(
  names: readonly string[],
  things: readonly T[],
): T[] {
  const byName = new Map(things.map((thing) => [thing.name, thing]));
  return names.map((name) => byName.get(name)!);
}
