import { expect, it, vi } from 'vitest';
import { readBuffer } from '../../src/backends/gpu/device/read';
import { DeviceError, type FillRequest, Sampler, type Tensor } from '../../src/index';
import { resolveFilling } from '../../src/initializers/resolve';
import { gpt2 } from '../../src/models/presets/gpt2';
import { applyRules } from '../../src/models/rules/apply';
import { expectSameBytes } from '../support/bytes';
import { describeDawn } from '../harness/describe';

/** GPT-2's 148 tensors, with one layer norm as narrow as asked for. */
function small(width: number): FillRequest[] {
  return applyRules(gpt2({ layers: 12, width }), 'gpt2').filled.map(
    ({ tensor: { name, shape }, filling }) => ({
      name,
      shape: shape.map((size) => (size === 50257 ? 97 : size)),
      initializer: resolveFilling(filling, shape).parts[0].initializer,
    }),
  );
}

async function expectSameTensors(
  got: readonly Tensor[],
  expected: readonly Tensor[],
  requests: readonly FillRequest[],
): Promise<void> {
  for (const [i, tensor] of got.entries()) {
    expectSameBytes(
      new Uint8Array((await tensor.data()).buffer),
      new Uint8Array((await expected[i].data()).buffer),
      requests[i].name,
    );
  }
}

describeDawn('fillAll', (runner) => {
  it('fills 148 tensors with one submit, one buffer of parameters, and the bytes of the CPU', async () => {
    const { device } = runner();
    const sampler = await Sampler.create({ device });
    const requests = small(20);
    await sampler.fillAll(requests, { seed: 1 }); // compiles
    const submit = vi.spyOn(device.queue, 'submit');
    const create = vi.spyOn(device, 'createBuffer');
    const tensors = await sampler.fillAll(requests, { seed: 42, dtype: 'float16' });
    expect(submit).toHaveBeenCalledTimes(1);
    expect(create).toHaveBeenCalledTimes(148 + 1);
    vi.restoreAllMocks();
    const cpu = await (
      await Sampler.create({ backend: 'cpu', cpu: 'reference' })
    ).fillAll(requests, { seed: 42, dtype: 'float16' });
    await expectSameTensors(tensors, cpu, requests);
    for (const tensor of tensors) tensor.destroy();
  });

  it('fills one buffer with the bytes that the tensors have alone', async () => {
    const { device } = runner();
    const sampler = await Sampler.create({ device });
    const requests = small(21).map((request, i): FillRequest => ({
      ...request,
      dtype: (['float32', 'float16', 'bfloat16'] as const)[i % 3],
    }));
    const alone = await (
      await Sampler.create({ backend: 'cpu', cpu: 'reference' })
    ).fillAll(requests, { seed: 42 });
    let end = 0;
    const offsets = alone.map(({ byteLength }) => {
      const byteOffset = Math.ceil(end / 4) * 4;
      end = byteOffset + byteLength;
      return byteOffset;
    });
    const buffer = device.createBuffer({
      size: Math.ceil(end / 4) * 4,
      usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC,
    });
    const tensors = await sampler.fillAll(
      requests.map((request, i) => ({ ...request, buffer, byteOffset: offsets[i] })),
      { seed: 42 },
    );
    await expectSameTensors(tensors, alone, requests);
    buffer.destroy();
  });

  it('lets the later of two that overlap win', async () => {
    const { device } = runner();
    const sampler = await Sampler.create({ device });
    const cpu = await Sampler.create({ backend: 'cpu', cpu: 'reference' });
    const memory = new Uint8Array(4096);
    const buffer = device.createBuffer({
      size: memory.length,
      usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC,
    });
    const requests = Array.from({ length: 40 }, (_, i): FillRequest => ({
      initializer: 'random_normal',
      shape: [100],
      name: `${i}`,
      byteOffset: 4 * ((i * 389) % 900),
    }));
    await sampler.fillAll(
      requests.map((request) => ({ ...request, buffer })),
      { seed: 42 },
    );
    await cpu.fillAll(
      requests.map((request) => ({ ...request, buffer: memory })),
      { seed: 42 },
    );
    expectSameBytes(
      new Uint8Array(await readBuffer(device, buffer, 0, memory.length)),
      memory,
      'overlapping tensors',
    );
    buffer.destroy();
  });

  it('has orthogonals among the others, and reports all of the work', async () => {
    const { device } = runner();
    const sampler = await Sampler.create({ device });
    const shares: number[] = [];
    const requests: FillRequest[] = [
      { initializer: 'orthogonal', shape: [40, 30], name: 'a' },
      { initializer: 'normal', shape: [50], name: 'b' },
      { initializer: 'orthogonal', shape: [7, 90], name: 'c' },
    ];
    const tensors = await sampler.fillAll(requests, { seed: 5, onProgress: (share) => shares.push(share) });
    for (const [i, { initializer, shape, name }] of requests.entries()) {
      const alone = await sampler.fill(initializer, shape, { seed: 5, name });
      expect(await tensors[i].data()).toEqual(await alone.data());
    }
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.at(-1)).toBeCloseTo(1, 12);
  });

  it('bounds the work of a submit, and stops between two when told to, leaving no buffer of its own', async () => {
    const { device } = runner();
    const sampler = await Sampler.create({ device });
    const submit = vi.spyOn(device.queue, 'submit');
    const create = vi.spyOn(device, 'createBuffer');
    const abort = new AbortController();
    const requests: FillRequest[] = Array.from({ length: 10 }, () => ({
      initializer: 'ones',
      shape: [2 ** 24],
    }));
    submit.mockImplementation(function (this: GPUQueue, ...args) {
      abort.abort(new Error('enough'));
      return Object.getPrototypeOf(this).submit.apply(this, args);
    });
    await expect(sampler.fillAll(requests, { signal: abort.signal })).rejects.toThrow('enough');
    expect(submit).toHaveBeenCalledTimes(1);
    const own = create.mock.results
      .filter((_, i) => create.mock.calls[i][0].label === 'tensorseed tensor')
      .map(({ value }) => value as GPUBuffer);
    vi.restoreAllMocks();
    expect(own).toHaveLength(10);
    device.pushErrorScope('validation');
    const encoder = device.createCommandEncoder();
    for (const buffer of own) encoder.clearBuffer(buffer);
    device.queue.submit([encoder.finish()]);
    expect((await device.popErrorScope())?.message).toMatch(/destroyed/);
  });

  it('refuses what one device cannot hold, by its name, before anything is allocated', async () => {
    const { device } = runner();
    const sampler = await Sampler.create({ device });
    const create = vi.spyOn(device, 'createBuffer');
    const fill = (request: FillRequest): Promise<unknown> =>
      sampler.fillAll([{ initializer: 'zeros', shape: [4] }, request], { seed: 1 });
    await expect(fill({ initializer: 'zeros', shape: [2 ** 50], name: 'w' })).rejects.toThrow(
      'requests[1] "w": the tensor needs a buffer of',
    );
    await expect(
      fill({ initializer: 'orthogonal', shape: [2 ** 20, 2 ** 20], name: 'q', range: { count: 4 } }),
    ).rejects.toThrow('requests[1] "q": an orthogonal 1048576 x 1048576 matrix needs');
    await expect(fill({ initializer: 'zeros', shape: [1], buffer: {} as GPUBuffer })).rejects.toThrow(
      'requests[1]: buffer must be a GPUBuffer, got {}',
    );
    expect(create).not.toHaveBeenCalled();
    vi.restoreAllMocks();
  });

  it('rejects with the reason where the device is lost meanwhile', async () => {
    const device = await (await runner().gpu.requestAdapter())!.requestDevice();
    const sampler = await Sampler.create({ device });
    const filling = sampler.fillAll(
      Array.from({ length: 20 }, () => ({ initializer: 'ones', shape: [2 ** 22] })),
    );
    device.destroy();
    await expect(filling).rejects.toThrow(DeviceError);
  });
});

