import { expect, it } from 'vitest';
import { InFlight } from '../../../src/backends/gpu/device/in_flight';

const device = {
  lost: new Promise(() => undefined),
  queue: { onSubmittedWorkDone: () => Promise.resolve(undefined) },
} as unknown as GPUDevice;

it('an abort in the midst of the last submits is obeyed, and ends the reports', async () => {
  const abort = new AbortController();
  const shares: number[] = [];
  const onProgress = (share: number): void => {
    shares.push(share);
    abort.abort(new Error('enough'));
  };
  const submits = new InFlight(device, { signal: abort.signal, onProgress });
  for (const share of [0.3, 0.6, 1]) await submits.add(share);
  await expect(submits.finish()).rejects.toThrow('enough');
  expect(shares).toEqual([0.3]);
});
