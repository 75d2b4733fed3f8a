import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, test } from 'vitest';
import { initializers } from '../../src/index';
import { fill, heNormal, identity, orthogonal, refill } from '../../src/runtimes/tfjs/index';
import { words } from '../runtimes/words';
import { twin } from '../runtimes/twin';

/** tf.js without WebGPU: the values come from the CPU, and are the same. */
beforeAll(async () => {
  await tf.setBackend('cpu');
});

const wordsOf = async (tensor: tf.Tensor): Promise<number[]> => words((await tensor.data()) as Float32Array);

test('fill on the backend cpu gives the values of the contract', async () => {
  const tensor = await fill('he_normal', [3, 5, 7], { seed: 42, name: 'w' });
  expect(tensor.shape).toEqual([3, 5, 7]);
  expect(await wordsOf(tensor)).toEqual(await twin('he_normal', [3, 5, 7], { seed: 42, name: 'w' }));
  const random = await fill(initializers.bits(), [9], { seed: 1 });
  expect([random.dtype, await wordsOf(random)]).toEqual(['int32', await twin('bits', [9], { seed: 1 })]);
});

test('a layer takes our initializers there, too', async () => {
  const layer = tf.layers.dense({
    units: 5,
    inputShape: [4],
    kernelInitializer: heNormal({ seed: 1 }),
    biasInitializer: 'zeros',
  });
  const model = tf.sequential({ layers: [layer] });
  const [kernel] = model.getWeights();
  expect(await wordsOf(kernel)).toEqual(await twin('he_normal', [4, 5], { seed: 1 }));
  await refill(kernel, 'he_uniform', { seed: 2 });
  expect(await wordsOf(model.getWeights()[0])).toEqual(await twin('he_uniform', [4, 5], { seed: 2 }));
  expect(Array.from(await identity({ gain: 2 }).apply([2, 2], 'int32').data())).toEqual([2, 0, 0, 2]);
});

test('what it cannot do there it says: Orthogonal at once, a tensor in place', async () => {
  expect(() => orthogonal({ seed: 1 }).apply([3, 3])).toThrow(
    /^Orthogonal in a layer needs tf.js's webgpu backend, got cpu/,
  );
  const matrix = await fill(orthogonal({ seed: 1 }), [8, 8]);
  const error = matrix.matMul(matrix, true, false).sub(tf.eye(8)).abs().max();
  expect((await error.data())[0]).toBeLessThan(1e-5);
  await expect(refill(matrix, 'zeros')).rejects.toThrow(/^target must be a tf.Variable/);
});
