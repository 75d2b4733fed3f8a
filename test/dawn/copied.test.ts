import { expect, it, vi } from 'vitest';
import { initModel } from '../../src/models';
import { describeDawn } from '../harness/describe';
import { ALL_SORTS, checkpointFile, KEEP_ALL, stored } from '../models/checkpoint_file';

describeDawn('initModel with copied tensors', (runner) => {
  it('has the bytes of the source in buffers, also of tensors that end within a word or take several writes', async () => {
    const { device } = runner();
    const { 'head.weight': head, positions, nan, halves } = ALL_SORTS;
    const tensors = {
      halves,
      nan,
      'head.weight': head,
      positions,
      large: stored('BF16', [9 * 2 ** 20 + 1], 3),
    };
    const waits = vi.spyOn(device.queue, 'onSubmittedWorkDone');
    const model = await initModel(checkpointFile(tensors), { rules: KEEP_ALL, seed: 7, device });
    expect(waits).toHaveBeenCalled();
    vi.restoreAllMocks();
    expect(model.names).toEqual(Object.keys(tensors));
    const cpu = await initModel(
      { tensors: [{ name: 'head.weight', shape: [4, 3], initializer: 'he_normal' }] },
      { seed: 7, backend: 'cpu' },
    );
    for (const { name, tensor } of model.weights) {
      const { buffer, byteOffset, byteLength } = await tensor.data();
      const [want] =
        name === 'head.weight' ? await cpu.getWeights() : [tensors[name as keyof typeof tensors][2]];
      const right = Buffer.from(want.buffer, want.byteOffset, want.byteLength);
      expect(Buffer.from(buffer, byteOffset, byteLength).equals(right), name).toBe(true);
    }
    model.destroy();
  });
});
