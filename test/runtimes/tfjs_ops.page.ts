/** What tfjs_ops.test.ts runs in the browser. */
import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-webgpu';
import { Sampler } from '../../src/index';
import { categorical, dropout as dropoutOfArray } from '../../src/operations';
import * as ops from '../../src/runtimes/tfjs/ops/index';
import { countCopies } from './copies';
import { errorOf, words } from './words';

await tf.setBackend('webgpu');

type OpName = Exclude<keyof typeof ops, 'install'>;

const read = async (tensor: tf.Tensor): Promise<number[]> => Array.from(await tensor.data());

/** The words of a tensor of a call, as plain data, and what it is. */
export async function call(name: OpName, ...args: unknown[]) {
  const { result, copies } = await countCopies(async () =>
    (ops[name] as (...all: unknown[]) => tf.Tensor)(...args),
  );
  const data = await result.data();
  const { shape, dtype } = result;
  result.dispose();
  return { words: dtype === 'bool' ? Array.from(data) : words(data as Float32Array), shape, dtype, copies };
}

export function callError(name: OpName, ...args: unknown[]): Promise<string> {
  return errorOf(() => (ops[name] as (...all: unknown[]) => tf.Tensor)(...args));
}

/** Runs a scenario on a backend of tf.js's, and goes back to webgpu. */
async function on<T>(backend: string, work: () => Promise<T>): Promise<T> {
  await tf.setBackend(backend);
  try {
    return await work();
  } finally {
    await tf.setBackend('webgpu');
  }
}

export function callOn(backend: string, name: OpName, ...args: unknown[]) {
  return on(backend, () => call(name, ...args));
}

/** Logits of rows that differ, computed on the GPU. */
const someLogits = (rows: number, outcomes: number): tf.Tensor2D =>
  tf.tidy(() =>
    tf
      .range(0, rows * outcomes)
      .mul(0.37)
      .sin()
      .mul(3)
      .reshape([rows, outcomes]),
  );

/** Draws by us in tf.js's memory, and by categorical on the CPU. */
export async function multinomialBothWays(rows: number, outcomes: number, numSamples: number, seed: number) {
  const logits = someLogits(rows, outcomes);
  await logits.data();
  const drawn = await countCopies(async () => ops.multinomial(logits, numSamples, seed));
  const downloaded = await countCopies(() => read(drawn.result));
  const cpu = await Sampler.create({ backend: 'cpu', cpu: 'reference' });
  const expected = await categorical(cpu, (await logits.data()) as Float32Array<ArrayBuffer>, {
    vocabulary: outcomes,
    samples: numSamples,
    seed,
  });
  return {
    drawn: downloaded.result,
    shape: drawn.result.shape,
    dtype: drawn.result.dtype,
    copies: { ...drawn.copies, downloaded: downloaded.copies.downloaded },
    expected: Array.from(await expected.data()),
  };
}

/** How often each outcome is drawn. */
export async function frequencies(given: number[], numSamples: number, seed: number, normalized: boolean) {
  const drawn = await read(ops.multinomial(tf.tensor1d(given), numSamples, seed, normalized));
  const counts = given.map(() => 0);
  for (const index of drawn) counts[index]++;
  return { counts };
}

/** tf.multinomial, as the runtime has it with and without us. */
export async function tfMultinomial(
  installed: boolean,
  given: number[],
  numSamples: number,
  seed: number | undefined,
) {
  const uninstall = installed ? ops.install() : () => undefined;
  try {
    const logits = tf.tensor1d(given);
    const { result, copies } = await countCopies(async () => tf.multinomial(logits, numSamples, seed));
    return { drawn: await read(result), copies };
  } finally {
    uninstall();
  }
}

/** The first index of a call for each seed, from two equally likely ones. */
export async function firstDraws(installed: boolean, seeds: number[]) {
  const firsts: number[] = [];
  for (const seed of seeds) firsts.push((await tfMultinomial(installed, [0, 0], 3, seed)).drawn[0]);
  return firsts;
}

