import { describe, expect, it } from 'vitest';
import { Sampler } from '../../../src/index';
import { bytesKept } from '../../support/heap';

const CALLS = 10_000;
/** What a call may leave behind: less than the smallest object. */
const MOST_BYTES = 50;

const REQUESTS = [
  { name: 'a', initializer: 'he_normal', shape: [16] },
  { name: 'b', initializer: 'zeros', shape: [16] },
];

describe('10,000 calls leave the heap flat', () => {
  // They outlive all calls, and so would hold what listens to them.
  const { signal } = new AbortController();
  const buffer = new ArrayBuffer(64);
  const verbs: Record<string, (sampler: Sampler) => Promise<void> | void> = {
    fill: async (sampler) => void (await sampler.fill('normal', [16], { seed: 1, buffer, signal })),
    fillAll: async (sampler) => void (await sampler.fillAll(REQUESTS, { seed: 1, signal })),
    data: async (sampler) => void (await (await sampler.fill('normal', [16], { seed: 1 })).data()),
    orthogonal: async (sampler) => void (await sampler.fill('orthogonal', [3, 2], { seed: 1, signal })),
    async chunks(sampler) {
      for await (const _ of sampler.chunks('normal', [16], { seed: 1, signal, chunkBytes: 32 }));
    },
    async chunksOfAll(sampler) {
      for await (const _ of sampler.chunksOfAll(REQUESTS, { seed: 1, signal }));
    },
    async 'chunks that nobody goes on with'(sampler) {
      await sampler.chunks('normal', [16], { seed: 1, signal, chunkBytes: 32 }).next();
    },
    async 'aborted fill'(sampler) {
      await sampler.fill('normal', [16], { seed: 1, signal: AbortSignal.abort() }).catch(() => undefined);
    },
    check: (sampler) => void sampler.check('normal', [16], { seed: 1 }),
  };

  it.each(Object.keys(verbs))('of %s', async (verb) => {
    const sampler = await Sampler.create({ backend: 'cpu', threads: 1 });
    expect(await bytesKept(CALLS, () => verbs[verb](sampler))).toBeLessThan(MOST_BYTES);
    sampler.destroy();
  });
});
