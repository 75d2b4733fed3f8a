import { expect, it, vi } from 'vitest';
import { DeviceError, initializers, Sampler, type Dtype } from '../../src/index';
import { WORKGROUP_SIZE } from '../../src/backends/gpu/pipelines/variant';
import { readBuffer } from '../../src/backends/gpu/device/read';
import { Owned } from '../../src/backends/gpu/device/owned';
import { record } from '../../src/backends/gpu/commands/record';
import type { JobOptions } from '../../src/jobs/request';
import { resolveRequest } from '../../src/jobs/resolve';
import { plan } from '../../src/jobs/plan';
import { expectSameBytes } from '../support/bytes';
import { describeDawn } from '../harness/describe';

const USAGE = 0x80 | 0x4 | 0x8; // STORAGE, COPY_SRC, COPY_DST
const GUARD = 0xa5;

/** A buffer whose every byte is GUARD. */
function guardedBuffer(device: GPUDevice, size: number): GPUBuffer {
  const buffer = device.createBuffer({ size, usage: USAGE, mappedAtCreation: true });
  new Uint8Array(buffer.getMappedRange()).fill(GUARD);
  buffer.unmap();
  return buffer;
}

async function expectedBytes(identifier: string, shape: number[], options: JobOptions): Promise<Uint8Array> {
  const cpu = await Sampler.create({ backend: 'cpu', cpu: 'reference' });
  const data = await (await cpu.fill(identifier, shape, options)).data();
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}

/** The buffer has `bytes` at `offset`, and GUARD everywhere else. */
function expectOnly(all: Uint8Array, bytes: Uint8Array, offset: number): void {
  const wanted = new Uint8Array(all.length).fill(GUARD);
  wanted.set(bytes, offset);
  expectSameBytes(all, wanted);
}

describeDawn('the caller’s buffer', (runner) => {
  it.each(['float32', 'float16', 'bfloat16'] as const)(
    'keeps every byte beside the tensor, in %s',
    async (dtype: Dtype) => {
      const { device } = runner();
      const sampler = await Sampler.create({ device });
      const size = dtype === 'float32' ? 4 : 2;
      for (const count of [1, 2, 3, 7, 8, 9, 31, 300]) {
        for (const place of [0, 1, 2, 3, 5, 8, 11, 64, 129]) {
          const byteOffset = place * size;
          const buffer = guardedBuffer(device, 2048);
          const options = { seed: 3, dtype, range: { start: 2, count } };
          const tensor = await sampler.fill('uniform', [400], { ...options, buffer, byteOffset });
          const all = new Uint8Array(await readBuffer(device, buffer, 0, buffer.size));
          const bytes = await expectedBytes('uniform', [400], options);
          expectOnly(all, bytes, byteOffset);
          const data = await tensor.data();
          expectSameBytes(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), bytes);
          tensor.destroy();
          expect(await readBuffer(device, buffer, 0, 4)).toBeDefined(); // still alive
          buffer.destroy();
        }
      }
    },
  );

  it('is refused where it is too small, lacks STORAGE usage, or the offset lies between elements', async () => {
    const { device } = runner();
    const sampler = await Sampler.create({ device });
    const buffer = guardedBuffer(device, 64);
    const unusable = device.createBuffer({ size: 64, usage: 0x8 });
    const fill = (options: object, count = 16): Promise<unknown> =>
      sampler.fill('ones', [count], { buffer, ...options });
    await expect(fill({}, 17)).rejects.toThrow(
      'buffer must have at least 68 bytes for 17 float32 elements at byteOffset 0, got 64',
    );
    await expect(fill({ byteOffset: 4 })).rejects.toThrow('buffer must have at least 68 bytes');
    await expect(fill({ byteOffset: 2 }, 1)).rejects.toThrow('byteOffset must be a multiple of 4');
    await expect(fill({ byteOffset: 1, dtype: 'float16' }, 1)).rejects.toThrow(
      'byteOffset must be a multiple of 2',
    );
    await expect(fill({ buffer: unusable })).rejects.toThrow(
      'buffer must have STORAGE usage (0x80), got usage 0x8',
    );
    await expect(fill({ buffer: new Float32Array(16) })).rejects.toThrow('buffer must be a GPUBuffer');
    expectOnly(new Uint8Array(await readBuffer(device, buffer, 0, 64)), new Uint8Array(0), 0);
  });
});

