import type { Dtype } from '../core/dtype';
import { ArgumentError, show } from '../core/errors';
import type { Json } from '../formats/json';
import { elementCount, type Shape } from '../core/shape';
import { DTYPE_NAMED, type SafetensorsDtype } from '../formats/safetensors_dtypes';
import {
  headerLength,
  headerOf,
  METADATA_KEY,
  parseHeader,
  type TensorEntry,
} from '../formats/safetensors_header';
import { type CopiedTensor, copiedTensor, type CopyPlace } from './copied';
import { checkNames, MAX_TENSORS, type TensorDescription } from './description';
import { applyRules } from './rules/apply';
import type { ModelConfig } from './rules/model_config';
import type { RuleTable } from './rules/rule';
import { RULE_TABLES } from './rules/tables';

/** A tensor as a safetensors header describes it. */
export interface StoredTensor extends Omit<CopiedTensor, 'stored'> {}

/** A safetensors header: its JSON, or the first bytes of its file up to the end of the header or further. */
export type Header = Uint8Array | ReadonlyMap<string, Json>;

/**
 * The tensors of a safetensors header, in the order of their bytes.
 * @param file the file's name for messages
 * @throws ArgumentError where the header breaks a rule of the format
 */
export function readHeader(file: string, header: Header): readonly StoredTensor[] {
  if (!(header instanceof Uint8Array))
    return headerOf(file, header, 0, undefined).tensors.map((tensor) =>
      storedTensor(tensor, undefined, undefined),
    );
  const length = headerLength(file, header, header.length);
  const { tensors } = parseHeader(file, header.subarray(8, 8 + length), undefined);
  return tensors.map((tensor) => {
    const { begin, end } = tensor;
    const bytes = end <= header.length ? header.subarray(begin, end) : undefined;
    return storedTensor(tensor, { file: undefined, begin, end }, bytes);
  });
}

function storedTensor(
  { name, shape, count, dtype }: TensorEntry,
  place: CopyPlace | undefined,
  bytes: Uint8Array | undefined,
): StoredTensor {
  return { name, shape, count, dtype, place, bytes };
}

/** A tensor of which a list has the name, the shape and the type, and no bytes. */
export function listedTensor(name: string, shape: Shape, dtype: SafetensorsDtype): StoredTensor {
  return { name, shape, count: elementCount(shape), dtype, place: undefined, bytes: undefined };
}

/**
 * Whether the bytes begin as a safetensors file does: with the header's length in 8 bytes, of which the
 * last is 0 because the length is at most 10^8, and then with "{". No JSON has a byte 0.
 */
export function isSafetensors(bytes: Uint8Array): boolean {
  return bytes.length >= 9 && bytes[7] === 0 && bytes[8] === 0x7b;
}

/**
 * Whether an object is the JSON of a safetensors header, in which every key but the metadata names a
 * tensor.
 */
export function isHeader(root: ReadonlyMap<string, Json>): boolean {
  return [...root].every(
    ([name, value]) =>
      name === METADATA_KEY || (value instanceof Map && value.has('dtype') && value.has('shape')),
  );
}

/**
 * Whether an object is the JSON of the index of a model in several files, which Hugging Face calls
 * model.safetensors.index.json.
 */
export function isIndex(root: ReadonlyMap<string, Json>): boolean {
  const map = root.get('weight_map');
  return map instanceof Map && !map.has('dtype');
}

/** The most characters that a file's name has on the usual file systems. */
const MAX_FILE_NAME = 255;

/**
 * The files that an index names, each once, in its order.
 * @param what names the index in messages
 * @throws ArgumentError where there are none, or one is anything else than the name of a safetensors file
 *   beside the index
 */
export function filesOfIndex(what: string, root: ReadonlyMap<string, Json>): string[] {
  const map = root.get('weight_map') as ReadonlyMap<string, Json>;
  if (map.size === 0) throw new ArgumentError(`${what} lists no tensors: its "weight_map" is empty`);
  for (const [tensor, file] of map) {
    if (typeof file !== 'string' || !/^[^/\\:\0]+\.safetensors$/.test(file) || file.length > MAX_FILE_NAME) {
      throw new ArgumentError(
        `tensor ${show(tensor)} of ${what} must be in a .safetensors file beside it, got ${show(file)}`,
      );
    }
  }
  return [...new Set(map.values() as Iterable<string>)];
}

