import { expect, it, vi } from 'vitest';
import { type FillRequest, initializers, Key, type PrepareRequest, Sampler } from '../../src/index';
import { readBuffer } from '../../src/backends/gpu/device/read';
import { expectSameBytes } from '../support/bytes';
import { describeDawn } from '../harness/describe';
import { TestRandom } from '../support/random';

const GUARD = 0xa5;

function guardedBuffer(device: GPUDevice, size: number): GPUBuffer {
  const buffer = device.createBuffer({ size, usage: 0x80 | 0x4 | 0x8, mappedAtCreation: true });
  new Uint8Array(buffer.getMappedRange()).fill(GUARD);
  buffer.unmap();
  return buffer;
}

/** How often each method that makes something was called since. */
function watchDevice(device: GPUDevice): () => Record<string, number> {
  const methods = Object.getOwnPropertyNames(Object.getPrototypeOf(device)).filter((name) =>
    name.startsWith('create'),
  ) as 'createBuffer'[];
  expect(methods).toEqual(
    expect.arrayContaining([
      'createBuffer',
      'createBindGroup',
      'createComputePipeline',
      'createShaderModule',
    ]),
  );
  const spies = new Map<string, { mock: { calls: unknown[] } }>(
    methods.map((name) => [name, vi.spyOn(device, name)]),
  );
  for (const name of ['submit', 'writeBuffer', 'onSubmittedWorkDone'] as const)
    spies.set(name, vi.spyOn(device.queue, name as 'submit'));
  return () =>
    Object.fromEntries(
      [...spies]
        .filter(([, { mock }]) => mock.calls.length > 0)
        .map(([name, { mock }]) => [name, mock.calls.length]),
    );
}

function submit(device: GPUDevice, encode: (encoder: GPUCommandEncoder) => void): void {
  const encoder = device.createCommandEncoder();
  encode(encoder);
  device.queue.submit([encoder.finish()]);
}

async function onCpu({ initializer, shape, ...options }: FillRequest): Promise<Uint8Array> {
  const data = await (
    await (await Sampler.create({ backend: 'cpu', cpu: 'reference' })).fill(initializer, shape, options)
  ).data();
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}

async function everyByte(device: GPUDevice, buffer: GPUBuffer): Promise<Uint8Array> {
  return new Uint8Array(await readBuffer(device, buffer, 0, buffer.size));
}

/** A hundred tensors at odd element offsets of one buffer, with gaps between them. */
function hundred(buffer: GPUBuffer | undefined): FillRequest[] {
  const random = new TestRandom(3);
  const kinds = ['he_normal', 'zeros', 'glorot_uniform', 'ones', initializers.bits()];
  let at = 2;
  return Array.from({ length: 100 }, (_, i): FillRequest => {
    const initializer = kinds[i % kinds.length];
    const dtype = typeof initializer === 'object' ? 'uint32' : (['float32', 'float16'] as const)[i % 2];
    const size = dtype === 'float16' ? 2 : 4;
    const shape = [1 + random.below(9), 1 + random.below(40)];
    const byteOffset = size * Math.ceil(at / size);
    at = byteOffset + size * (shape[0] * shape[1] + random.below(3));
    return { initializer, shape, dtype, name: `tensor ${i}`, ...(buffer && { buffer, byteOffset }) };
  });
}

