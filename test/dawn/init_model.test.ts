import { expect, it, vi } from 'vitest';
import { DeviceError } from '../../src/index';
import { type InitializedModel, initModel } from '../../src/models';
import { expectSameBytes } from '../support/bytes';
import { describeDawn } from '../harness/describe';

const normal = { class_name: 'RandomNormal', config: { stddev: 0.5 } };

/** 200 layers, each with a kernel and a bias in parts, and one with an orthogonal matrix. */
const model = {
  tensors: Array.from({ length: 200 }, (_, i) => [
    {
      name: `layer_${i}/kernel`,
      shape: [5, 12],
      initializer: 'he_normal',
      ...(i % 2 === 1 && { dtype: 'bfloat16' as const }),
    },
    {
      name: `layer_${i}/bias`,
      shape: [12],
      initializer: [
        { shape: [3], initializer: normal },
        { shape: [3], initializer: 'ones' },
        { shape: [6], initializer: 'zeros' },
      ],
    },
    ...(i === 8 ? [{ name: `layer_${i}/recurrent_kernel`, shape: [3, 12], initializer: 'orthogonal' }] : []),
  ]).flat(),
};

describeDawn('initModel', (runner) => {
  it('gives the CPU’s bytes in a handful of submits, on the caller’s device', async () => {
    const { device } = runner();
    (await initModel(model, { seed: 1, device })).destroy(); // compiles
    const submit = vi.spyOn(device.queue, 'submit');
    const filled = await initModel(model, { seed: 11, dtype: 'float16', device });
    expect(submit.mock.calls.length).toBeLessThan(8);
    vi.restoreAllMocks();
    const expected = await initModel(model, { seed: 11, dtype: 'float16', backend: 'cpu' });
    expect(filled.names).toEqual(expected.names);
    const [got, wanted] = [await filled.getWeights(), await expected.getWeights()];
    for (const [i, { name }] of filled.weights.entries()) {
      // An orthogonal's floats are the same within a bound only: see test/gpu/orthogonal.test.ts.
      if (name.endsWith('recurrent_kernel')) expect(got[i].length).toBe(36);
      else expectSameBytes(new Uint8Array(got[i].buffer), new Uint8Array(wanted[i].buffer), name);
    }
    filled.destroy();
    await (await initModel({ tensors: [model.tensors[0]] }, { seed: 1, device })).getWeights(); // the device lives on
  });

  it('frees what was made where memory is exhausted midway', async () => {
    const device = await (await runner().gpu.requestAdapter())!.requestDevice();
    const made: GPUBuffer[] = [];
    const create = device.createBuffer.bind(device);
    vi.spyOn(device, 'createBuffer').mockImplementation((descriptor) => {
      const buffer = create(descriptor);
      vi.spyOn(buffer, 'destroy');
      made.push(buffer);
      return buffer;
    });
    const count = device.limits.maxBufferSize / 4 + 1;
    const tooLarge = { tensors: [...model.tensors, { name: 'large', shape: [count], initializer: 'zeros' }] };
    const error = await initModel(tooLarge, { seed: 1, device }).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(DeviceError);
    expect((error as Error).message).toMatch(/"large": the tensor needs a buffer of \d+ bytes/);
    for (const buffer of made) expect(buffer.destroy).toHaveBeenCalled();
    device.destroy();
  });

  it('rejects where the device is lost between the parts', async () => {
    const device = await (await runner().gpu.requestAdapter())!.requestDevice();
    const submit = device.queue.submit.bind(device.queue);
    vi.spyOn(device.queue, 'submit').mockImplementation((commands) => {
      submit(commands);
      device.destroy();
    });
    const filled: Promise<InitializedModel> = initModel(model, { seed: 1, device });
    await expect(filled).rejects.toThrow(/the GPU device was lost/);
  });
});
