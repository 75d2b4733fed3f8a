import { expect, it, vi } from 'vitest';
import { ArgumentError, Key, type KeysPlace, Sampler } from '../../src/index';
import { readBuffer } from '../../src/backends/gpu/device/read';
import { counterStream } from '../../src/streams/counter_stream';
import { jax, torch } from '../../src/streams';
import { threefry } from '../../src/streams/threefry';
import { describeDawn } from '../harness/describe';
import { expectSameBytes } from '../support/bytes';

const KEY = Key.from(99);

/** A buffer with a key and a step at a byte. */
function keysOn(device: GPUDevice, step: number, byteOffset = 0): KeysPlace {
  const buffer = device.createBuffer({ size: 512, usage: 0x80 | 0x8 });
  device.queue.writeBuffer(buffer, byteOffset, new Uint32Array([KEY.lo, KEY.hi, step, 0]));
  return { buffer, byteOffset };
}

async function bytesOf(device: GPUDevice, buffer: GPUBuffer): Promise<Uint8Array> {
  return new Uint8Array(await readBuffer(device, buffer, 0, buffer.size));
}

describeDawn('a key in a buffer', (runner) => {
  it('keys orthogonal matrices, and one command buffer serves them and what is beside them', async () => {
    const { device } = runner();
    const sampler = await Sampler.create({ device });
    const buffer = device.createBuffer({ size: 4096, usage: 0x84 });
    const requests = [
      { name: 'q', initializer: 'orthogonal', shape: [9, 5], buffer },
      { name: 'w', initializer: 'random_normal', shape: [50], buffer, byteOffset: 400 },
    ];
    const prepared = await sampler.prepareAll(requests, { keys: keysOn(device, 5, 100) });
    for (const step of [5, 6, 7]) {
      const encoder = device.createCommandEncoder();
      const [write, create] = [vi.spyOn(device.queue, 'writeBuffer'), vi.spyOn(device, 'createBuffer')];
      prepared.encode(encoder);
      device.queue.submit([encoder.finish()]);
      expect([write, create].map(({ mock }) => mock.calls.length)).toEqual([0, 0]);
      vi.restoreAllMocks();
      const all = await bytesOf(device, buffer);
      for (const { initializer, shape, name, byteOffset = 0 } of requests) {
        const alone = await (await sampler.fill(initializer, shape, { seed: KEY.fold(step), name })).data();
        expectSameBytes(
          all.subarray(byteOffset, byteOffset + alone.byteLength),
          new Uint8Array(alone.buffer, alone.byteOffset, alone.byteLength),
          `${name} ${step}`,
        );
      }
    }
    prepared.destroy();
  }, 300_000);

  it('keys another generator below the same draws', async () => {
    const { device } = runner();
    const sampler = await Sampler.create({ device });
    const stream = counterStream(threefry);
    const buffer = device.createBuffer({ size: 400, usage: 0x84 });
    const prepared = await sampler.prepare('random_normal', [100], {
      stream,
      name: 'a/b',
      buffer,
      keys: keysOn(device, 3),
    });
    const encoder = device.createCommandEncoder();
    prepared.encode(encoder);
    device.queue.submit([encoder.finish()]);
    const seed = stream.keyOf(KEY).fold(3);
    const alone = await (await sampler.fill('random_normal', [100], { seed, name: 'a/b' })).data();
    expectSameBytes(await bytesOf(device, buffer), new Uint8Array(alone.buffer));
  });

  it('is refused where it cannot be, in one line', async () => {
    const { device } = runner();
    const sampler = await Sampler.create({ device });
    const buffer = device.createBuffer({ size: 400, usage: 0x84 });
    const keys = keysOn(device, 0);
    const prepare = (options: object): Promise<unknown> =>
      sampler.prepare('random_normal', [100], { buffer, ...options });
    const refused: [object, string][] = [
      [{ keys, seed: 0 }, 'seed must be left out where keys has the key, got 0'],
      [{ keys, slots: 2 }, 'slots must be 1 where keys has the key, got 2'],
      [{ keys: { ...keys, byteOffset: 2 } }, 'keys.byteOffset must be a multiple of 4, got 2'],
      [{ keys: { ...keys, advance: 1 } }, 'keys.advance must be true or false, got 1'],
      [
        { keys: { ...keys, byteOffset: 500 } },
        'keys.buffer must have at least 516 bytes for a key and a step at byteOffset 500, got 512',
      ],
      [{ keys: {} }, 'keys: buffer must be a GPUBuffer, got undefined'],
      [
        { keys: { buffer: device.createBuffer({ size: 16, usage: 0x8 }) } },
        'keys: buffer must have STORAGE usage (0x80), got usage 0x8',
      ],
      [{ keys, stream: jax }, "keys are of tensorseed's own stream, got the stream jax: give a seed"],
      [{ keys, stream: torch }, "keys are of tensorseed's own stream, got the stream torch: give a seed"],
    ];
    for (const [options, message] of refused)
      await expect(prepare(options), message).rejects.toThrow(new ArgumentError(message));
    await expect(
      sampler.prepareAll([{ initializer: 'ones', shape: [1], seed: 1, buffer }], { keys }),
    ).rejects.toThrow(/^requests\[0\] has the unknown key "seed"/);
    await expect(
      sampler.prepareAll([{ initializer: 'random_normal', shape: [1], buffer }], { keys }),
    ).rejects.toThrow(/name is missing/);
    const prepared = await sampler.prepare('random_normal', [100], { buffer, keys });
    expect(() => prepared.reseed(7)).toThrow(
      new ArgumentError(
        'a prepared fill with its key in a buffer takes no seed: write the key to that buffer, got 7',
      ),
    );
  });

  it('in a buffer that was destroyed makes the submit invalid, and fills nothing', async () => {
    const { device } = runner();
    const sampler = await Sampler.create({ device });
    const buffer = device.createBuffer({ size: 400, usage: 0x84 });
    const keys = keysOn(device, 0);
    const prepared = await sampler.prepare('random_normal', [100], { buffer, keys });
    keys.buffer.destroy();
    const encoder = device.createCommandEncoder();
    prepared.encode(encoder);
    device.pushErrorScope('validation');
    device.queue.submit([encoder.finish()]);
    expect((await device.popErrorScope())?.message).toMatch(/destroyed/);
    expectSameBytes(await bytesOf(device, buffer), new Uint8Array(400));
  });
});