/** Two calls without a seed. */
export async function unseeded(seed: number) {
  const uninstall = ops.install({ seed });
  try {
    const logits = tf.tensor1d([0, 0, 0]);
    return [await read(tf.multinomial(logits, 30)), await read(tf.multinomial(logits, 30))];
  } finally {
    uninstall();
  }
}

/** Dropout of ones through our function, and on the CPU without tf.js. */
export async function dropoutBothWays(shape: number[], rate: number, seed: number) {
  const x = tf.tidy(() => tf.range(0, tf.util.sizeFromShape(shape)).add(1).reshape(shape));
  await x.data();
  const ours = await countCopies(async () => ops.dropout(x, rate, undefined, seed));
  const cpu = await Sampler.create({ backend: 'cpu', cpu: 'reference' });
  const values = (await x.data()) as Float32Array<ArrayBuffer>;
  const expected = await dropoutOfArray(cpu, values, { rate, seed });
  return { ours: await read(ours.result), copies: ours.copies, expected: Array.from(await expected.data()) };
}

/** Values and gradients of a function of dropout. */
export async function dropoutGradient(shape: number[], rate: number, noiseShape: number[] | undefined) {
  const x = tf.fill(shape, 3);
  const dy = tf.tidy(() => tf.range(0, tf.util.sizeFromShape(shape)).add(1).reshape(shape));
  let forward: tf.Tensor | undefined;
  const gradient = tf.grad((one: tf.Tensor) => {
    const y = ops.dropout(one, rate, noiseShape, 7);
    forward = tf.keep(y.clone());
    return y;
  })(x, dy);
  const second = tf.grad((one: tf.Tensor) =>
    tf.grad((other: tf.Tensor) => ops.dropout(other.square(), rate, noiseShape, 7))(one, dy),
  )(x);
  return {
    forward: await read(forward!),
    dy: await read(dy),
    gradient: await read(gradient),
    second: await read(second),
  };
}

/** tf.dropout, as the runtime has it with and without us. */
export async function tfDropout(
  installed: boolean,
  shape: number[],
  rate: number,
  noiseShape: number[] | undefined,
  seed: number | string | undefined,
) {
  const uninstall = installed ? ops.install() : () => undefined;
  try {
    const x = tf.fill(shape, 1);
    await x.data();
    const before = tf.memory().numTensors;
    const dropped = await countCopies(async () => tf.dropout(x, rate, noiseShape, seed));
    const { kernels } = await tf.profile(() => tf.dropout(x, rate, noiseShape, seed));
    const leaked = tf.memory().numTensors - before - 2;
    return {
      values: await read(dropped.result),
      copies: dropped.copies,
      kernels: kernels.map(({ name }) => name),
      leaked,
    };
  } finally {
    uninstall();
  }
}

/** What another version of tf.js might do with the draw of tf.dropout. */
export async function otherDropout(steps: number) {
  const uninstall = ops.install();
  const engine = tf.engine();
  try {
    engine.startScope('dropout__op');
    let drawn: tf.Tensor = tf.randomUniform([1000], 0, 1, 'float32', 5);
    if (steps > 0) drawn = drawn.add(0.75);
    if (steps > 1) drawn = drawn.floor();
    if (steps > 2) drawn = drawn.div(0.75);
    const squared = drawn.square();
    engine.endScope(squared as never);
    return { squared: await read(squared), uniform: await read(tf.randomUniform([3], 0, 1, 'float32', 5)) };
  } finally {
    uninstall();
  }
}

type Kind = 'dropout' | 'spatialDropout1d' | 'gaussianDropout' | 'gaussianNoise' | 'alphaDropout';

/** Calls of new layers in training, one after the other. */
export async function layers(kind: Kind, args: object, shape: number[], calls: number, seed?: number) {
  const uninstall = ops.install(seed === undefined ? {} : { seed });
  try {
    const layer = (tf.layers[kind] as (given: object) => tf.layers.Layer)(args);
    const x = tf.fill(shape, 2);
    await x.data();
    const { result, copies } = await countCopies(async () =>
      Array.from({ length: calls }, () => layer.apply(x, { training: true }) as tf.Tensor),
    );
    const still = layer.apply(x, { training: false }) as tf.Tensor;
    return { values: await Promise.all(result.map(read)), still: await read(still), copies };
  } finally {
    uninstall();
  }
}

