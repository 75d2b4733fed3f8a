import { type InitializerSpec, type JobOptions, Sampler, type Shape, initializers } from '../../src/index';

/** A tensor's elements as the CPU computes them: 32 bits each, 16 for halves, 8 for bytes. */
export async function twin(
  initializer: InitializerSpec,
  shape: Shape,
  options: JobOptions = {},
): Promise<number[]> {
  const sampler = await Sampler.create({ backend: 'cpu', cpu: 'reference' });
  const tensor = await sampler.fill(
    initializer === 'bits' ? initializers.bits() : initializer,
    shape,
    options,
  );
  const bytes = tensor.buffer as ArrayBuffer;
  if (tensor.dtype.endsWith('16')) return Array.from(new Uint16Array(bytes));
  return Array.from(tensor.dtype === 'uint8' ? new Uint8Array(bytes) : new Uint32Array(bytes));
}

/** The float32 numbers of 32-bit words. */
export function floatsOf(words: readonly number[]): number[] {
  return Array.from(new Float32Array(Uint32Array.from(words).buffer));
}

export function repeat<T>(value: T, count: number): T[] {
  return Array.from({ length: count }, () => value);
}
