import { expect, it } from 'vitest';
import { readBuffer } from '../../src/backends/gpu/device/read';
import { Sampler } from '../../src/index';
import { permutation, poisson, randint } from '../../src/initializers/distributions';
import { describeDawn } from '../harness/describe';
import { expectSameBytes } from '../support/bytes';
import { bytesOf } from '../support/patterns';

const RATES = [0.5, 3, 1000];

function bufferOn(device: GPUDevice, size: number): GPUBuffer {
  return device.createBuffer({ size, usage: 0x80 | 0x4 | 0x8 });
}

describeDawn('draws that read a table', (runner) => {
  it('are encoded and prepared, and reseeded', async () => {
    const { device } = runner();
    const sampler = await Sampler.create({ device });
    const cpu = await Sampler.create({ backend: 'cpu' });
    const counts = poisson({ rate: 3 });
    await sampler.load();
    const expected = await Promise.all(
      [42, 7].map(async (seed) => bytesOf(await cpu.fill(counts, [1001], { seed }))),
    );
    const [encoded, prepared] = [bufferOn(device, 8192), bufferOn(device, 8192)];
    const fill = await sampler.prepare(counts, [1001], { seed: 42, buffer: prepared, byteOffset: 4 });
    for (const [i, seed] of [42, 7].entries()) {
      const encoder = device.createCommandEncoder();
      sampler.encode(encoder, counts, [1001], { seed, buffer: encoded, byteOffset: 4 });
      if (i > 0) fill.reseed(seed);
      fill.encode(encoder);
      device.queue.submit([encoder.finish()]);
      for (const buffer of [encoded, prepared]) {
        const bytes = new Uint8Array(await readBuffer(device, buffer, 0, 8192));
        expectSameBytes(bytes.slice(4, 4 + 4004), expected[i]);
        expect(bytes.subarray(4 + 4004).every((byte) => byte === 0)).toBe(true);
      }
    }
    fill.destroy();
  });

  it('have tables of their own, beside one another and beside other draws', async () => {
    const sampler = await Sampler.create({ device: runner().device });
    const cpu = await Sampler.create({ backend: 'cpu' });
    const requests = [
      ...RATES.map((rate) => ({ initializer: poisson({ rate }), shape: [501], name: `rate ${rate}` })),
      { initializer: randint({ high: 9 }), shape: [77], name: 'randint' },
      { initializer: permutation(), shape: [78], name: 'permutation' },
    ];
    const seen: number[] = [];
    const onProgress = (share: number): void => void seen.push(share);
    const tensors = await sampler.fillAll(requests, { seed: 1, onProgress });
    for (const [i, { initializer, shape, name }] of requests.entries())
      expectSameBytes(
        await bytesOf(tensors[i]),
        await bytesOf(await cpu.fill(initializer, shape, { seed: 1, name })),
      );
    expect(seen.every((share) => share >= 0 && share <= 1)).toBe(true);
    expect(seen.at(-1)).toBe(1);
  });

  it('are streamed in chunks', async () => {
    const sampler = await Sampler.create({ device: runner().device });
    const cpu = await Sampler.create({ backend: 'cpu' });
    const options = { seed: 3, range: { start: 5, count: 9000 }, chunkBytes: 4096 };
    const bytesIn = async (one: Sampler): Promise<Uint8Array> => {
      const parts: Uint8Array[] = [];
      for await (const bytes of one.chunks(poisson({ rate: 20 }), [10_000], options))
        parts.push(bytes.slice());
      return new Uint8Array(Buffer.concat(parts));
    };
    expectSameBytes(await bytesIn(sampler), await bytesIn(cpu));
  });
});
