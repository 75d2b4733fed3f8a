import * as tf from '@tensorflow/tfjs';
import { type Key, Sampler } from '../../../index';
import { changeNow, changeOnHost, dropoutOf, type LoadedOperation, noiseOf } from '../../../operations/now';
import { webgpuBackend } from '../backend';
import { type OwnKernel, runKernel } from './kernels';
import { makeOnGpu, readable } from './memory';

const DROPOUT: OwnKernel = {
  name: 'TensorseedDropout',
  compute: (x, { rate }, key) => change(dropoutOf(rate), key, x),
  gradient: (dy, attributes) => runKernel(DROPOUT, dy, attributes, attributes), // The mask is that of the same key.
};

const NOISE: OwnKernel = {
  name: 'TensorseedNoise',
  compute: (x, { stddev }, key) => change(noiseOf(Sampler.on(webgpuBackend()!.device), 0, stddev), key, x),
  gradient: (dy) => dy.clone(),
};

/** Dropout of each element. */
export function dropoutWith(x: tf.Tensor, rate: number, key: Key): tf.Tensor {
  return runKernel(DROPOUT, x, key, { rate });
}

/** Normal noise of mean 0 on each element. It needs the webgpu backend. */
export function noiseWith(x: tf.Tensor, stddev: number, key: Key): tf.Tensor {
  return runKernel(NOISE, x, key, { stddev });
}

function change(operation: LoadedOperation, key: Key, x: tf.TensorInfo): tf.TensorInfo {
  const count = tf.util.sizeFromShape(x.shape);
  if (count === 0) return tf.tensor([], x.shape, 'float32');
  const backend = webgpuBackend();
  if (backend === undefined) {
    const values = tf.engine().backend.readSync(x.dataId) as Float32Array;
    return tf.tensor(changeOnHost(operation, key, values), x.shape, 'float32');
  }
  return makeOnGpu(backend, x.shape, 'float32', (output) =>
    changeNow(backend.device, operation, key, count, readable(backend, x), output),
  );
}
