/** What tfjs.test.ts runs in the browser. */
import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-webgpu';
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { type InitializerSpec, Key, Sampler, type Shape, initializers } from '../../src/index';
import * as seeded from '../../src/runtimes/tfjs/index';
import { countCopies } from './copies';
import { errorOf, words } from './words';

await tf.setBackend('webgpu');

const backend = (): WebGPUBackend => tf.backend() as WebGPUBackend;
const wordsOf = async (tensor: tf.Tensor): Promise<number[]> => words((await tensor.data()) as Float32Array);
const bufferOf = (tensor: tf.Tensor): unknown => backend().tensorMap.get(tensor.dataId).resource;

/** A tensor of ours, and one that tf.js uploads, each used by two of its kernels. */
export async function useOneOfEach(shape: number[], seed: number) {
  const use = async (tensor: tf.Tensor): Promise<number> => (await tensor.square().mean().data())[0];
  const before = backend().memory().numBytesInGPU;
  const ours = await countCopies(() => seeded.fill('he_normal', shape, { seed, name: 'w' }));
  const inGpu = backend().memory().numBytesInGPU - before;
  const used = await countCopies(() => use(ours.result));
  const read = await countCopies(() => wordsOf(ours.result));
  const ordinary = await countCopies(async () =>
    use(tf.tensor(new Float32Array(tf.util.sizeFromShape(shape)), shape)),
  );
  return {
    filling: ours.copies,
    using: used.copies,
    reading: read.copies,
    ordinary: ordinary.copies,
    meanSquare: used.result,
    inGpu,
    words: read.result,
  };
}

export async function fill(initializer: InitializerSpec, shape: number[], options: seeded.FillOptions) {
  const tensor = await seeded.fill(initializer, shape, options);
  return { words: await wordsOf(tensor), dtype: tensor.dtype, shape: tensor.shape };
}

export async function fillBits(shape: number[], options: seeded.FillOptions) {
  const tensor = await seeded.fill(initializers.bits(), shape, options);
  return { words: await wordsOf(tensor), dtype: tensor.dtype };
}

export function fillError(initializer: InitializerSpec, shape: Shape, options: object): Promise<string> {
  return errorOf(() => seeded.fill(initializer, shape, options));
}

type ClassName = Extract<keyof typeof seeded, `${Capitalize<string>}${string}`>;

/** What an initializer gives a layer. */
export async function apply(name: ClassName, options: object, shape: number[], dtype?: tf.DataType) {
  const tensor = new seeded[name](options as never).apply(shape, dtype);
  return { words: await wordsOf(tensor), dtype: tensor.dtype, shape: tensor.shape };
}

export function applyError(
  name: ClassName,
  options: object,
  shape: number[],
  dtype?: tf.DataType,
): Promise<string> {
  return errorOf(() => new seeded[name](options as never).apply(shape, dtype));
}

function smallModel(): tf.Sequential {
  return tf.sequential({
    layers: [
      tf.layers.dense({
        units: 32,
        inputShape: [8],
        activation: 'relu',
        kernelInitializer: seeded.heNormal({ seed: 1 }),
        biasInitializer: seeded.zeros(),
      }),
      tf.layers.dense({
        units: 96,
        activation: 'relu',
        kernelInitializer: seeded.heNormal({ seed: Key.from(1).fold('second') }),
      }),
      tf.layers.dense({
        units: 1,
        kernelInitializer: seeded.varianceScaling({
          seed: 2,
          mode: 'fanAvg',
          distribution: 'untruncatedNormal',
        }),
      }),
    ],
  });
}

/** Trains on a function of inputs that are ours, too. */
export async function train(epochs: number) {
  const tensors = tf.memory().numTensors;
  const { result: model, copies } = await countCopies(async () => smallModel());
  const parameters = model.countParams();
  const first = await wordsOf(model.layers[1].getWeights()[0]);
  const x = await seeded.fill('random_normal', [256, 8], { seed: 3 });
  const y = tf.tidy(() => x.mul(20).slice([0, 0], [256, 2]).square().sum(1, true));
  const optimizer = tf.train.adam(0.02);
  model.compile({ optimizer, loss: 'meanSquaredError' });
  const { history } = await model.fit(x, y, { epochs, batchSize: 256, shuffle: false, verbose: 0 });
  model.dispose();
  optimizer.dispose();
  tf.dispose([x, y]);
  return {
    losses: history.loss as number[],
    copies,
    first,
    parameters,
    leaked: tf.memory().numTensors - tensors,
  };
}

export async function saveAndLoad() {
  const model = smallModel();
  const json = JSON.parse(model.toJSON(null, true) as string);
  const loaded = (await tf.models.modelFromJSON(
    JSON.parse(JSON.stringify({ modelTopology: json })),
  )) as tf.LayersModel;
  const weights = (one: tf.LayersModel) => Promise.all(one.getWeights().map(wordsOf));
  return {
    initializers: json.config.layers.map(
      (layer: { config: Record<string, unknown> }) => layer.config.kernel_initializer,
    ),
    bias: json.config.layers[1].config.bias_initializer,
    again: JSON.parse(loaded.toJSON(null, true) as string).config.layers.map(
      (layer: { config: Record<string, unknown> }) => layer.config.kernel_initializer,
    ),
    weights: await weights(model),
    loaded: await weights(loaded),
  };
}

