import fc, { type Arbitrary } from 'fast-check';
import { record } from '../record';
import { type ByteEdit, byteEdits, editBytes, editTrees, type TreeEdit, treeEdits } from './edits';
import { type Packed, SAMPLES } from './samples';
import { textOf } from './tree';

/** A file that was valid, and what was changed in it. */
export interface FileInput {
  /** The name of a sample. */
  readonly sample: string;
  readonly edits: readonly TreeEdit[];
  readonly byteEdits: readonly ByteEdit[];
}

const own = SAMPLES.filter(({ name }) => !name.startsWith('Keras 3'));
const keras = SAMPLES.filter(({ name }) => name.startsWith('Keras 3'));
const names = (samples: typeof SAMPLES): Arbitrary<string> =>
  fc.constantFrom(...samples.map(({ name }) => name));

export const fileInput: Arbitrary<FileInput> = record({
  sample: fc.oneof({ weight: 2, arbitrary: names(own) }, { weight: 1, arbitrary: names(keras) }),
  edits: treeEdits,
  byteEdits,
});

/** The bytes that an input stands for. */
export function pack({ sample: name, edits, byteEdits }: FileInput): Packed {
  const sample = SAMPLES.find((one) => one.name === name);
  if (sample === undefined) throw new Error(`there is no sample ${name}`);
  const texts = editTrees(sample.documents, edits).map((tree) => new TextEncoder().encode(textOf(tree)));
  const packed = sample.pack(texts);
  return packed.rules === undefined
    ? { ...packed, file: editBytes(packed.file, byteEdits) }
    : { ...packed, rules: editBytes(packed.rules, byteEdits) };
}
