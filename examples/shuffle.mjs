// @ts-check
/**
 * A dataset in shuffled order, in shards: each worker computes only its slice of a permutation. So no worker sorts, holds
 * the whole order, or waits for another, and each epoch has an order of its own.
 *
 *     node examples/shuffle.mjs
 */
import { Key, Sampler } from 'tensorseed';
import { permutation } from 'tensorseed/distributions';

const EXAMPLES = 1_000_003; // an odd number, so that the last worker has less to do
const WORKERS = 4;

/**
 * The numbers of the examples that one of several workers reads, in its order.
 *
 * @param {number} worker from 0 to WORKERS - 1
 * @param {number} epoch
 */
async function examplesOf(worker, epoch) {
  const share = Math.ceil(EXAMPLES / WORKERS);
  const start = worker * share;
  const range = { start, count: Math.min(share, EXAMPLES - start) };
  const sampler = await Sampler.create();
  const seed = Key.from(42).fold(epoch);
  const order = await sampler.fill(permutation(), [EXAMPLES], { seed, range });
  const examples = await order.data();
  sampler.destroy();
  return examples;
}

for (const epoch of [0, 1]) {
  const read = new Uint8Array(EXAMPLES);
  for (let worker = 0; worker < WORKERS; worker++) {
    const examples = await examplesOf(worker, epoch);
    for (const example of examples) read[example]++;
    console.log(
      `Epoch ${epoch}: worker ${worker} reads ${examples.length}: ${examples.slice(0, 4).join(', ')}, ...`,
    );
  }
  const once = read.every((times) => times === 1);
  console.log(`Epoch ${epoch}: ${once ? 'every example is read once.' : 'some example is NOT READ ONCE.'}`);
}
