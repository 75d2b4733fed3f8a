import { expect, it } from 'vitest';
import { describeGpu } from '../harness/describe';
import { PHILOX_KNOWN_ANSWERS } from '../vectors/philox';

describeGpu('Philox on the GPU', (runner) => {
  // The counter of a draw is (block, block, attempt 0, 0): these known answers are reachable through it.
  const reachable = PHILOX_KNOWN_ANSWERS.filter(({ counter }) => counter[1] < 2 ** 19 && counter[2] === 0 && counter[3] === 0);

  it.each(reachable)('gives the known words for counter $counter and key $key', async ({ counter, key, words }) => {
    const start = 4 * (counter[0] + 2 ** 32 * counter[1]);
    const seed = ((BigInt(key[1]) << 32n) | BigInt(key[0])).toString();
    const bytes = await runner().fill({
      initializer: { draw: { kind: 'bits' } }, shape: [Number.MAX_SAFE_INTEGER], range: { start, count: 4 }, seed,
    });
    expect([...new Uint32Array(bytes.buffer, bytes.byteOffset, 4)]).toEqual(words);
  });
});