describeDawn('prepare', (runner) => {
  it('fills a hundred tensors of one buffer in one submit, makes no object from the second encode on, and leaves what lies between', async () => {
    const { device } = runner();
    const sampler = await Sampler.create({ device });
    const buffer = guardedBuffer(device, 2 ** 17);
    const requests = hundred(buffer) as PrepareRequest[];
    const made = watchDevice(device);
    const prepared = await sampler.prepareAll(requests, { seed: 42 });
    expect(made()).toMatchObject({ createBuffer: 1, createBindGroup: 1 });
    vi.restoreAllMocks();

    const again = watchDevice(device);
    const encoder = device.createCommandEncoder();
    prepared.encode(encoder);
    const pass = encoder.beginComputePass();
    prepared.encode(pass);
    prepared.encode(pass);
    pass.end();
    device.queue.submit([encoder.finish()]);
    expect(again()).toEqual({ createCommandEncoder: 1, submit: 1 });
    vi.restoreAllMocks();

    const wanted = new Uint8Array(buffer.size).fill(GUARD);
    for (const { buffer: _, byteOffset, ...request } of requests)
      wanted.set(await onCpu({ ...request, seed: 42 }), byteOffset);
    expectSameBytes(await everyByte(device, buffer), wanted);
    prepared.destroy();
  });

  it('draws from another seed after reseed, with a write to the queue and nothing else', async () => {
    const { device } = runner();
    const sampler = await Sampler.create({ device });
    const buffer = guardedBuffer(device, 2 ** 17);
    const requests = hundred(buffer) as PrepareRequest[];
    const prepared = await sampler.prepareAll(requests, { seed: 1 });
    for (const seed of [7, 2n ** 64n - 1n, Key.from(5).fold('step 3')]) {
      const made = watchDevice(device);
      prepared.reseed(seed);
      expect(made()).toEqual({ writeBuffer: 1 });
      vi.restoreAllMocks();
      submit(device, (encoder) => prepared.encode(encoder));
      const all = await everyByte(device, buffer);
      for (const { buffer: _, byteOffset = 0, ...request } of requests) {
        const expected = await onCpu({ ...request, seed });
        expectSameBytes(all.subarray(byteOffset, byteOffset + expected.length), expected, request.name);
      }
    }
  });

  it('holds as many seeds at once as it has slots', async () => {
    const { device } = runner();
    const sampler = await Sampler.create({ device });
    const [buffer, kept] = [guardedBuffer(device, 400), guardedBuffer(device, 1200)];
    const prepared = await sampler.prepare('normal', [100], { seed: 10, buffer, slots: 3 });
    prepared.reseed(11, 1);
    prepared.reseed(12, 2);
    submit(device, (encoder) => {
      for (const slot of [2, 0, 1]) {
        prepared.encode(encoder, slot);
        encoder.copyBufferToBuffer(buffer, 0, kept, 400 * slot, 400);
      }
    });
    const all = await everyByte(device, kept);
    for (const slot of [0, 1, 2]) {
      expectSameBytes(
        all.subarray(400 * slot, 400 * slot + 400),
        await onCpu({ initializer: 'normal', shape: [100], seed: 10 + slot }),
      );
    }
  });

  it('holds the seeds of an orthogonal in slots, too', async () => {
    const { device } = runner();
    const sampler = await Sampler.create({ device });
    const buffer = guardedBuffer(device, 4 * 30);
    const prepared = await sampler.prepare('orthogonal', [6, 5], { seed: 10, buffer, slots: 2 });
    prepared.reseed(11, 1);
    for (const [slot, seed] of [
      [1, 11],
      [0, 10],
    ]) {
      submit(device, (encoder) => prepared.encode(encoder, slot));
      const alone = await (await sampler.fill('orthogonal', [6, 5], { seed })).data();
      expectSameBytes(await everyByte(device, buffer), new Uint8Array(alone.buffer));
    }
    prepared.destroy();
    buffer.destroy();
  });

  it('takes an orthogonal: its matrix is computed anew each time, and from the seed of the time', async () => {
    const { device } = runner();
    const sampler = await Sampler.create({ device });
    const buffer = guardedBuffer(device, 8192);
    const shapes = [
      [40, 30],
      [7, 50],
    ];
    const requests = shapes.map((shape, i): PrepareRequest => ({
      initializer: 'orthogonal',
      shape,
      name: `q${i}`,
      buffer,
      byteOffset: 4 + 5000 * i,
    }));
    const prepared = await sampler.prepareAll([...requests, { initializer: 'ones', shape: [1], buffer }], {
      seed: 3,
    });
    for (const seed of [3, 4]) {
      if (seed === 4) prepared.reseed(4);
      const made = watchDevice(device);
      submit(device, (encoder) => prepared.encode(encoder));
      expect(made()).toEqual({ createCommandEncoder: 1, submit: 1 });
      vi.restoreAllMocks();
      const all = await everyByte(device, buffer);
      const wanted = new Uint8Array(8192).fill(GUARD);
      wanted.set(await onCpu({ initializer: 'ones', shape: [1] }), 0);
      for (const [i, shape] of shapes.entries()) {
        const { buffer: bytes } = await (
          await sampler.fill('orthogonal', shape, { seed, name: `q${i}` })
        ).data();
        wanted.set(new Uint8Array(bytes), 4 + 5000 * i);
      }
      expectSameBytes(all, wanted);
    }
  }, 300_000); // SwiftShader takes its time to compile the factorization

  it('refuses what it cannot do in one line', async () => {
    const { device } = runner();
    const sampler = await Sampler.create({ device });
    const buffer = guardedBuffer(device, 64);
    await expect(sampler.prepare('normal', [4], { seed: 1 } as never)).rejects.toThrow(
      'buffer must be a GPUBuffer, got undefined',
    );
    await expect(sampler.prepare('normal', [4], { seed: 1, buffer, slots: 0 })).rejects.toThrow(
      'slots must be at least 1, got 0',
    );
    await expect(sampler.prepare('normal', [4], { seed: 1, buffer, slots: 2 ** 40 })).rejects.toThrow(
      /^the parameters need a buffer of \d+ bytes.*; take fewer slots$/,
    );
    await expect(sampler.prepareAll([{ initializer: 'ones', shape: [17], buffer }])).rejects.toThrow(
      'requests[0]: buffer must have at least 68 bytes',
    );
    const prepared = await sampler.prepareAll([
      { initializer: initializers.randomNormal({ seed: 1 }), shape: [4], buffer },
      { initializer: initializers.randomNormal({ seed: 2 }), shape: [4], buffer, byteOffset: 16 },
    ]);
    expect(() => prepared.reseed(5)).toThrow('requests[0]: name is missing');
    expect(() => prepared.encode(device.createCommandEncoder(), 1)).toThrow(
      'slot must be an integer in [0, 1), got 1',
    );
    expect(() => prepared.encode({} as never)).toThrow(
      'encoder must be a GPUCommandEncoder or a GPUComputePassEncoder, got {}',
    );
    prepared.destroy();
    prepared.destroy();
    expect(() => prepared.encode(device.createCommandEncoder())).toThrow(
      'a prepared fill cannot be used after it was destroyed',
    );
    await expect((await Sampler.create({ backend: 'cpu' })).prepare('ones', [1], { buffer })).rejects.toThrow(
      'prepare needs the GPU backend, got cpu',
    );
  });

  it('takes nothing: no tensors, and tensors without elements', async () => {
    const { device } = runner();
    const sampler = await Sampler.create({ device });
    const buffer = guardedBuffer(device, 16);
    for (const requests of [
      [],
      [
        { initializer: 'normal', shape: [0], seed: 1, buffer },
        { initializer: 'orthogonal', shape: [0, 3], seed: 1, buffer },
      ],
    ]) {
      const prepared = await sampler.prepareAll(requests);
      submit(device, (encoder) => prepared.encode(encoder));
    }
    expectSameBytes(await everyByte(device, buffer), new Uint8Array(16).fill(GUARD));
  });
});
