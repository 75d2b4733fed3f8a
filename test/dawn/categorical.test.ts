import { expect, it, vi } from 'vitest';
import { readBuffer } from '../../src/backends/gpu/device/read';
import { Sampler } from '../../src/index';
import { categorical, prepareCategorical } from '../../src/operations';
import { describeDawn } from '../harness/describe';

const VOCABULARY = 1003;
const ROWS = 5;
const logits = Float32Array.from({ length: ROWS * VOCABULARY }, (_, i) => 4 * Math.sin(i * i));

function filled(device: GPUDevice, data: Float32Array | Uint32Array, usage = 0x80 | 0x8 | 0x4): GPUBuffer {
  const buffer = device.createBuffer({ size: data.byteLength, usage, mappedAtCreation: true });
  new Uint8Array(buffer.getMappedRange()).set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  buffer.unmap();
  return buffer;
}

async function onCpu(options: object): Promise<number[]> {
  const cpu = await Sampler.create({ backend: 'cpu' });
  const tokens = await categorical(cpu, logits, { vocabulary: VOCABULARY, ...options });
  return [...((await tokens.data()) as Uint32Array)];
}

describeDawn('categorical on a device', (runner) => {
  it('writes to a buffer of the caller, and to nothing beside the results', async () => {
    const { device } = runner();
    const sampler = await Sampler.create({ device });
    const source = filled(device, logits, 0x80);
    const buffer = filled(device, new Uint32Array(80).fill(77));
    const output = await categorical(sampler, source, {
      vocabulary: VOCABULARY,
      seed: 3,
      buffer,
      byteOffset: 4 * 66,
    });
    const expected = await onCpu({ seed: 3 });
    expect([...(await output.data())]).toEqual(expected);
    const all = [...new Uint32Array(await readBuffer(device, buffer, 0, 320))];
    expect(all).toEqual(all.map((_, i) => (i >= 66 && i < 71 ? expected[i - 66] : 77)));
    output.destroy(); // The buffer stays.
    expect((await readBuffer(device, buffer, 0, 4)).byteLength).toBe(4);
    for (const each of [source, buffer]) each.destroy();
  });

  it('is prepared once, and then makes no object and reads the logits and keys of the time', async () => {
    const { device } = runner();
    const sampler = await Sampler.create({ device });
    const source = filled(device, new Float32Array(logits.length));
    const buffer = filled(device, new Uint32Array(ROWS));
    const options = { vocabulary: VOCABULARY, topK: 30, topP: 0.9, seed: 1, name: 'tokens', buffer };
    const prepared = await prepareCategorical(sampler, source, options);
    device.queue.writeBuffer(source, 0, logits);
    const making = [
      'createBuffer',
      'createBindGroup',
      'createComputePipeline',
      'createShaderModule',
    ] as const;
    const spies = making.map((name) => vi.spyOn(device, name as 'createBuffer'));
    for (const step of [undefined, 0, 7]) {
      if (step !== undefined) prepared.reseed(2n ** 63n, step);
      const encoder = device.createCommandEncoder();
      prepared.encode(encoder);
      device.queue.submit([encoder.finish()]);
      const calls = spies.map(({ mock }) => mock.calls.length);
      expect(calls).toEqual(making.map(() => 0));
      for (const spy of spies) spy.mockRestore();
      const chosen = [...new Uint32Array(await readBuffer(device, buffer, 0, 4 * ROWS))];
      spies.forEach((_, i) => (spies[i] = vi.spyOn(device, making[i] as 'createBuffer')));
      const seed = step === undefined ? 1 : 2n ** 63n;
      expect(chosen).toEqual(await onCpu({ topK: 30, topP: 0.9, seed, name: 'tokens', step }));
    }
    for (const spy of spies) spy.mockRestore();
    prepared.destroy();
    expect(() => prepared.encode(device.createCommandEncoder())).toThrow('after it was destroyed');
    for (const each of [source, buffer]) each.destroy();
  });

  it('takes its key and its step from a buffer, and moves on by itself', async () => {
    const { device } = runner();
    const sampler = await Sampler.create({ device });
    const source = filled(device, logits);
    const buffer = filled(device, new Uint32Array(ROWS));
    const keys = { buffer: filled(device, Uint32Array.of(7, 0, 3, 0)) }; // key 7, step 3
    const options = { vocabulary: VOCABULARY, name: 'tokens', buffer, keys };
    const prepared = await prepareCategorical(sampler, source, options);
    for (const step of [3, 4]) {
      const encoder = device.createCommandEncoder();
      prepared.encode(encoder);
      device.queue.submit([encoder.finish()]);
      const chosen = [...new Uint32Array(await readBuffer(device, buffer, 0, 4 * ROWS))];
      expect(chosen).toEqual(await onCpu({ seed: 7, name: 'tokens', step }));
    }
    expect(() => prepared.reseed(1)).toThrow('with its key in a buffer takes no seed');
    await expect(prepareCategorical(sampler, source, { ...options, seed: 1 })).rejects.toThrow(
      'seed must be left out where keys has the key, got 1',
    );
    prepared.destroy();
    for (const each of [source, buffer, keys.buffer]) each.destroy();
  });

  it('refuses buffers that it cannot use', async () => {
    const { device } = runner();
    const sampler = await Sampler.create({ device });
    const cpu = await Sampler.create({ backend: 'cpu' });
    const options = { vocabulary: 4, seed: 1 };
    const plain = device.createBuffer({ size: 64, usage: 0x8 });
    const source = device.createBuffer({ size: 64, usage: 0x80 });
    const refused = async (call: Promise<unknown>, message: string): Promise<void> =>
      expect(call).rejects.toThrow(message);
    await refused(
      categorical(sampler, plain, options),
      'logits: buffer must have STORAGE usage (0x80), got usage 0x8',
    );
    await refused(
      categorical(sampler, source, { ...options, buffer: plain }),
      'buffer: buffer must have STORAGE usage',
    );
    await refused(
      categorical(sampler, source, { ...options, logitsOffset: 2 }),
      'logitsOffset must be a multiple of 4',
    );
    await refused(
      categorical(sampler, source, { ...options, logitsOffset: 68 }),
      'at logitsOffset 68, got 64',
    );
    await refused(categorical(sampler, source, { ...options, rows: 5 }), 'logits must have 20 elements');
    await refused(
      categorical(sampler, source, { ...options, buffer: source, byteOffset: 56 }),
      'for 4 uint32 elements at byteOffset 56, got 64',
    );
    await refused(categorical(cpu, source, options), 'logits must be a GPUBuffer on a GPU, or a typed array');
    await refused(
      prepareCategorical(cpu, source, { ...options, buffer: source }),
      'needs the GPU backend, got cpu',
    );
    for (const each of [plain, source]) each.destroy();
  });
});
