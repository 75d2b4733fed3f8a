import { expect, it, vi } from 'vitest';
import { ArgumentError, DeviceError, type FillRequest, Sampler } from '../../src/index';
import { readBuffer } from '../../src/backends/gpu/device/read';
import { describeDawn } from '../harness/describe';

/** The error with which a call ends. */
async function errorOf(call: () => unknown): Promise<unknown> {
  try {
    await call();
  } catch (error) {
    return error;
  }
  return undefined;
}

function expectLine(error: unknown, type: typeof ArgumentError | typeof DeviceError, line: RegExp): void {
  expect(error).toBeInstanceOf(type);
  expect((error as Error).message).toMatch(line);
  expect((error as Error).message).not.toContain('\n');
}

describeDawn('what is no GPUBuffer', (runner) => {
  const throwing: ProxyHandler<object> = {
    getPrototypeOf() {
      throw new Error('no prototype');
    },
  };
  /** What is made of a buffer, and is none. Dawn in Node would end the process at most of them. */
  const FAKES: [string, (buffer: GPUBuffer) => unknown][] = [
    ['an object with a size and a usage', () => ({ size: 4096, usage: 0x80 })],
    [
      'an object that looks like a buffer',
      () => ({ size: 4096, usage: 0x80, destroy() {}, mapAsync() {}, label: '' }),
    ],
    ['a typed array', () => new Uint32Array(16)],
    ['a Proxy of a buffer', (buffer) => new Proxy(buffer, {})],
    ['a Proxy that hides its prototype', (buffer) => new Proxy(buffer, throwing)],
    ['an object that inherits from a buffer', (buffer) => Object.create(buffer)],
    ['an object with the prototype of buffers', (buffer) => Object.create(Object.getPrototypeOf(buffer))],
    ['an object that inherits from a Proxy', (buffer) => Object.create(new Proxy(buffer, throwing))],
  ];

  it.each(FAKES)('%s is refused wherever it enters, before anything is written', async (_, made) => {
    const { device } = runner();
    const sampler = Sampler.on(device);
    const real = device.createBuffer({ size: 4096, usage: 0x8c });
    const fake = made(real) as GPUBuffer;
    const line = /^(requests\[1\]: )?buffer must be a GPUBuffer, got /;
    const submit = vi.spyOn(device.queue, 'submit');
    const uncaptured = vi.fn();
    device.onuncapturederror = uncaptured;
    const requests = [real, fake].map((buffer) => ({ initializer: 'ones', shape: [16], buffer }));
    const calls: (() => unknown)[] = [
      () => sampler.fill('ones', [16], { buffer: fake }),
      () => sampler.fill('orthogonal', [4, 4], { seed: 1, buffer: fake }),
      () => sampler.fillAll(requests),
      () => sampler.prepare('ones', [16], { buffer: fake }),
      () => sampler.prepareAll(requests),
      () => sampler.encode(device.createCommandEncoder(), 'ones', [16], { buffer: fake }),
    ];
    for (const call of calls) expectLine(await errorOf(call), ArgumentError, line);
    expect(submit).not.toHaveBeenCalled();
    vi.restoreAllMocks();
    expect(new Uint8Array(await readBuffer(device, real, 0, 64))).toEqual(new Uint8Array(64));
    expect(uncaptured).not.toHaveBeenCalled();
    device.onuncapturederror = null;
    real.destroy();
  });

  it('a buffer of another device, or one that was destroyed, is a DeviceError', async () => {
    const { device, gpu } = runner();
    const sampler = Sampler.on(device);
    const other = await (await gpu.requestAdapter())!.requestDevice();
    const foreign = other.createBuffer({ size: 4096, usage: 0x80 });
    const destroyed = device.createBuffer({ size: 4096, usage: 0x80 });
    destroyed.destroy();
    for (const buffer of [foreign, destroyed]) {
      const error = await errorOf(() => sampler.fill('ones', [16], { buffer }));
      expectLine(error, DeviceError, /^WebGPU refused the dispatches: /);
    }
    const error = await errorOf(() => sampler.prepare('ones', [16], { buffer: foreign }));
    expectLine(error, DeviceError, /^WebGPU refused preparing: /);
    other.destroy();
  });
});

