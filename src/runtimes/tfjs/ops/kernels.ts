import * as tf from '@tensorflow/tfjs';
import { Key } from '../../../index';

/** The numbers of a kernel's call. The two words are those of its key. */
export type Attributes = { readonly lo: number; readonly hi: number } & Readonly<Record<string, number>>;

/** A kernel of one tensor. tf.js runs it as one of its own: so it has gradients, and profiles show it. */
export interface OwnKernel {
  readonly name: string;
  compute(x: tf.TensorInfo, attributes: Attributes, key: Key): tf.TensorInfo;
  /** The gradient for `x`; without it there is none. */
  gradient?(dy: tf.Tensor, attributes: Attributes): tf.Tensor;
}

/** Runs a kernel on the backend that tf.js computes with now. */
export function runKernel(
  kernel: OwnKernel,
  x: tf.Tensor,
  { lo, hi }: Pick<Key, 'lo' | 'hi'>,
  numbers: Readonly<Record<string, number>>,
): tf.Tensor {
  register(kernel);
  return tf.engine().runKernel(kernel.name, { x }, { ...numbers, lo, hi }) as tf.Tensor;
}

function register({ name: kernelName, compute, gradient }: OwnKernel): void {
  const backendName = tf.getBackend();
  if (tf.getKernel(kernelName, backendName) !== undefined) return;
  tf.registerKernel({
    kernelName,
    backendName,
    kernelFunc({ inputs: { x }, attrs }) {
      const attributes = attrs as Attributes;
      return compute(x!, attributes, Key.from({ lo: attributes.lo, hi: attributes.hi }));
    },
  });
  if (gradient === undefined || tf.getGradient(kernelName) !== undefined) return;
  tf.registerGradient({
    kernelName,
    gradFunc: (dy, _, attrs) => ({ x: () => gradient(dy as tf.Tensor, attrs as Attributes) }),
  });
}
