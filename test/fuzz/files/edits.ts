import fc, { type Arbitrary } from 'fast-check';
import { record } from '../record';
import { copiesOf, placesOf, repeatAt, replaceAt, textOf, type Tree, treeAt } from './tree';

/** A change of the JSON in a file. `at` and `from` are taken modulo the number of places. */
export type TreeEdit =
  | { readonly kind: 'replace'; readonly at: number; readonly text: string }
  | { readonly kind: 'remove'; readonly at: number }
  | { readonly kind: 'copy'; readonly at: number; readonly from: number }
  | { readonly kind: 'rename'; readonly at: number; readonly key: string }
  | { readonly kind: 'repeat' | 'nest' | 'widen'; readonly at: number; readonly count: number };

/** A change of the bytes of a file. `at` is taken modulo its length. */
export type ByteEdit =
  | { readonly kind: 'flip'; readonly at: number; readonly bit: number }
  | { readonly kind: 'cut' | 'remove' | 'double'; readonly at: number; readonly count: number }
  | { readonly kind: 'insert'; readonly at: number; readonly bytes: readonly number[] }
  | { readonly kind: 'length'; readonly value: bigint };

/** What takes the place of a value. Some of it is no JSON. */
export const TEXTS = [
  ['0', '1', '-1', '-0', '3', '1.5', '1e3', '1e308', '1e400', '-1e-400', '0x10', '007', 'NaN'],
  ['Infinity', '-Infinity', '4294967296', '9007199254740991', '9007199254740992'],
  ['18446744073709551616', 'null', 'true', 'undefined', '""', '"x"', '"a\\nb"', '"a\\u0000b"'],
  ['"\\ud800"', '"__proto__"', '"constructor"', '"../x.safetensors"', '"C:\\\\x.safetensors"', '"\\q"'],
  ['[]', '{}', '[[]]', '[null]', '[0]', '[1,2]', '[-1]', '[9007199254740991,9007199254740991]'],
  ['[0,18446744073709551616]', '{"__proto__":1}', '{"class_name":"Dense","config":null}'],
  ['{"class_name":"__keras_tensor__","config":{"shape":[null,2],"keras_history":["x",0,0]}}'],
  ['{"class_name":"Orthogonal","config":{}}', '{"class_name":"HeNormal","config":{"seed":5}}'],
  ['"F32"', '"BF16"', '"U32"', '"I64"', '"F4"', '"float16"', '"uint32"', '"zeros"', '"identity"'],
  ['"bits"', '"orthogonal"', '"torch"', '"**"', '"***"', '"*a*a*a*a*a*a*b"', '"Functional"', '"Dense"'],
  ['"Sequential"', '"Bidirectional"', '"same"', '"channels_first"', '"weight_map"', '"👩‍👩‍👧"'],
].flat();

const KEYS = [
  ['__metadata__', '__proto__', 'constructor', 'weight_map', 'tensors', 'dtype', 'shape', 'config'],
  ['class_name', 'name', '', 'x', 'initializer', 'modelTopology', 'units', 'filters', 'a\u0000b'],
].flat();

const at = fc.nat(100_000);
/** How often: mostly a few times, sometimes up to the limits of what is read, and beyond. */
const count = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 2, max: 12 }) },
  { weight: 2, arbitrary: fc.constantFrom(33, 201, 300, 2000) },
  { weight: 1, arbitrary: fc.constantFrom(10_001, 60_000) },
);

const treeEdit: Arbitrary<TreeEdit> = fc.oneof(
  { weight: 6, arbitrary: record({ kind: fc.constant('replace'), at, text: fc.constantFrom(...TEXTS) }) },
  { weight: 1, arbitrary: record({ kind: fc.constant('remove'), at }) },
  { weight: 1, arbitrary: record({ kind: fc.constant('copy'), at, from: at }) },
  { weight: 2, arbitrary: record({ kind: fc.constant('rename'), at, key: fc.constantFrom(...KEYS) }) },
  {
    weight: 2,
    arbitrary: record({ kind: fc.constantFrom('repeat', 'nest', 'widen'), at, count }),
  },
) as Arbitrary<TreeEdit>;

