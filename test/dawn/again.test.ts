import { expect, it } from 'vitest';
import { DeviceError, Sampler } from '../../src/index';
import { expectSameBytes } from '../support/bytes';
import { describeDawn } from '../harness/describe';
import { expectAllMadeAgain } from '../sampler/again';
import { expectRefusesAll } from '../sampler/destroyed';

describeDawn('a tensor on a GPU', (runner) => {
  it('is made again from what it tells', async () => {
    await expectAllMadeAgain(Sampler.on(runner().device), ['float16']);
  });

  it('is made on the CPU from what it tells, in the caller’s buffer, too', async () => {
    const { device } = runner();
    const cpu = await Sampler.create({ backend: 'cpu', threads: 1 });
    const buffer = device.createBuffer({ size: 4096, usage: 0x80 | 0x4 });
    const options = { seed: 42, name: 'w', buffer, byteOffset: 12, dtype: 'float16' } as const;
    const tensor = await Sampler.on(device).fill('he_normal', [9, 7], options);
    const { initializer, shape, key, dtype, range } = tensor;
    const [again] = await cpu.fillAll([structuredClone({ initializer, shape, seed: key, dtype, range })]);
    const [a, b] = [await tensor.data(), await again.data()];
    expectSameBytes(new Uint8Array(a.buffer, a.byteOffset, a.byteLength), new Uint8Array(b.buffer));
    buffer.destroy();
  });
});

describeDawn('a sampler on a GPU that was destroyed', (runner) => {
  it('refuses every call as one on the CPU does, on a device of the caller’s', async () => {
    const { device } = runner();
    const sampler = Sampler.on(device);
    sampler.destroy();
    sampler.destroy();
    await expectRefusesAll(sampler);
    expect(await (await Sampler.on(device).fill('ones', [2])).data()).toEqual(Float32Array.of(1, 1));
  });

  it('and on its own device, where what was under way is rejected', async () => {
    const sampler = await Sampler.create({ backend: 'gpu' });
    await sampler.fill('ones', [2]);
    const underWay = sampler.fill('orthogonal', [512, 512], { seed: 1, onProgress: () => {} });
    underWay.catch(() => {});
    sampler.destroy();
    sampler.destroy();
    await expectRefusesAll(sampler);
    await expect(underWay).rejects.toThrow(DeviceError);
  });
});
