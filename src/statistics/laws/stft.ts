import { stftElements, type StftKernel } from '../../arithmetic/stft';
import { type DiscreteLaw, discreteLaw } from './law';

/** The law of the elements of a kernel of a short-time Fourier transform, each of which is as probable. */
export function stftLaw(kernel: StftKernel): DiscreteLaw {
  const size = kernel.frames * kernel.frequencies;
  const counts = new Map<number, number>();
  for (const value of new Float32Array(stftElements(kernel)(0, size).buffer))
    counts.set(value, (counts.get(value) ?? 0) + 1);
  return discreteLaw([...counts].map(([value, count]) => ({ value, probability: count / size })));
}
