import { describe, expect, it } from 'vitest';
import { initModel } from '../../src/models';
import { ArgumentError, Sampler } from '../../src/index';
import { expectRefusesAll } from './destroyed';

describe.each(['fast', 'reference'] as const)('a sampler on the CPU that was destroyed, %s', (cpu) => {
  it('refuses every call with one message, and a second destroy does nothing', async () => {
    const sampler = await Sampler.create({ backend: 'cpu', cpu, threads: 2 });
    const other = await Sampler.create({ backend: 'cpu', cpu, threads: 2 });
    sampler.destroy();
    sampler.destroy();
    await expectRefusesAll(sampler);
    expect(sampler.backend).toBe('cpu');
    expect([...(await (await other.fill('ones', [2])).data())]).toEqual([1, 1]);
    other.destroy();
  });

  it('keeps its tensors, and ends what is under way as ever', async () => {
    const sampler = await Sampler.create({ backend: 'cpu', cpu, threads: 2 });
    const tensor = await sampler.fill('ones', [2]);
    const underWay = sampler.fill('normal', [300_000], { seed: 1 });
    const chunks = sampler.chunks('ones', [12], { chunkBytes: 16 });
    await chunks.next();
    sampler.destroy();
    expect([...(await tensor.data())]).toEqual([1, 1]);
    expect((await underWay).byteLength).toBe(1_200_000);
    expect((await chunks.next()).value).toHaveLength(16);
  });

  it('refuses chunks that nobody has asked for before', async () => {
    const sampler = await Sampler.create({ backend: 'cpu', cpu });
    const chunks = sampler.chunks('ones', [12]);
    sampler.destroy();
    await expect(chunks.next()).rejects.toThrow('a sampler cannot be used after it was destroyed');
  });
});

it('a model’s own sampler is destroyed with it', async () => {
  const tensors = [{ name: 'w', shape: [2], initializer: 'ones' }];
  const model = await initModel({ tensors }, { seed: 1, backend: 'cpu' });
  model.destroy();
  model.destroy();
  await expect(model.sampler.fill('ones', [2])).rejects.toThrow(ArgumentError);
  await expect(initModel({ tensors }, { seed: 1, sampler: model.sampler })).rejects.toThrow(
    'a sampler cannot be used after it was destroyed',
  );
});
