/**
 * JSON as a text is written: unlike a parsed value it can have a key twice, and numbers and words that no
 * JSON has.
 */
export type Tree =
  | { readonly entries: [key: string, value: Tree][] }
  | { readonly items: Tree[] }
  | { text: string };

export function treeOf(value: unknown): Tree {
  if (Array.isArray(value)) return { items: value.map(treeOf) };
  if (typeof value !== 'object' || value === null) return { text: JSON.stringify(value) };
  return { entries: Object.entries(value).map(([key, item]) => [key, treeOf(item)]) };
}

export function textOf(tree: Tree): string {
  // Not recursive: trees may be nested deeper than the stack.
  const parts: string[] = [];
  const stack: (Tree | string)[] = [tree];
  while (stack.length > 0) {
    const top = stack.pop()!;
    if (typeof top === 'string') parts.push(top);
    else if ('text' in top) parts.push(top.text);
    else if ('items' in top) {
      stack.push(']');
      for (let i = top.items.length - 1; i >= 0; i--) stack.push(top.items[i], ...(i > 0 ? [','] : []));
      parts.push('[');
    } else {
      stack.push('}');
      for (let i = top.entries.length - 1; i >= 0; i--) {
        const [key, value] = top.entries[i];
        stack.push(value, `${i > 0 ? ',' : ''}${JSON.stringify(key)}:`);
      }
      parts.push('{');
    }
  }
  return parts.join('');
}

/** A place in a tree: an object or a list, and the index of what is in it. */
export interface Place {
  readonly holder: Exclude<Tree, { text: string }>;
  readonly index: number;
}

export function placesOf(root: Tree): Place[] {
  const places: Place[] = [];
  const stack: Tree[] = [root];
  while (stack.length > 0) {
    const holder = stack.pop()!;
    if ('text' in holder) continue;
    const inside = 'items' in holder ? holder.items : holder.entries.map(([, value]) => value);
    inside.forEach((value, index) => {
      places.push({ holder, index });
      stack.push(value);
    });
  }
  return places;
}

export function treeAt({ holder, index }: Place): Tree {
  return 'items' in holder ? holder.items[index] : holder.entries[index][1];
}

export function replaceAt({ holder, index }: Place, tree: Tree): void {
  if ('items' in holder) holder.items[index] = tree;
  else holder.entries[index][1] = tree;
}

/** The tree, and copies of it as texts, `count` in all. No two places have one tree, which edits would multiply. */
export function copiesOf(tree: Tree, count: number): Tree[] {
  const text = textOf(tree);
  return Array.from({ length: count }, (_, i) => (i === 0 ? tree : { text }));
}

/** Puts `count` copies in the place of one entry. With 0 it is removed. */
export function repeatAt(place: Place, count: number): void {
  const { holder, index } = place;
  const copies = copiesOf(treeAt(place), count);
  if ('items' in holder) holder.items.splice(index, 1, ...copies);
  else {
    const [key] = holder.entries[index];
    holder.entries.splice(index, 1, ...copies.map((copy): [string, Tree] => [key, copy]));
  }
}