/**
 * The tensors that an index lists, in its order. An index has no shapes, so the headers of its files are
 * needed as well.
 * @param what names the index in messages
 * @param headers the headers by the names of the files
 * @throws ArgumentError where a header is missing, or index and headers do not list the same tensors
 */
export function readIndex(
  what: string,
  root: ReadonlyMap<string, Json>,
  headers: ReadonlyMap<string, Header>,
): readonly StoredTensor[] {
  const map = root.get('weight_map') as ReadonlyMap<string, string>;
  const found = new Map<string, StoredTensor>();
  for (const file of filesOfIndex(what, root)) {
    const header = headers.get(file);
    if (header === undefined)
      throw new ArgumentError(`${what} has no shapes: the header of its file ${show(file)} is missing`);
    for (const tensor of readHeader(file, header)) {
      if (map.get(tensor.name) !== file)
        throw new ArgumentError(`tensor ${show(tensor.name)} is in ${file}, where ${what} does not list it`);
      found.set(tensor.name, { ...tensor, place: tensor.place && { ...tensor.place, file } });
    }
  }
  return [...map].map(([name, file]) => {
    const tensor = found.get(name);
    if (tensor === undefined)
      throw new ArgumentError(`tensor ${show(name)} is not in ${file}, where ${what} lists it`);
    return tensor;
  });
}

export interface CheckpointOptions {
  /** What fills the tensors: the name of a published table, 'auto', or a list of rules. Required. */
  readonly rules?: string | RuleTable;
  /** The config.json beside the file. */
  readonly config: ModelConfig;
  /** The type of all tensors that are floats in the file. Default: each has its own. */
  readonly dtype?: Dtype;
}

/** What the rules make of the tensors of a checkpoint. */
export interface RuledCheckpoint {
  /** The tensors that are filled. */
  readonly described: readonly TensorDescription[];
  readonly copies: readonly CopiedTensor[];
  /** The names of the tensors that are filled or copied, in the order of the checkpoint. */
  readonly names: readonly string[];
  /** The names of those that are left out. */
  readonly skipped: readonly string[];
  readonly notes: readonly string[];
}

/**
 * Describes a model with the tensors of a checkpoint, which rules fill anew or copy.
 * @param file the file's name for messages
 * @throws ArgumentError naming the tensor that no rule matches, or whose type cannot be filled or converted
 */
export function describeCheckpoint(
  file: string,
  tensors: readonly StoredTensor[],
  { rules, config, dtype }: CheckpointOptions,
): RuledCheckpoint {
  if (rules === undefined) {
    throw new ArgumentError(
      `${file} has names and shapes, but no initializers: it needs rules, a list, auto, or one of ` +
        RULE_TABLES.join(', '),
    );
  }
  if (tensors.length > MAX_TENSORS)
    throw new ArgumentError(`${file} has ${tensors.length} tensors, more than ${MAX_TENSORS}`);
  const { filled, copied, skipped, notes } = applyRules(tensors, rules, config);
  const described = filled.map(({ tensor, filling }): TensorDescription => {
    const { name, shape } = tensor;
    const own = elementType(file, tensor, dtype);
    return { name, shape, initializer: filling, ...(own && { dtype: own }) };
  });
  const copies = copied.map((tensor) => copiedTensor(file, tensor, dtype));
  const left = new Set(skipped);
  const names = tensors.filter((tensor) => !left.has(tensor)).map(({ name }) => name);
  checkNames(file, [...described, ...copies]);
  return { described, copies, names, skipped: skipped.map(({ name }) => name), notes };
}

/**
 * The tensor's own type; undefined where `dtype` takes its place.
 * @throws ArgumentError where it is a type that is not filled
 */
function elementType(
  file: string,
  { name, dtype: stored }: StoredTensor,
  dtype: Dtype | undefined,
): Dtype | undefined {
  const what = `tensor ${show(name)} of ${file} has dtype ${stored}`;
  if (stored === 'U32') return 'uint32';
  if (!/^B?F\d/.test(stored)) {
    const [skip, copy] = ['skip', 'copy'].map((key) => show({ pattern: name, [key]: true }));
    throw new ArgumentError(
      `${what}, which no initializer fills; leave it out with the rule ${skip}, or keep its values with ${copy}`,
    );
  }
  if (dtype !== undefined) return undefined;
  const own = DTYPE_NAMED.get(stored);
  if (own === undefined)
    throw new ArgumentError(`${what}; give a dtype to fill it with: float32, float16 or bfloat16`);
  return own;
}