describeDawn('chunksOfAll', (runner) => {
  it('brings 148 tensors to the host with one submit and one map', async () => {
    const { device } = runner();
    const sampler = await Sampler.create({ device });
    const requests = small(20);
    const submit = vi.spyOn(device.queue, 'submit');
    const parts: Uint8Array[][] = requests.map(() => []);
    for await (const { index, bytes } of sampler.chunksOfAll(requests, { seed: 3 }))
      parts[index].push(bytes.slice());
    expect(submit).toHaveBeenCalledTimes(1);
    vi.restoreAllMocks();
    const cpu = await (
      await Sampler.create({ backend: 'cpu', cpu: 'reference' })
    ).fillAll(requests, { seed: 3 });
    for (const [i, tensor] of cpu.entries())
      expectSameBytes(
        Buffer.concat(parts[i]),
        new Uint8Array((await tensor.data()).buffer),
        requests[i].name,
      );
  });

  it('gives the same in small chunks, orthogonals among them', async () => {
    const { device } = runner();
    const sampler = await Sampler.create({ device });
    const requests: FillRequest[] = [
      { initializer: 'uniform', shape: [1000], name: 'a', range: { start: 3, count: 900 } },
      { initializer: 'orthogonal', shape: [40, 30], name: 'b' },
      { initializer: 'ones', shape: [1] },
      { initializer: 'orthogonal', shape: [3, 5], name: 'c', dtype: 'float16' },
      { initializer: 'truncated_normal', shape: [777], name: 'd', dtype: 'bfloat16' },
    ];
    const whole = await sampler.fillAll(requests, { seed: 3 });
    for (const chunkBytes of [48, 1000]) {
      const parts: Uint8Array[][] = requests.map(() => []);
      for await (const { index, bytes } of sampler.chunksOfAll(requests, { seed: 3, chunkBytes }))
        parts[index].push(bytes.slice());
      for (const [i, tensor] of whole.entries())
        expectSameBytes(Buffer.concat(parts[i]), new Uint8Array((await tensor.data()).buffer), `${i}`);
    }
  });
});
