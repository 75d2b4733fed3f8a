import { type InitializerSpec, type JobOptions, Sampler, type Shape, initializers } from '../../src/index';

/** A tensor's elements as the CPU computes them: 32 bits each, or 16 for halves. */
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
  return Array.from(tensor.dtype.endsWith('16') ? new Uint16Array(bytes) : new Uint32Array(bytes));
}

/** The float32 numbers of 32-bit words. */
export function floatsOf(words: readonly number[]): number[] {
  return Array.from(new Float32Array(Uint32Array.from(words).buffer));
}

export function repeat<T>(value: T, count: number): T[] {
  return Array.from({ length: count }, () => value);
}