describeDawn('limits as small as they get', (runner) => {
  const many = {
    counts: [1023, 1024, 1025],
    bytes: 8192,
    groupsPerDispatch: 7,
    limits: {
      maxStorageBufferBindingSize: 512,
      minStorageBufferOffsetAlignment: 256,
      maxComputeWorkgroupsPerDimension: 1,
    },
    dispatches: (n: number): void => expect(n).toBeGreaterThan(8),
  };
  // One workgroup is already full, so that invocations take up to 8 groups, the last not all of them.
  const long = {
    counts: [3001, 3398],
    bytes: 16384,
    groupsPerDispatch: 2000,
    limits: {
      maxStorageBufferBindingSize: 2 ** 20,
      minStorageBufferOffsetAlignment: 256,
      maxComputeWorkgroupsPerDimension: 65535,
    },
    dispatches: (n: number): void => expect(n).toBeLessThan(4),
  };

  it.each(
    ['bits', 'uniform', 'normal', 'truncated_normal', 'identity', 'ones'].flatMap(
      (identifier) =>
        [
          ['many', identifier, many],
          ['long', identifier, long],
        ] as const,
    ),
  )(
    '%s dispatches: %s is the same',
    async (_, identifier, { counts, bytes, groupsPerDispatch, limits, dispatches }) => {
      const { device } = runner();
      for (const dtype of identifier === 'bits'
        ? (['uint32'] as const)
        : (['float32', 'float16', 'bfloat16'] as const)) {
        for (const count of counts) {
          const shape = [41, 83];
          const options = { seed: 8, dtype, range: { start: 5, count } };
          const job = resolveRequest({ ...options, initializer: identifier, shape });
          const buffer = guardedBuffer(device, bytes);
          const planned = plan({ ...job, byteOffset: 12 }, buffer, undefined, {
            workgroupSize: WORKGROUP_SIZE,
            groupsPerDispatch,
            fullWorkgroups: 1,
            limits,
          });
          dispatches(planned.length);
          const encoder = device.createCommandEncoder();
          const pass = encoder.beginComputePass();
          record(device, planned, new Owned()).recording.replay(pass);
          pass.end();
          device.queue.submit([encoder.finish()]);
          const all = new Uint8Array(await readBuffer(device, buffer, 0, buffer.size));
          const cpu = await Sampler.create({ backend: 'cpu', cpu: 'reference' });
          const data = await (await cpu.fill(identifier, shape, options)).data();
          expectOnly(all, new Uint8Array(data.buffer), 12);
          buffer.destroy();
        }
      }
    },
  );
});