describeDawn('what is no encoder', (runner) => {
  it.each([
    ['an object with beginComputePass', { beginComputePass() {} }],
    ['an object with dispatchWorkgroups', { dispatchWorkgroups() {} }],
  ])('%s is refused, and no buffer is left', async (_, fake) => {
    const { device } = runner();
    const sampler = Sampler.on(device);
    const buffer = device.createBuffer({ size: 4096, usage: 0x80 });
    const line = /^encoder must be a GPUCommandEncoder or a GPUComputePassEncoder, got /;
    const made = vi.spyOn(device, 'createBuffer');
    const encode = (): void => sampler.encode(fake as never, 'ones', [16], { buffer });
    expectLine(await errorOf(encode), ArgumentError, line);
    const [parameters] = made.mock.results.map(({ value }) => value as GPUBuffer);
    vi.restoreAllMocks();
    // To map a destroyed buffer is an error.
    device.pushErrorScope('validation');
    device.queue.writeBuffer(parameters, 0, new Uint32Array(4));
    device.queue.submit([]);
    const submitted = (await device.popErrorScope())?.message;
    expect(submitted).toMatch(/destroyed/);
    const prepared = await sampler.prepare('ones', [16], { buffer });
    expectLine(await errorOf(() => prepared.encode(fake as never)), ArgumentError, line);
    prepared.destroy();
    buffer.destroy();
  });
});

describeDawn('a call that needs many buffers', (runner) => {
  const requests = (count: number): FillRequest[] =>
    Array.from({ length: count }, () => ({ initializer: 'ones', shape: [4] }));

  it('is refused beyond 16384, before one is made', async () => {
    const { device } = runner();
    const sampler = Sampler.on(device);
    const made = vi.spyOn(device, 'createBuffer');
    const line =
      /^one call on a GPU must need at most 16384 new buffers, got 70000; make several calls, or give buffers that hold many tensors each/;
    expectLine(await errorOf(() => sampler.fillAll(requests(70_000))), ArgumentError, line);
    expect(made).not.toHaveBeenCalled();
    vi.restoreAllMocks();
  });

  it('has 16384, and as many tensors as there are in a buffer of the caller’s', async () => {
    const { device } = runner();
    const sampler = Sampler.on(device);
    const tensors = await sampler.fillAll(requests(16_384));
    expect(String(await tensors[16_383].data())).toBe('1,1,1,1');
    for (const tensor of tensors) tensor.destroy();
    const buffer = device.createBuffer({ size: 16 * 20_000, usage: 0x84 });
    const placed = requests(20_000).map((request, i) => ({ ...request, buffer, byteOffset: 16 * i }));
    const [first] = await sampler.fillAll(placed);
    expect(String(await first.data())).toBe('1,1,1,1');
    const words = new Float32Array(await readBuffer(device, buffer, 0, buffer.size));
    expect(words.every((word) => word === 1)).toBe(true);
    buffer.destroy();
  });
});

describeDawn('a chunk', (runner) => {
  it.each([
    [[2 ** 52], {}],
    [[2 ** 26, 2 ** 26], { range: { start: 2 ** 51 + 1 } }],
  ])('of a tensor of 2^52 elements comes at once, %j %j', async (shape, options) => {
    const chunks = Sampler.on(runner().device).chunks('ones', shape, { ...options, chunkBytes: 64 });
    expect(new Float32Array((await chunks.next()).value!.slice().buffer)).toEqual(
      new Float32Array(16).fill(1),
    );
    await chunks.return(undefined);
  });

  it('that no buffer can hold is refused', async () => {
    const chunks = Sampler.on(runner().device).chunks('ones', [2 ** 52], { chunkBytes: 2 ** 50 });
    const line =
      /^a chunk needs a buffer of \d+ bytes, but the device allows at most \d+ \(maxBufferSize\); take a smaller chunkBytes$/;
    expectLine(await errorOf(() => chunks.next()), DeviceError, line);
  });

  it('of any tensor waits until each matrix is known to fit', async () => {
    const sampler = Sampler.on(runner().device);
    const requests = [
      { name: 'a', initializer: 'ones', shape: [4] },
      { name: 'b', initializer: 'orthogonal', shape: [300_000, 300_000], range: { start: 0, count: 10 } },
    ];
    const line =
      /^requests\[1\] "b": an orthogonal 300000 x 300000 matrix needs 360000000000 bytes in one buffer/;
    const chunks = sampler.chunksOfAll(requests, { seed: 1 });
    expectLine(await errorOf(() => chunks.next()), DeviceError, line);
  });
});
