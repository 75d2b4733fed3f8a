import { grouped, plural } from '../text/numbers';
import { printable } from '../text/printable';

/**
 * Says how large a file is, such as `model.safetensors: 2 tensors, 1,500 elements, 6,128 bytes`.
 */
export function sizeText(path: string, tensors: number, elements: number, bytes: number): string {
  const contents = `${plural(tensors, 'tensor')}, ${plural(elements, 'element')}`;
  return `${printable(path)}: ${contents}, ${grouped(bytes)} bytes`;
}