/** The values and the gradient of a layer in one call. */
export async function layerGradient(kind: Kind, args: object, shape: number[]) {
  const uninstall = ops.install({ seed: 3 });
  try {
    const layer = (tf.layers[kind] as (given: object) => tf.layers.Layer)(args);
    const x = tf.fill(shape, 2);
    const { value, grad } = tf.valueAndGrad(
      (one: tf.Tensor) => (layer.apply(one, { training: true }) as tf.Tensor).sum() as tf.Scalar,
    )(x);
    return { sum: (await read(value))[0], gradient: await read(grad) };
  } finally {
    uninstall();
  }
}

/** Trains a model with dropout, from the same weights each time. */
export async function train(seed: number, epochs: number) {
  const uninstall = ops.install({ seed });
  try {
    const tensors = tf.memory().numTensors;
    const weights = (n: number) => tf.initializers.constant({ value: n });
    const model = tf.sequential({
      layers: [
        tf.layers.dense({ units: 32, inputShape: [8], activation: 'relu', kernelInitializer: weights(0.1) }),
        tf.layers.dropout({ rate: 0.25 }),
        tf.layers.dense({ units: 16, activation: 'relu', kernelInitializer: weights(0.05) }),
        tf.layers.dropout({ rate: 0.25, seed: 9 }),
        tf.layers.dense({ units: 1, kernelInitializer: weights(0.1) }),
      ],
    });
    const x = ops.randomNormal([128, 8], 0, 1, 'float32', 3);
    const y = tf.tidy(() => x.sum(1, true).abs());
    const optimizer = tf.train.adam(0.03);
    model.compile({ optimizer, loss: 'meanSquaredError' });
    const { history } = await model.fit(x, y, { epochs, batchSize: 64, shuffle: false, verbose: 0 });
    const [a, b] = [model.predict(x) as tf.Tensor, model.predict(x) as tf.Tensor];
    const apart = tf.tidy(() => a.sub(b).abs().max());
    const [difference] = await read(apart);
    tf.dispose([a, b, x, y, apart]);
    model.dispose();
    optimizer.dispose();
    return { losses: history.loss as number[], difference, leaked: tf.memory().numTensors - tensors };
  } finally {
    uninstall();
  }
}

/** What tf.js gives on other backends, and after `install` has been undone. */
export async function unchanged(backend: string) {
  const scenario = async () => {
    const layer = tf.layers.dropout({ rate: 0.5, seed: 4 });
    const x = tf.fill([50], 1);
    return [
      await read(tf.multinomial(tf.tensor1d([0, 1, 2]), 20, 6)),
      await read(tf.dropout(x, 0.5, undefined, 5)),
      await read(layer.apply(x, { training: true }) as tf.Tensor),
      await read(layer.apply(x, { training: true }) as tf.Tensor),
    ];
  };
  const before = await on(backend, scenario);
  const uninstall = ops.install({ seed: 1 });
  const during = await on(backend, scenario);
  uninstall();
  return { before, during, after: await on(backend, scenario) };
}

export async function installErrors() {
  return [
    await errorOf(() => ops.install({ seeds: 1 } as never)),
    await errorOf(() => ops.install({ seed: -1 })),
  ];
}

/** An LSTM whose cell asks tf.dropout for masks. */
export async function lstm() {
  const uninstall = ops.install({ seed: 1 });
  try {
    const layer = tf.layers.lstm({ units: 4, dropout: 0.5, recurrentDropout: 0.5 });
    const x = tf.fill([2, 3, 5], 1);
    const { result, copies } = await countCopies(
      async () => (layer.apply(x), layer.apply(x, { training: true }) as tf.Tensor),
    );
    return { values: await read(result), copies };
  } finally {
    uninstall();
  }
}
