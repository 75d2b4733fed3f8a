import { stft, type StftDraw } from '../../distributions/stft';
import { type DiscreteLaw, discreteLaw } from './law';

/** The law of the elements of a kernel of a short-time Fourier transform, each of which is as probable. */
export function stftLaw(draw: StftDraw): DiscreteLaw {
  const size = draw.frames * draw.frequencies;
  const { words } = stft.parameters(draw, 'float32', 'exact', size);
  const counts = new Map<number, number>();
  for (const value of new Float32Array(words(0, size).buffer))
    counts.set(value, (counts.get(value) ?? 0) + 1);
  return discreteLaw([...counts].map(([value, count]) => ({ value, probability: count / size })));
}
