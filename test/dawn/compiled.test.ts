import { expect, it, vi } from 'vitest';
import { Sampler } from '../../src/index';
import { globalNames } from '../../tools/wgsl_names';
import { readShaders } from '../../tools/wgsl_plugin';
import { describeDawn } from '../harness/describe';

describeDawn('what a fill compiles', () => {
  it('is the kernels that it dispatches, once and in the background', async () => {
    const sampler = await Sampler.create({ backend: 'gpu' });
    const device = sampler.device!;
    const modules = vi.spyOn(device, 'createShaderModule');
    const pipelines = vi.spyOn(device, 'createComputePipelineAsync');
    const atOnce = vi.spyOn(device, 'createComputePipeline');
    const labels = (): string[] => pipelines.mock.calls.map(([{ label }]) => label!);
    const normals = async (count: number): Promise<void> => {
      await (await sampler.fill('random_normal', [count], { seed: 1 })).data();
    };
    await normals(1000);
    expect(labels()).toEqual(['tensorseed normal body']);
    await normals(4000);
    expect(labels()).toHaveLength(1);
    await Promise.all([normals(3), normals(2)]);
    expect(labels()).toEqual(['tensorseed normal body', 'tensorseed normal edge']);
    expect(modules).toHaveBeenCalledTimes(2);
    expect(atOnce).not.toHaveBeenCalled();
    sampler.destroy();
  });

  it('has no branch of another format', async () => {
    const sampler = await Sampler.create({ backend: 'gpu' });
    const device = sampler.device!;
    const modules = vi.spyOn(device, 'createShaderModule');
    await sampler.fill('random_normal', [8], { seed: 1 });
    await sampler.fill('random_normal', [8], { seed: 1, dtype: 'float16' });
    const calls = modules.mock.results.map(async ({ value }) =>
      (value as GPUShaderModule).getCompilationInfo(),
    );
    for (const { messages } of await Promise.all(calls)) expect(messages).toEqual([]);
    const draw = new RegExp(`\\b${globalNames(readShaders()).get('draw_four')}\\(p,`, 'g');
    const draws = modules.mock.calls.map(([{ code }]) => code.match(draw)!.length);
    expect(draws).toEqual([1, 2]);
    sampler.destroy();
  });
});
