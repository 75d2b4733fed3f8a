import type { Dtype, Initializer } from '../../index';
import type { Machine } from '../panel';
import { settings } from '../settings';

/** The most elements that a card looks at. Of larger tensors it takes the first ones. */
export const SHOWN = 2 ** 18;

/** The tensor that a card shows. */
export interface CardTensor {
  readonly initializer: Initializer;
  readonly shape: readonly number[];
  readonly dtype: Dtype;
  readonly elements: number;
}

export interface ComputedValues {
  readonly values: Float32Array;
  readonly backend: 'gpu' | 'cpu';
  /** The time from the call until the values were on the host. */
  readonly ms: number;
}

/**
 * The first elements of a tensor. The GPU computes them, unless there is none or the visitor chose the CPU.
 */
export async function compute(
  machine: Machine,
  { initializer, shape, dtype, elements }: CardTensor,
  signal: AbortSignal,
  onProgress: (share: number) => void,
): Promise<ComputedValues> {
  const sampler = settings.get('on', 'gpu') === 'cpu' ? machine.cpu : (machine.gpu ?? machine.cpu);
  const began = performance.now();
  const tensor = await sampler.fill(initializer, [...shape], {
    dtype,
    range: { start: 0, count: Math.min(elements, SHOWN) },
    signal,
    onProgress,
  });
  try {
    const values = await tensor.float32();
    return { values, backend: sampler.backend, ms: performance.now() - began };
  } finally {
    tensor.destroy();
  }
}
