import * as tf from '@tensorflow/tfjs';
import { knownKeys } from '../../../../core/check';
import { ArgumentError } from '../../../../core/errors';
import { Key, type Seed } from '../../../../index';
import { provideSampling } from '../sampling';
import { replaceDropout } from './dropout_op';
import { replaceLayers } from './layers';
import { replaceMultinomial } from './multinomial';

/**
 * The options of {@link install}.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-webgpu';
 * import { install, type InstallOptions } from 'tensorseed/tfjs-ops';
 *
 * const options: InstallOptions = { seed: 42 };
 * const uninstall = install(options);
 * uninstall();
 * ```
 */
export interface InstallOptions {
  /**
   * Where calls of tf.multinomial and layers that have no seed of their own get theirs, so that a program has the
   * same numbers in each run. Default: a random seed.
   */
  seed?: Seed;
}

let uninstallLast: (() => void) | undefined;

/**
 * Makes tf.js's webgpu backend use our kernels, until what it returns is called: tf.multinomial, tf.dropout, and
 * the layers Dropout, SpatialDropout1D, GaussianDropout, GaussianNoise and AlphaDropout in training. Other backends
 * compute what they did. A second call takes the place of the first.
 *
 * A layer draws another mask at each call: that of `Key.from(seed).fold(n)` at call n of the layer, from 0 on. A
 * layer without a seed gets one from the option `seed` and its place among such layers, in the order of their first
 * calls. Nothing else has a part in it, so that a program has the same masks in each run. The gradient computes the
 * mask again, and stores none.
 * @returns what puts tf.js's own kernels back
 * @throws ArgumentError where an option cannot be right, or the package of the webgpu backend is not imported
 *
 * @example
 * ```ts
 * import * as tf from '@tensorflow/tfjs';
 * import '@tensorflow/tfjs-backend-webgpu';
 * import { install } from 'tensorseed/tfjs-ops';
 *
 * const uninstall = install({ seed: 42 });
 * // From here on tf.multinomial, tf.dropout and tf.layers.dropout({ rate: 0.5 }) draw on the GPU.
 * uninstall();
 * ```
 */
export function install(options: InstallOptions = {}): () => void {
  const { seed } = knownKeys('options', options, ['seed']) as InstallOptions;
  const root = seed === undefined ? Key.random() : Key.from(seed);
  if (tf.getKernel('Multinomial', 'webgpu') === undefined) {
    throw new ArgumentError(
      "install needs tf.js's webgpu backend: import '@tensorflow/tfjs-backend-webgpu' before",
    );
  }
  uninstallLast?.();
  provideSampling();
  const restore = [replaceMultinomial(root), replaceDropout(), replaceLayers(root)];
  const uninstall = (): void => {
    if (uninstallLast !== uninstall) return;
    for (const one of restore) one();
    uninstallLast = undefined;
  };
  uninstallLast = uninstall;
  return uninstall;
}
