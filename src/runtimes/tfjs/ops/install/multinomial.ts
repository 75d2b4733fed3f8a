import * as tf from '@tensorflow/tfjs';
import type { Key } from '../../../../index';
import { keyOfSeed } from '../key';
import { drawFrom } from '../multinomial';

const NAME = { kernelName: 'Multinomial', backendName: 'webgpu' } as const;

/**
 * Takes the place of the kernel of tf.multinomial.
 * @param root gives calls without a seed theirs
 * @returns what puts it back
 */
export function replaceMultinomial(root: Key): () => void {
  const own = tf.getKernel(NAME.kernelName, NAME.backendName);
  const unseeded = root.fold('multinomial');
  let calls = 0;
  // tf.js draws a number between 0 and 1 where it is given no seed, or 0.
  const keyOf = (seed: number): Key => (seed > 0 && seed < 1 ? unseeded.fold(calls++) : keyOfSeed(seed));
  const kernelFunc: tf.KernelFunc = ({ inputs, attrs }) => {
    const { numSamples, seed, normalized } = attrs as Record<string, unknown>;
    return drawFrom(inputs.logits!, numSamples as number, keyOf(seed as number), normalized === true);
  };
  replace({ ...NAME, kernelFunc });
  return () => replace(own);
}

function replace(kernel: tf.KernelConfig): void {
  tf.unregisterKernel(NAME.kernelName, NAME.backendName);
  tf.registerKernel(kernel);
}
