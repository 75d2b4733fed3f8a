import type { Dtype } from '../../../core/dtype';
import type { KeyWords } from '../../../distributions/key_words';
import type { ElementParameters, Patterns } from '../computer';
import { type SamplingTwins, type Twin, TWINS } from './twins';

let sampling: SamplingTwins | undefined;

/** Gives the library the twins. An entry calls it whose functions cannot wait. */
export function provideTwins(twins: SamplingTwins): void {
  sampling = twins;
}

/** Loads the twin of a kernel, where it is not here. */
export async function loadTwin({ kernel }: ElementParameters): Promise<void> {
  if (sampling === undefined && !Object.hasOwn(TWINS, kernel))
    sampling = (await import('./sampling')).SAMPLING_TWINS;
}

/**
 * Fills `out` with the elements of a tensor from `start` on, as the GPU computes them. The twin is loaded.
 * @param start the index of the first element, row-major, below 2^53
 */
export function fillReference(
  params: ElementParameters,
  key: KeyWords,
  dtype: Dtype,
  start: number,
  out: Patterns,
): void {
  const { kernel } = params;
  const twins = Object.hasOwn(TWINS, kernel) ? TWINS : sampling!;
  (twins as Readonly<Record<string, Twin<any>>>)[kernel](params, key, dtype, start, out);
}
