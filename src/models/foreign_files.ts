import { ArgumentError } from '../core/errors';
import { isSafetensors } from './checkpoint';

/** What messages say of a file that torch.save wrote. */
export const PYTORCH =
  'a PyTorch file, whose pickle is not read: save its state_dict by safetensors.torch.save_file, and give rules';
/** What messages say of TensorFlow's SavedModel. */
export const SAVED_MODEL =
  'a TensorFlow SavedModel, which has no initializers: load it in Keras and save it as .keras';
const GIVE_SHAPES =
  'which has no initializers: give the names and shapes of its tensors as a list or as a safetensors file with rules';
/**
 * Refuses files of formats that are known and not read.
 * @param first the file's first 9 bytes or more
 * @throws ArgumentError, one line that says what the file is and what to do
 */
export function refuseForeign(file: string, first: Uint8Array): void {
  const found = kindOf(first);
  if (found !== undefined) throw new ArgumentError(`${file} is ${found}`);
}

/** A GGUF file may look like a safetensors file, whose header would be too long. */
function kindOf(first: Uint8Array): string | undefined {
  const [a, b, c] = first;
  const text = String.fromCharCode(...first.subarray(0, 8));
  if (text.startsWith('GGUF')) return `a GGUF file, ${GIVE_SHAPES}`;
  if (isSafetensors(first)) return undefined;
  if (text.endsWith('TFL3')) return `a TensorFlow Lite file, ${GIVE_SHAPES}`;
  // The first opcode of a pickle says its protocol.
  if (a === 0x80 && b >= 2 && b <= 5) return PYTORCH;
  // The first field of a protocol buffer, a small number, is the version of the format. A text follows.
  if (a !== 0x08 || c !== 0x12) return undefined;
  return b === 1 ? SAVED_MODEL : b <= 32 ? `an ONNX model, ${GIVE_SHAPES}` : undefined;
}