describeDawn('encode', (runner) => {
  it('takes an orthogonal into a buffer of just its size', async () => {
    const { device } = runner();
    const sampler = await Sampler.create({ device });
    await sampler.load();
    const buffer = device.createBuffer({ size: 4 * 16 * 64, usage: 0x84 });
    const encoder = device.createCommandEncoder();
    sampler.encode(encoder, 'orthogonal', [16, 64], { seed: 2, buffer });
    device.queue.submit([encoder.finish()]);
    const filled = await (await sampler.fill('orthogonal', [16, 64], { seed: 2 })).data();
    expectOnly(
      new Uint8Array(await readBuffer(device, buffer, 0, buffer.size)),
      new Uint8Array(filled.buffer),
      0,
    );
    buffer.destroy();
  });

  it('writes into the caller’s encoder and pass and submits nothing', async () => {
    const { device } = runner();
    const sampler = await Sampler.create({ device });
    const submit = vi.spyOn(device.queue, 'submit');
    const write = vi.spyOn(device.queue, 'writeBuffer');
    const push = vi.spyOn(device, 'pushErrorScope');
    const buffer = guardedBuffer(device, 1024);
    const encoder = device.createCommandEncoder();
    sampler.encode(encoder, 'normal', [10], { seed: 1, name: 'a', buffer });
    const pass = encoder.beginComputePass();
    sampler.encode(pass, 'uniform', [11], { seed: 1, name: 'b', buffer, byteOffset: 40, dtype: 'float16' });
    sampler.encode(pass, 'zeros', [0], { buffer });
    pass.end();
    const commands = encoder.finish();
    expect([submit, write, push].map((spy) => spy.mock.calls.length)).toEqual([0, 0, 0]);
    vi.restoreAllMocks();
    device.queue.submit([commands]);
    const all = new Uint8Array(await readBuffer(device, buffer, 0, buffer.size));
    const wanted = new Uint8Array(62);
    wanted.set(await expectedBytes('normal', [10], { seed: 1, name: 'a' }), 0);
    wanted.set(await expectedBytes('uniform', [11], { seed: 1, name: 'b', dtype: 'float16' }), 40);
    expectOnly(all, wanted, 0);
  });

  it('has an orthogonal whole, in one pass with others, at any offset', async () => {
    const { device } = runner();
    const sampler = await Sampler.create({ device });
    await sampler.load();
    const submit = vi.spyOn(device.queue, 'submit');
    const buffer = guardedBuffer(device, 8192);
    const encoder = device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    sampler.encode(pass, 'ones', [3], { buffer, byteOffset: 4 });
    sampler.encode(pass, 'orthogonal', [40, 37], {
      seed: 2,
      buffer,
      byteOffset: 18,
      dtype: 'float16',
      range: { start: 3, count: 1470 },
    });
    sampler.encode(pass, 'ones', [1], { buffer, byteOffset: 3000 });
    pass.end();
    sampler.encode(encoder, 'orthogonal', [5, 9], { seed: 3, buffer, byteOffset: 4000 });
    const commands = encoder.finish();
    expect(submit).not.toHaveBeenCalled();
    vi.restoreAllMocks();
    device.queue.submit([commands]);
    const all = new Uint8Array(await readBuffer(device, buffer, 0, buffer.size));
    const filled = async (shape: number[], options: JobOptions): Promise<Uint8Array> => {
      const { buffer: bytes } = await (await sampler.fill('orthogonal', shape, options)).data();
      return new Uint8Array(bytes);
    };
    const wanted = new Uint8Array(4180 - 4).fill(GUARD);
    const one = await expectedBytes('ones', [3], {});
    wanted.set(one, 0);
    wanted.set(
      await filled([40, 37], { seed: 2, dtype: 'float16', range: { start: 3, count: 1470 } }),
      18 - 4,
    );
    wanted.set(one.subarray(0, 4), 3000 - 4);
    wanted.set(await filled([5, 9], { seed: 3 }), 4000 - 4);
    expectOnly(all, wanted, 4);
  });

  it('refuses what fill refuses, before anything is encoded', async () => {
    const { device } = runner();
    const sampler = await Sampler.create({ device });
    const buffer = guardedBuffer(device, 16);
    const encoder = device.createCommandEncoder();
    expect(() => sampler.encode(encoder, 'ones', [5], { buffer })).toThrow(
      'buffer must have at least 20 bytes',
    );
    expect(() => sampler.encode(encoder, 'normal', [1], { buffer })).not.toThrow(); // the initializer drew a seed of its own
    expect(() =>
      sampler.encode(encoder, initializers.randomNormal({ stddev: 1 }), [1], { buffer, seed: -1 }),
    ).toThrow('seed must be');
    expect(() => sampler.encode(null as never, 'ones', [1], { buffer })).toThrow(
      'encoder must be a GPUCommandEncoder',
    );
    expect(() => encoder.finish()).not.toThrow();
  });
});