/** A class through its own config, as tf.js's JSON carries it. */
export async function roundTrip(name: ClassName, options: object, shape: number[]) {
  const layer = tf.layers.embedding({
    inputDim: shape[0],
    outputDim: shape[1],
    inputLength: 1,
    embeddingsInitializer: new seeded[name](options as never),
  });
  const json = tf.sequential({ layers: [layer] }).toJSON(null, true) as string;
  const loaded = await tf.models.modelFromJSON({ modelTopology: JSON.parse(json) });
  return {
    json: JSON.parse(json).config.layers[0].config.embeddings_initializer,
    words: await wordsOf(loaded.getWeights()[0]),
  };
}

export function tfKeepsItsOwn(): string {
  const layer = tf.layers.dense({ units: 1, inputShape: [1], kernelInitializer: 'heNormal' });
  return (layer.getConfig().kernelInitializer as { className: string }).className;
}

/** An LSTM calls initializers of its own making around ours. */
export async function lstm() {
  const layer = tf.layers.lstm({
    units: 16,
    inputShape: [4, 8],
    unitForgetBias: true,
    kernelInitializer: seeded.glorotUniform({ seed: 1 }),
    recurrentInitializer: seeded.orthogonal({ seed: 2 }),
    biasInitializer: seeded.constant({ value: 0.5 }),
  });
  const model = tf.sequential({ layers: [layer] });
  const [kernel, recurrent, bias] = model.getWeights();
  const gram = recurrent.matMul(recurrent, false, true).sub(tf.eye(16)).abs().max();
  return { kernel: await wordsOf(kernel), gram: (await gram.data())[0], bias: Array.from(await bias.data()) };
}

export async function memory(shape: number[]) {
  const state = () => ({
    tensors: tf.memory().numTensors,
    bytes: tf.memory().numBytes,
    inGpu: backend().memory().numBytesInGPU,
  });
  const before = state();
  const tensor = await seeded.fill('he_normal', shape, { seed: 1 });
  const filled = state();
  const buffer = bufferOf(tensor);
  tensor.dispose();
  const again = await seeded.fill('he_normal', shape, { seed: 1 });
  const reused = bufferOf(again) === buffer;
  again.dispose();
  const failed = await errorOf(() => seeded.heNormal({ seed: 1 }).apply([2 ** 20, 2 ** 20]));
  return { before, filled, after: state(), reused, failed };
}

export async function refillVariable(shape: number[]) {
  const variable = tf.tidy(() => tf.variable(tf.zeros(shape).add(1)));
  await variable.data(); // tf.js now keeps these values on the host
  const buffer = bufferOf(variable);
  const double = variable.mul(2); // recorded by tf.js, not submitted
  const { copies } = await countCopies(() => seeded.refill(variable, 'he_normal', { seed: 5 }));
  return {
    copies,
    same: bufferOf(variable) === buffer,
    words: await wordsOf(variable),
    double: await wordsOf(double),
  };
}

export async function refillShared(shape: number[]) {
  const tensor = tf.zeros(shape).add(1);
  await tensor.data();
  const alias = tensor.clone();
  const refused = await errorOf(() => seeded.refill(tensor, 'he_normal', { seed: 5 }));
  const variable = tf.variable(tensor);
  await seeded.refill(variable, 'he_normal', { seed: 5 });
  alias.dispose();
  const other = await wordsOf(tensor);
  await seeded.refill(tensor, 'he_uniform', { seed: 6 });
  return { refused, variable: await wordsOf(variable), other, tensor: await wordsOf(tensor) };
}

export async function refillErrors() {
  const disposed = tf.zeros([1]);
  disposed.dispose();
  return [
    await errorOf(() => seeded.refill([1] as never, 'zeros')),
    await errorOf(() => seeded.refill(disposed, 'zeros')),
    await errorOf(() => seeded.refill(tf.variable(tf.zeros([4])), 'zeros', { dtype: 'int32' } as never)),
    await errorOf(() => seeded.refill(tf.variable(tf.zeros([4], 'bool')), 'zeros')),
  ];
}

/** tf.js on a device of the caller's, and what happens when that is lost. */
export async function onOurDevice(shape: number[]) {
  const { device } = await Sampler.create({ backend: 'gpu' });
  await seeded.useDevice(device!);
  const tensor = await seeded.fill('he_normal', shape, { seed: 42 });
  const result = { same: backend().device === device, words: await wordsOf(tensor) };
  device!.destroy();
  await device!.lost;
  const lost = [
    await errorOf(() => seeded.fill('he_normal', shape, { seed: 42 })),
    await errorOf(() => seeded.heNormal({ seed: 42 }).apply(shape)),
  ];
  const { device: next } = await Sampler.create({ backend: 'gpu' });
  await seeded.useDevice(next!);
  return {
    ...result,
    lost,
    noDevice: await errorOf(() => seeded.useDevice({} as GPUDevice)),
    again: await wordsOf(await seeded.fill('he_normal', shape, { seed: 42 })),
  };
}
