import type { Tensor } from '@tensorflow/tfjs';
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type { Case, Entry } from '../case';
import { DoesNotFit } from '../reasons';
import { verifyOrthonormal, verifySample } from '../verify';
import { logitsOf, verifyChoice } from './choice';
import { type Contender, type Maker, timed } from './maker';

export interface Tfjs {
  readonly tf: typeof import('@tensorflow/tfjs');
  readonly webgpu: typeof import('@tensorflow/tfjs-backend-webgpu');
}

/** What its float32 Gram-Schmidt or Householder steps may be off. */
const ORTHONORMAL = 1e-3;

/** TensorFlow.js with its WebGPU backend, on this benchmark's own device. */
export function tfjsMaker(load: () => Promise<Tfjs>): Maker {
  let ready: Promise<Tfjs> | undefined;
  return {
    timed:
      'the op, the upload of its values to the GPU (it draws on the CPU), its queue flushed, until the queue reports the work done; the tensor is disposed outside the clock',
    async open(entry, of, { device }) {
      if (device === undefined) throw new DoesNotFit('there is no GPU here');
      ready ??= load().then((tfjs) => adopt(tfjs, device));
      return entry.draw === 'categorical'
        ? openChoice(await ready, device, of)
        : open(await ready, device, entry, of);
    },
  };
}

async function openChoice({ tf }: Tfjs, device: GPUDevice, of: Case): Promise<Contender> {
  const backend = tf.backend() as WebGPUBackend;
  const source = await logitsOf(of);
  const logits = tf.tensor2d(source, of.shape as [number, number]);
  backend.uploadToGPU(logits.dataId);
  let seed = 0;
  let last: Tensor | undefined;
  return {
    label: `tf.js ${tf.version_core} multinomial, webgpu`,
    async run() {
      last?.dispose();
      seed++;
      const wall = await timed(() => {
        last = tf.multinomial(logits, 1, seed);
        backend.ensureCommandEncoderReady();
        backend.endComputePassEncoder();
        backend.submitQueue();
        return device.queue.onSubmittedWorkDone();
      });
      return { wall };
    },
    verify: async () => verifyChoice(source, of.shape, await last!.data()),
    close() {
      last?.dispose();
      logits.dispose();
    },
  };
}

async function adopt(tfjs: Tfjs, device: GPUDevice): Promise<Tfjs> {
  const { tf, webgpu } = tfjs;
  tf.removeBackend('webgpu');
  tf.registerBackend('webgpu', () => new webgpu.WebGPUBackend(device, device.adapterInfo), 3);
  if (!(await tf.setBackend('webgpu'))) throw new Error('its WebGPU backend does not start on this device');
  await tf.ready();
  return tfjs;
}

function open({ tf }: Tfjs, device: GPUDevice, { draw }: Entry, { shape }: Case): Contender {
  const backend = tf.backend() as WebGPUBackend;
  const make = (seed: number): Tensor => {
    const sizes = [...shape];
    switch (draw) {
      case 'uniform':
        return tf.randomUniform(sizes, 0, 1, 'float32', seed);
      case 'normal':
        return tf.randomNormal(sizes, 0, 1, 'float32', seed);
      case 'truncated_normal':
        return tf.truncatedNormal(sizes, 0, 1, 'float32', seed);
      case 'randint':
        return tf.randomUniformInt(sizes, 0, 1000, seed);
      case 'orthogonal':
        return tf.initializers.orthogonal({ gain: 1, seed }).apply(sizes) as Tensor;
      default:
        throw new Error(`it draws no ${draw}`);
    }
  };
  let seed = 0;
  let last: Tensor | undefined;
  return {
    label: `tf.js ${tf.version_core} ${draw === 'orthogonal' ? 'initializers.orthogonal' : draw}, webgpu`,
    async run() {
      last?.dispose();
      seed++;
      const wall = await timed(() => {
        last = make(seed);
        if (draw !== 'orthogonal') backend.uploadToGPU(last.dataId); // random ops leave their values on the CPU
        backend.ensureCommandEncoderReady();
        backend.endComputePassEncoder();
        backend.submitQueue();
        return device.queue.onSubmittedWorkDone();
      });
      return { wall };
    },
    async verify() {
      const values = await last!.data();
      return draw === 'orthogonal'
        ? verifyOrthonormal(shape[0], values, ORTHONORMAL)
        : verifySample(draw, values);
    },
    // No reading back: the random ops' values are on the host
    // from the beginning, and others stay there once read.
    close: () => last?.dispose(),
  };
}