describeDawn('a device', (runner) => {
  const open = async (): Promise<GPUDevice> => (await runner().gpu.requestAdapter())!.requestDevice();

  it('of the caller’s is never destroyed, and its uncaptured errors stay the caller’s', async () => {
    const device = await open();
    const sampler = await Sampler.create({ device });
    await (await sampler.fill('normal', [100], { seed: 1 })).data();
    sampler.destroy();
    let lost = false;
    void device.lost.then(() => (lost = true));
    await device.queue.onSubmittedWorkDone();
    expect(lost).toBe(false);
    expect(device.onuncapturederror ?? null).toBe(null);
    device.destroy();
  });

  it('that is lost rejects fill, data and chunks with the reason, never with zeros', async () => {
    const device = await open();
    const sampler = await Sampler.create({ device });
    const tensor = await sampler.fill('normal', [1 << 20], { seed: 1 });
    const reading = tensor.data();
    device.destroy();
    await expect(reading).rejects.toThrow(/the GPU device was lost \(destroyed\)/);
    await expect(tensor.data()).rejects.toThrow(DeviceError);
    await expect(sampler.fill('normal', [4], { seed: 1 })).rejects.toThrow(/the GPU device was lost/);
    await expect(sampler.chunks('normal', [4], { seed: 1 }).next()).rejects.toThrow(
      /the GPU device was lost/,
    );
  });

  it('that cannot hold a tensor says so before anything is written', async () => {
    const device = await open();
    const sampler = await Sampler.create({ device });
    const count = device.limits.maxBufferSize / 4 + 1;
    await expect(sampler.fill('zeros', [count])).rejects.toThrow(
      `the tensor needs a buffer of ${4 * count} bytes, but the device allows at most ${device.limits.maxBufferSize} (maxBufferSize)`,
    );
    device.destroy();
  });

  it('that cannot hold the matrix of an orthogonal says so, in fill, chunks and encode', async () => {
    const device = await open();
    const sampler = await Sampler.create({ device });
    const side = Math.floor(Math.sqrt(device.limits.maxStorageBufferBindingSize / 4)) + 1;
    const message = `an orthogonal ${side} x ${side} matrix needs ${4 * side * side} bytes in one buffer, but the device allows at most`;
    const options = { seed: 1, range: { start: 0, count: 4 } };
    await expect(sampler.fill('orthogonal', [side, side], options)).rejects.toThrow(message);
    await expect(sampler.chunks('orthogonal', [side, side], options).next()).rejects.toThrow(message);
    const encoder = device.createCommandEncoder();
    expect(() =>
      sampler.encode(encoder, 'orthogonal', [side, side], { ...options, buffer: guardedBuffer(device, 16) }),
    ).toThrow(message);
    expect(() => encoder.finish()).not.toThrow();
    device.destroy();
  });

  it('reports how far an orthogonal is, stops it when told to, and goes on with the next', async () => {
    const { device } = runner();
    const sampler = await Sampler.create({ device });
    const shares: number[] = [];
    const abort = new AbortController();
    const onProgress = (share: number): void => {
      shares.push(share);
      if (shares.length === 2) abort.abort(new Error('enough'));
    };
    await expect(
      sampler.fill('orthogonal', [2048, 2048], { seed: 1, signal: abort.signal, onProgress }),
    ).rejects.toThrow('enough');
    expect(shares.length).toBe(2);
    expect(shares[0]).toBeGreaterThan(0);
    expect(shares[1]).toBeGreaterThan(shares[0]);
    expect(shares[1]).toBeLessThan(0.6);
    expect((await (await sampler.fill('orthogonal', [2, 2], { seed: 1 })).data()).length).toBe(4);
  }, 600_000); // two steps of so large a matrix take SwiftShader minutes

  it('streams an orthogonal in chunks, the same bytes as at once', async () => {
    const { device } = runner();
    const sampler = await Sampler.create({ device });
    const whole = new Uint8Array(
      (await (await sampler.fill('orthogonal', [70, 50], { seed: 4, dtype: 'float16' })).data()).buffer,
    );
    const parts: Uint8Array[] = [];
    for await (const chunk of sampler.chunks('orthogonal', [70, 50], {
      seed: 4,
      dtype: 'float16',
      chunkBytes: 1040,
    }))
      parts.push(chunk.slice());
    expect(parts.length).toBeGreaterThan(5);
    expectSameBytes(Buffer.concat(parts), whole);
  });

  it('refuses at once what is far beyond it, and what cannot be read', async () => {
    const { device } = runner();
    const sampler = await Sampler.create({ device });
    await expect(sampler.fill('normal', [2 ** 50], { seed: 1 })).rejects.toThrow(
      'the tensor needs a buffer of 4503599627370496 bytes',
    );
    const buffer = device.createBuffer({ size: 16, usage: 0x80 });
    const tensor = await sampler.fill('ones', [4], { buffer });
    await expect(tensor.data()).rejects.toThrow(
      'buffer must have COPY_SRC usage (0x4) to be read, got usage 0x80',
    );
    buffer.destroy();
    await expect(sampler.fill('ones', [4], { buffer })).rejects.toThrow(
      /^WebGPU refused the dispatches: .*destroyed.*$/,
    );
  });

  it('streams a tensor in chunks, the same bytes as at once', async () => {
    const { device } = runner();
    const sampler = await Sampler.create({ device });
    for (const dtype of ['float32', 'bfloat16'] as const) {
      const options = { seed: 4, dtype, range: { start: 3, count: 5001 } };
      const parts: Uint8Array[] = [];
      for await (const chunk of sampler.chunks('uniform', [100, 100], { ...options, chunkBytes: 1040 }))
        parts.push(chunk.slice());
      expect(parts.length).toBeGreaterThan(5);
      expectSameBytes(Buffer.concat(parts), await expectedBytes('uniform', [100, 100], options));
    }
  });
});
