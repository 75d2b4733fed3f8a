import { isFloat, type Dtype } from '../core/dtype';
import { ArgumentError, show } from '../core/errors';
import type { Shape } from '../core/shape';
import { formatName, type SafetensorsDtype } from '../formats/safetensors_dtypes';
import { isConvertible } from './convert';

/**
 * Where the bytes of a copied tensor are.
 *
 * @example
 * ```ts
 * import { type CopyPlace, describeModel } from 'tensorseed/models';
 *
 * const headers = { 'a.safetensors': new TextEncoder().encode('........{"b":{"dtype":"I8","shape":[3],"data_offsets":[0,3]}}') };
 * new DataView(headers['a.safetensors'].buffer).setBigUint64(0, 53n, true);
 * const index = { weight_map: { b: 'a.safetensors' } };
 * const [copy] = describeModel({ index, headers }, { rules: [{ pattern: 'b', copy: true }] }).copies;
 * const place: CopyPlace | undefined = copy.place;
 * console.log(place?.file, place?.begin, place?.end); // a.safetensors 61 64
 * ```
 */
export interface CopyPlace {
  /** The file, by its name in the index; undefined where the source is one file. */
  readonly file: string | undefined;
  /** The tensor's first byte in the file. */
  readonly begin: number;
  /** The byte of the file behind its last one. */
  readonly end: number;
}

/**
 * A tensor that keeps the values of a checkpoint, as a rule with `copy: true` says.
 *
 * @example
 * ```ts
 * import { type CopiedTensor, describeModel } from 'tensorseed/models';
 *
 * const header = { steps: { dtype: 'I64', shape: [], data_offsets: [0, 8] } };
 * const model = describeModel(header, { rules: [{ pattern: 'steps', copy: true }] });
 * const [steps]: readonly CopiedTensor[] = model.copies;
 * console.log(steps.name, steps.dtype, steps.count); // steps I64 1
 * ```
 */
export interface CopiedTensor {
  /** Its name. */
  readonly name: string;
  /** Its sizes in elements. */
  readonly shape: Shape;
  /** The number of its elements. */
  readonly count: number;
  /** The type of its elements, by safetensors' name. */
  readonly dtype: SafetensorsDtype;
  /** Their type in the source. Where it is another one, they are converted. */
  readonly stored: SafetensorsDtype;
  /** Where its bytes are; undefined where the source is a header as JSON, which does not say how long it is. */
  readonly place: CopyPlace | undefined;
  /** Its bytes in the source, where that has them: a view, no copy. */
  readonly bytes: Uint8Array | undefined;
}

/** Whether a tensor of a file is copied and not filled. */
export function isCopied<T extends object>(tensor: T): tensor is Extract<T, CopiedTensor> {
  return 'stored' in tensor;
}

/**
 * A stored tensor as one that is copied.
 * @param file the file's name for messages
 * @param dtype the type that floats are converted to; undefined where each tensor keeps its own
 * @throws ArgumentError where its elements are not converted to that type
 */
export function copiedTensor(
  file: string,
  tensor: Omit<CopiedTensor, 'stored'>,
  dtype: Dtype | undefined,
): CopiedTensor {
  const { name, dtype: stored } = tensor;
  if (dtype === undefined || !/^B?F\d/.test(stored)) return { ...tensor, stored };
  const what = `tensor ${show(name)} of ${file} has dtype ${stored}, and a copy is not converted`;
  if (!isFloat(dtype))
    throw new ArgumentError(
      `${what} to ${dtype}; give float32, float16 or bfloat16, or no dtype to keep its own`,
    );
  if (!isConvertible(stored))
    throw new ArgumentError(`${what} from it; give no dtype, so that it keeps its own`);
  return { ...tensor, dtype: formatName(dtype), stored };
}
