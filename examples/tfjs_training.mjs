// @ts-check
/**
 * A training run in TensorFlow.js whose weights and data come from seeds: the first is repeated by the second, a third
 * one starts from other weights. Runs on tf.js's CPU backend; on its WebGPU backend the weights have the same bits.
 *
 *     node examples/tfjs_training.mjs
 */
import * as tf from '@tensorflow/tfjs';
import { Key } from 'tensorseed';
import { fill, glorotUniform, heNormal } from 'tensorseed/tfjs';

await tf.setBackend('cpu');

/**
 * Trains a small network to tell whether two coordinates have the same sign.
 *
 * @param {number} seed of the weights
 * @returns the loss after each epoch
 */
async function train(seed) {
  const weights = Key.from(seed);
  const model = tf.sequential({
    layers: [
      tf.layers.dense({
        inputShape: [2],
        units: 32,
        activation: 'relu',
        kernelInitializer: heNormal({ seed: weights.fold('hidden/kernel') }),
      }),
      tf.layers.dense({
        units: 1,
        activation: 'sigmoid',
        kernelInitializer: glorotUniform({ seed: weights.fold('output/kernel') }),
      }),
    ],
  });
  model.compile({ optimizer: tf.train.adam(0.01), loss: 'binaryCrossentropy' });

  const points = await fill('random_normal', [512, 2], { seed: 7, name: 'points' });
  const labels = tf.tidy(() => points.prod(1).greater(0).cast('float32').expandDims(1));
  const { history } = await model.fit(points, labels, {
    epochs: 10,
    batchSize: 32,
    shuffle: false, // tf.js shuffles with Math.random
    verbose: 0,
  });
  tf.dispose([points, labels]);
  model.dispose();
  return /** @type {number[]} */ (history.loss);
}

const first = await train(42);
const second = await train(42);
const other = await train(43);
const text = (/** @type {number[]} */ losses) => losses.map((loss) => loss.toFixed(4)).join(' ');
console.log(`Seed 42:       ${text(first)}`);
console.log(`Seed 42 again: ${text(second)}`);
console.log(`Seed 43:       ${text(other)}`);
console.log(
  `The first two runs are ${first.every((loss, i) => loss === second[i]) ? 'equal' : 'NOT EQUAL'}.`,
);
