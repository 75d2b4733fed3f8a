import { expect, it } from 'vitest';
import { readBuffer } from '../../src/backends/gpu/device/read';
import { type Dtype, Sampler } from '../../src/index';
import { torch } from '../../src/streams';
import { describeDawn } from '../harness/describe';
import { expectSameBytes } from '../support/bytes';
import { bytesOf } from '../support/patterns';

const normal = torch.normal({ mean: 0.5, std: 0.1 });

function bufferOn(device: GPUDevice, size: number): GPUBuffer {
  return device.createBuffer({ size, usage: 0x80 | 0x4 | 0x8 });
}

describeDawn('words that the host computes', (runner) => {
  it('are encoded and prepared with the commands', async () => {
    const { device } = runner();
    const sampler = await Sampler.create({ device });
    const cpu = await Sampler.create({ backend: 'cpu' });
    const options = { stream: torch, seed: 42, dtype: 'float16' as Dtype };
    const expected = await bytesOf(await cpu.fill(normal, [1001], options));
    const [encoded, prepared] = [bufferOn(device, 4096), bufferOn(device, 4096)];
    const encoder = device.createCommandEncoder();
    sampler.encode(encoder, normal, [1001], { ...options, buffer: encoded, byteOffset: 6 });
    const fill = await sampler.prepare(normal, [1001], { ...options, buffer: prepared, byteOffset: 6 });
    fill.encode(encoder);
    device.queue.submit([encoder.finish()]);
    for (const buffer of [encoded, prepared]) {
      const bytes = new Uint8Array(await readBuffer(device, buffer, 0, 4096));
      expectSameBytes(bytes.slice(6, 6 + 2002), expected);
      expect(bytes.subarray(6 + 2002).every((byte) => byte === 0)).toBe(true);
    }
    expect(() => fill.reseed(7)).toThrow(
      'a prepared fill of the stream torch holds the words of one seed: prepare another for 7',
    );
    fill.destroy();
  });

  it('are of one seed where tensorseed draws them, too', async () => {
    const { device } = runner();
    const sampler = await Sampler.create({ device });
    await sampler.load();
    const cpu = await Sampler.create({ backend: 'cpu' });
    const options = { seed: 42, name: 'dt_proj.bias' };
    const expected = await bytesOf(await cpu.fill('inverse_softplus', [1001], options));
    const [buffer, place] = [bufferOn(device, 4096), bufferOn(device, 16)];
    const fill = await sampler.prepare('inverse_softplus', [1001], { ...options, buffer });
    const encoder = device.createCommandEncoder();
    fill.encode(encoder);
    device.queue.submit([encoder.finish()]);
    expectSameBytes(new Uint8Array(await readBuffer(device, buffer, 0, 4004)), expected);
    expect(() => fill.reseed(7)).toThrow(
      'a prepared fill of inverse_softplus holds the words of one seed: prepare another for 7',
    );
    fill.destroy();
    const keys = { buffer: place };
    await expect(sampler.prepare('inverse_softplus', [1001], { keys, buffer })).rejects.toThrow(
      'the host computes inverse_softplus, and cannot read keys: give a seed',
    );
    const whole: number[] = [];
    for await (const bytes of sampler.chunks('inverse_softplus', [1001], { ...options, chunkBytes: 208 }))
      whole.push(...bytes);
    expectSameBytes(Uint8Array.from(whole), expected);
  });

  it('are those of the normals of an encoded orthogonal matrix', async () => {
    const { device } = runner();
    const sampler = await Sampler.create({ device });
    await sampler.load();
    const shape = [24, 60];
    const filled = await sampler.fill(torch.orthogonal(), shape, { stream: torch, seed: 1 });
    const buffer = bufferOn(device, filled.byteLength);
    const encoder = device.createCommandEncoder();
    sampler.encode(encoder, torch.orthogonal(), shape, { stream: torch, seed: 1, buffer });
    device.queue.submit([encoder.finish()]);
    const bytes = new Uint8Array(await readBuffer(device, buffer, 0, filled.byteLength));
    expectSameBytes(bytes, await bytesOf(filled));
  });

  it('are computed for each chunk of several tensors', async () => {
    const { device } = runner();
    const sampler = await Sampler.create({ device });
    const cpu = await Sampler.create({ backend: 'cpu' });
    const requests = (['float32', 'bfloat16'] as const).map((dtype) => ({
      initializer: normal,
      shape: [1003],
      dtype,
    }));
    const expected = await cpu.fillAll(requests, { seed: torch.manualSeed(9) });
    const bytes: number[][] = [[], []];
    for await (const chunk of sampler.chunksOfAll(requests, { seed: torch.manualSeed(9), chunkBytes: 208 })) {
      bytes[chunk.index].push(...chunk.bytes);
    }
    for (const [i, tensor] of expected.entries())
      expectSameBytes(Uint8Array.from(bytes[i]), await bytesOf(tensor));
  });
});