const byteEdit: Arbitrary<ByteEdit> = fc.oneof(
  record({ kind: fc.constant('flip'), at, bit: fc.nat(7) }),
  record({ kind: fc.constantFrom('cut', 'remove', 'double'), at, count: fc.nat(40) }),
  record({
    kind: fc.constant('insert'),
    at,
    bytes: fc.array(
      fc.oneof(fc.nat(255), fc.constantFrom(0, 0x22, 0x2c, 0x5b, 0x5d, 0x7b, 0x7d, 0xff, 0xc0)),
      { minLength: 1, maxLength: 12 },
    ),
  }),
  record({
    kind: fc.constant('length'),
    value: fc.oneof(
      fc.bigInt({ min: 0n, max: 300n }),
      fc.constantFrom(99_999_999n, 100_000_000n, 2n ** 63n, 2n ** 64n - 1n),
    ),
  }),
) as Arbitrary<ByteEdit>;

export const treeEdits = fc.array(treeEdit, { maxLength: 4 });
export const byteEdits = fc.oneof(
  { weight: 2, arbitrary: fc.constant<ByteEdit[]>([]) },
  { weight: 1, arbitrary: fc.array(byteEdit, { maxLength: 4 }) },
);

/** Edits that would make a text longer than this are left out. */
const LONGEST = 2 ** 20;

/** The documents with the edits; `at` counts the places of all of them. */
export function editTrees(documents: readonly Tree[], edits: readonly TreeEdit[]): Tree[] {
  const root = { items: structuredClone(documents) as Tree[] };
  for (const edit of edits) {
    const places = placesOf(root);
    const place = places[edit.at % places.length];
    const tree = treeAt(place);
    const isDocument = place.holder === root;
    if (edit.kind === 'replace') replaceAt(place, { text: edit.text });
    else if (edit.kind === 'copy')
      replaceAt(place, { text: textOf(treeAt(places[edit.from % places.length])) });
    else if (edit.kind === 'rename') {
      if ('entries' in place.holder) place.holder.entries[place.index][0] = edit.key;
    } else if (edit.kind === 'remove') {
      if (!isDocument) repeatAt(place, 0);
    } else if (edit.kind === 'nest') replaceAt(place, nested(tree, edit.count));
    else if (textOf(tree).length * edit.count > LONGEST) continue;
    else if (edit.kind === 'widen') replaceAt(place, { items: copiesOf(tree, edit.count) });
    else if (!isDocument) repeatAt(place, edit.count);
  }
  return root.items;
}

function nested(tree: Tree, levels: number): Tree {
  let outer = tree;
  for (let i = 0; i < Math.min(levels, 2000); i++)
    outer = i % 2 === 0 ? { items: [outer] } : { entries: [['config', outer]] };
  return outer;
}

export function editBytes(bytes: Uint8Array, edits: readonly ByteEdit[]): Uint8Array {
  let all = Buffer.from(bytes);
  for (const edit of edits) {
    if (edit.kind === 'length') {
      if (all.length >= 8) all.writeBigUInt64LE(edit.value, 0);
      continue;
    }
    const at = all.length === 0 ? 0 : edit.at % all.length;
    if (edit.kind === 'flip') {
      if (all.length > 0) all[at] ^= 1 << edit.bit;
    } else if (edit.kind === 'cut') all = all.subarray(0, at);
    else {
      const rest = edit.kind === 'remove' ? at + edit.count : at;
      const more = edit.kind === 'insert' ? edit.bytes : [];
      const twice = edit.kind === 'double' ? all.subarray(at, at + edit.count) : [];
      all = Buffer.concat([all.subarray(0, at), Buffer.from(more), Buffer.from(twice), all.subarray(rest)]);
    }
  }
  return new Uint8Array(all);
}
