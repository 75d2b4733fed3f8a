import { expect, it, vi } from 'vitest';
import { ArgumentError, Sampler } from '../../src/index';
import { describeDawn } from '../harness/describe';

const mine = new Error('mine');
const throws = (): never => {
  throw mine;
};
const revoked = (): any => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
};

/** The buffers that the device made and that nobody has destroyed. */
function watchBuffers(device: GPUDevice): Set<GPUBuffer> {
  const alive = new Set<GPUBuffer>();
  const create = device.createBuffer.bind(device);
  vi.spyOn(device, 'createBuffer').mockImplementation((descriptor) => {
    const buffer = create(descriptor);
    alive.add(buffer);
    const destroy = buffer.destroy.bind(buffer);
    buffer.destroy = () => {
      alive.delete(buffer);
      return destroy();
    };
    return buffer;
  });
  return alive;
}

describeDawn('a call that fails', (runner) => {
  it.each(['normal', 'orthogonal'])(
    'rejects with what onProgress throws, and frees all memory: %s',
    async (filling) => {
      const { device } = runner();
      const sampler = await Sampler.create({ device });
      const alive = watchBuffers(device);
      const options = { seed: 1, onProgress: throws };
      await expect(sampler.fill(filling, [64, 48], options)).rejects.toBe(mine);
      expect(alive.size).toBe(0);
      const requests = ['a', 'b'].map((name) => ({ name, initializer: filling, shape: [64, 48] }));
      await expect(sampler.fillAll(requests, options)).rejects.toBe(mine);
      expect(alive.size).toBe(0);
      const tensor = await sampler.fill(filling, [64, 48], { seed: 1 });
      tensor.destroy();
      expect(alive.size).toBe(0);
      vi.restoreAllMocks();
    },
  );

  it('has written nothing where an option cannot be right', async () => {
    const { device } = runner();
    const sampler = await Sampler.create({ device });
    const buffer = device.createBuffer({ size: 16, usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC });
    const submit = vi.spyOn(device.queue, 'submit');
    const create = vi.spyOn(device, 'createBuffer');
    const bad = [{ onProgress: 5 }, { signal: { aborted: true } }, { seed: revoked() }, revoked()];
    for (const options of bad) {
      const given = options === bad[3] ? options : { buffer, ...options };
      await expect(sampler.fill('ones', [4], given)).rejects.toThrow(ArgumentError);
      await expect(sampler.chunks('ones', [4], options as never).next()).rejects.toThrow(ArgumentError);
    }
    for (const slots of [0, -1, 1.5, '2', null, revoked()]) {
      await expect(sampler.prepare('ones', [4], { buffer, slots })).rejects.toThrow(ArgumentError);
      const requests = [{ initializer: 'ones', shape: [4], buffer }];
      await expect(sampler.prepareAll(requests, { slots })).rejects.toThrow(ArgumentError);
    }
    expect(() => sampler.encode(revoked(), 'ones', [4], { buffer })).toThrow(ArgumentError);
    const encoder = device.createCommandEncoder();
    for (const options of [{ onProgress: 5 }, { seed: 'x' }, { byteOffset: -0 }, { range: revoked() }]) {
      expect(() => sampler.encode(encoder, 'ones', [4], { buffer, ...options } as never)).toThrow(
        ArgumentError,
      );
    }
    expect([submit.mock.calls.length, create.mock.calls.length]).toEqual([0, 0]);
    vi.restoreAllMocks();
    buffer.destroy();
  });
});
