import { grouped, plural } from '../text/numbers';
import { printable } from '../text/printable';

/** How large a file is, such as `model.safetensors: 6 tensors, 1,501,015 elements, 6,004,500 bytes`. */
export function sizeText(path: string, tensors: number, elements: number, bytes: number): string {
  return `${printable(path)}: ${plural(tensors, 'tensor')}, ${plural(elements, 'element')}, ${grouped(bytes)} bytes`;
}
