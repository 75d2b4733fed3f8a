import { expect, it } from 'vitest';
import { Sampler } from '../../src/index';
import { describeDawn } from '../harness/describe';
import { asLibraryRequest, fillBytes, type FillRequest } from '../harness/request';
import { expectSameBytes } from '../support/bytes';

const TENSORS: readonly FillRequest[] = (['float32', 'bfloat16'] as const).flatMap((dtype) =>
  [1, 300, 5001, 700_001].map((count, i) => ({
    initializer: 'truncated_normal',
    shape: [count],
    seed: String(i),
    dtype,
  })),
);

/** The entry points of the pipelines that a device makes. */
function watch(device: GPUDevice): Set<string | undefined> {
  const entryPoints = new Set<string | undefined>();
  const make = device.createComputePipelineAsync.bind(device);
  device.createComputePipelineAsync = (descriptor) => {
    entryPoints.add(descriptor.compute.entryPoint);
    return make(descriptor);
  };
  return entryPoints;
}

describeDawn('truncated normals', (runner) => {
  it.each([
    ['a device that says that it is a GPU', true],
    ['a device that says that it is a software driver', false],
  ])('on %s', async (_, isGpu) => {
    const { limits } = runner().device;
    const device = await (await runner().gpu.requestAdapter())!.requestDevice({
      requiredLimits: { maxComputeWorkgroupsPerDimension: limits.maxComputeWorkgroupsPerDimension },
    });
    const info = { vendor: 'amd', architecture: 'rdna-3', device: '', description: isGpu ? '' : 'llvmpipe' };
    Object.defineProperty(device, 'adapterInfo', { value: info });
    const entryPoints = watch(device);
    const sampler = Sampler.on(device);
    const cpu = await Sampler.create({ backend: 'cpu', cpu: 'reference' });
    const filled = await sampler.fillAll(TENSORS.map(asLibraryRequest)); // rows of shared dispatches
    for (const [i, request] of TENSORS.entries()) {
      const data = await filled[i].data();
      const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
      expectSameBytes(bytes, await fillBytes(cpu, request), JSON.stringify(request));
    }
    // Edges, which have at most 16 elements, have one entry point.
    expect([...entryPoints].sort()).toEqual(isGpu ? ['main', 'main_compacted'] : ['main']);
    sampler.destroy();
    device.destroy();
  });
});
