import { expect, it } from 'vitest';
import { Sampler } from '../../src/index';
import { bytesKept } from '../support/heap';
import { describeDawn } from '../harness/describe';

const CALLS = 10_000;
/** What a call may leave behind. Something that is held for each call is larger. */
const MOST_BYTES = 100;

const REQUESTS = [
  { name: 'a', initializer: 'he_normal', shape: [16] },
  { name: 'b', initializer: 'zeros', shape: [16] },
];

describeDawn('10,000 calls leave the heap flat', (runner) => {
  const { signal } = new AbortController();
  const verbs: Record<string, (sampler: Sampler, buffer: GPUBuffer) => Promise<void> | void> = {
    fill: async (sampler, buffer) =>
      (await sampler.fill('normal', [16], { seed: 1, buffer, signal })).destroy(),
    async fillAll(sampler) {
      for (const tensor of await sampler.fillAll(REQUESTS, { seed: 1, signal })) tensor.destroy();
    },
    async prepare(sampler, buffer) {
      (await sampler.prepare('normal', [16], { seed: 1, buffer })).destroy();
    },
    async 'prepare with a key in a buffer'(sampler, buffer) {
      (await sampler.prepare('normal', [16], { keys: { buffer }, buffer })).destroy();
    },
    encode(sampler, buffer) {
      const encoder = sampler.device!.createCommandEncoder();
      sampler.encode(encoder, 'normal', [16], { seed: 1, buffer });
      sampler.device!.queue.submit([encoder.finish()]);
    },
    async chunks(sampler) {
      for await (const _ of sampler.chunks('normal', [16], { seed: 1, signal }));
    },
  };

  it.each(Object.keys(verbs))('of %s', async (verb) => {
    const { device } = runner();
    const sampler = Sampler.on(device);
    const buffer = device.createBuffer({ size: 64, usage: 0x84 });
    const kept = await bytesKept(CALLS, () => verbs[verb](sampler, buffer));
    buffer.destroy();
    expect(kept).toBeLessThan(MOST_BYTES);
  });

  it('and data of the same tensor, which is read again and again', async () => {
    const tensor = await Sampler.on(runner().device).fill('normal', [16], { seed: 1 });
    const kept = await bytesKept(CALLS, async () => void (await tensor.data()));
    tensor.destroy();
    expect(kept).toBeLessThan(MOST_BYTES);
  });
});
