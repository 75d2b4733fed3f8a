/** What jax.test.ts runs in the browser. */
import { type Array as JaxArray, getWebGPUDevice, grad, init, jit, numpy as np } from '@jax-js/jax';
import { initializers } from '../../src/index';
import { fill, type FillOptions } from '../../src/runtimes/jax';
import { countCopies } from './copies';
import { errorOf, words } from './words';

const wordsOf = async (array: JaxArray): Promise<number[]> => words((await array.data()) as Float32Array);

/** Forms that jax-js evaluates on the GPU: a sum of squares. */
const sumOfSquares = (x: JaxArray): JaxArray => np.sum(x.ref.mul(x));

export async function useOneOfEach(shape: number[]) {
  await init('webgpu');
  const filling = await countCopies(() => fill('he_normal', shape, { seed: 11, name: 'w' }));
  const using = await countCopies(async () => (await sumOfSquares(filling.result.ref).data())[0]);
  const reading = await countCopies(() => wordsOf(filling.result));
  const size = shape.reduce((product, side) => product * side, 1);
  const ordinary = await countCopies(
    async () => (await sumOfSquares(np.array(new Float32Array(size), { shape, device: 'webgpu' })).data())[0],
  );
  return {
    words: reading.result,
    sum: using.result,
    filling: filling.copies,
    using: using.copies,
    reading: reading.copies,
    ordinary: ordinary.copies,
  };
}

export async function data(kind: string, shape: number[], options: FillOptions) {
  const array = await fill(kind === 'bits' ? initializers.bits() : kind, shape, options);
  const { dtype, device } = array;
  return { dtype: String(dtype), device, shape: array.shape, words: await wordsOf(array) };
}

/** A mask of bools in jax-js's own function. */
export async function useBool() {
  const mask = await fill('bernoulli', [100], { seed: 3, dtype: 'bool' });
  const chosen = np.where(mask.ref, 1, -1);
  return { chosen: Array.from(await chosen.data()), mask: await wordsOf(mask) };
}

/** The array in jax-js's own functions, compiled and differentiated. */
export async function transform() {
  const w = await fill('glorot_uniform', [5, 7], { seed: 1, name: 'w' });
  const x = await fill('random_normal', [3, 5], { seed: 1, name: 'x' });
  const loss = (w: JaxArray, x: JaxArray): JaxArray => np.sum(np.square(np.matmul(x, w)));
  const product = Array.from(await jit(np.matmul)(x.ref, w.ref).data());
  const gradient = Array.from(await grad(loss)(w.ref, x).data());
  return { product, gradient, w: await wordsOf(w) };
}

/** Zeros that were there before, come later, or were made from the array itself: none sees the other's values. */
export async function aliases(shape: number[]) {
  await init('webgpu');
  const before = np.zeros(shape, { device: 'webgpu' });
  const realized = np.zeros(shape, { device: 'webgpu' });
  await realized.ref.gpuBuffer();
  const filled = await fill('ones', shape);
  const other = await fill('he_normal', shape, { seed: 2 });
  const derived = filled.ref.add(1);
  const after = np.zeros(shape, { device: 'webgpu' });
  const buffers = await Promise.all(
    [before, realized, filled, other, after].map((array) => array.ref.gpuBuffer()),
  );
  return {
    distinct: new Set(buffers).size,
    sums: await Promise.all(
      [before, realized, filled, after, derived].map(async (array) => (await np.sum(array).data())[0]),
    ),
    other: await wordsOf(other),
  };
}

/** One reference is the caller's: after its one use the array is gone. */
export async function references() {
  const array = await fill('ones', [300]);
  const doubled = array.ref.mul(2);
  array.dispose();
  const gone = await errorOf(() => array.dispose());
  return { gone, doubled: (await np.sum(doubled).data())[0] };
}

export async function errors() {
  const of = (options: object, shape = [3, 3]) =>
    errorOf(() => fill('he_normal', shape, { seed: 1, ...options }));
  const found = {
    bfloat16: await of({ dtype: 'bfloat16' }),
    int32: await of({ dtype: 'int32' }),
    int8: await of({ dtype: 'int8' }),
    bool: await of({ dtype: 'bool' }),
    float16: getWebGPUDevice().features.has('shader-f16') ? 'has shader-f16' : await of({ dtype: 'float16' }),
    key: await of({ buffer: null }),
    shape: await of({}, [-1]),
    tooLarge: await of({}, [2 ** 20, 2 ** 20]),
  };
  const device = getWebGPUDevice();
  device.destroy();
  await device.lost;
  return { ...found, lost: await of({}) };
}
