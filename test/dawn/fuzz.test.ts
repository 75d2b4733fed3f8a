import { expect, it } from 'vitest';
import { libraryProperty, openMachines } from '../fuzz/library/property';
import { runProperty } from '../fuzz/run_property';
import { describeDawn } from '../harness/describe';

describeDawn('the fuzzer', (runner) => {
  it('finds the bytes of the reference from every call, or one line on every backend', async () => {
    const { device } = runner();
    const errors: string[] = [];
    device.addEventListener('uncapturederror', (event) => errors.push(event.error.message));
    const report = await runProperty(libraryProperty(await openMachines(device)), { seed: 2, runs: 250 });
    expect(report).toEqual({ runs: 250 });
    expect(errors).toEqual([]);
  });
});
