import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, test } from 'vitest';
import { ArgumentError, initializers } from '../../src/index';
import {
  fill,
  HeNormal,
  heNormal,
  identity,
  orthogonal,
  randomNormal,
  refill,
  useDevice,
} from '../../src/runtimes/tfjs/index';
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

test('what cannot be right is an ArgumentError, whatever it is', async () => {
  const revoked = (target: object): any => {
    const { proxy, revoke } = Proxy.revocable(target, {});
    revoke();
    return proxy;
  };
  const made = HeNormal as unknown as { fromConfig(type: unknown, config: unknown): unknown };
  const calls: (() => unknown)[] = [
    () => fill('ones', revoked([])),
    () => fill(revoked({}), [2]),
    () => fill('ones', [2], revoked({})),
    () => fill('ones', [2], { onProgress: 5 } as never),
    () => refill(revoked({}), 'ones'),
    () => refill(tf.zeros([2]), 'ones', revoked({})),
    () => heNormal(null as never),
    () => heNormal([2] as never),
    () => heNormal(revoked({})),
    () => heNormal(new Map() as never),
    () => randomNormal({ seed: revoked({}) }),
    () => made.fromConfig(null, {}),
    () => made.fromConfig(HeNormal, undefined),
    () => made.fromConfig(HeNormal, revoked({})),
    () => heNormal({ seed: 1 }).apply(revoked([])),
    () => useDevice(revoked({})),
    () => useDevice(null as never),
  ];
  for (const call of calls) {
    const outcome = (async () => call())();
    await expect(outcome, String(call)).rejects.toThrow(ArgumentError);
  }
});
