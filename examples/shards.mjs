// @ts-check
/**
 * A tensor in shards. Each shard is computed from the seed and its place alone, so that machines need no word from one
 * another: joined, the shards are the whole tensor, bit for bit. (For models there is `tensorseed init --shard k/n`.)
 *
 *     node examples/shards.mjs
 */
import { createHash } from 'node:crypto';
import { Sampler } from 'tensorseed';

const SHAPE = [4096, 1024];
const SHARDS = 4;
const OPTIONS = /** @type {const} */ ({ seed: 42, name: 'embedding', dtype: 'bfloat16' });

/**
 * The rows of one shard, as one of several machines would compute them.
 *
 * @param {number} index from 0 to SHARDS - 1
 */
async function computeShard(index) {
  const [rows, columns] = SHAPE;
  const count = (rows / SHARDS) * columns;
  const sampler = await Sampler.create();
  const range = { start: index * count, count };
  const tensor = await sampler.fill('truncated_normal', SHAPE, { ...OPTIONS, range });
  const values = await tensor.data(); // 16-bit patterns
  sampler.destroy();
  return values;
}

const shards = await Promise.all(
  [3, 1, 0, 2].map(async (index) => ({ index, values: await computeShard(index) })),
);
shards.sort((a, b) => a.index - b.index);
const joined = createHash('sha256');
for (const { index, values } of shards) {
  joined.update(values);
  console.log(`Shard ${index} has ${values.length} elements.`);
}

// The whole tensor, in chunks of at most 1 MiB: it is never in memory as a whole.
const whole = createHash('sha256');
const sampler = await Sampler.create();
for await (const bytes of sampler.chunks('truncated_normal', SHAPE, { ...OPTIONS, chunkBytes: 2 ** 20 })) {
  whole.update(bytes);
}
sampler.destroy();

const [hashOfShards, hashOfWhole] = [joined.digest('hex'), whole.digest('hex')];
console.log(`SHA-256 of the shards: ${hashOfShards}`);
console.log(`SHA-256 of the whole:  ${hashOfWhole}`);
console.log(hashOfShards === hashOfWhole ? 'They are equal.' : 'They are NOT EQUAL.');
