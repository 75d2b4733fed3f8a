import { expect, it } from 'vitest';
import { LIBRARY_FAILURES } from '../fuzz/failures';
import { libraryProperty, openMachines } from '../fuzz/library/property';
import { runProperty, tryInput } from '../fuzz/run_property';
import { openWatchdog } from '../fuzz/watchdog';
import { describeDawn } from '../harness/describe';

describeDawn('the fuzzer', (runner) => {
  it('finds the bytes of the reference from every call, or one line on every backend', async () => {
    const { device } = runner();
    const errors: string[] = [];
    device.addEventListener('uncapturederror', (event) => errors.push(event.error.message));
    const report = await runProperty(libraryProperty(await openMachines(device)), { seed: 2, runs: 600 });
    expect(report).toEqual({ runs: 600 });
    expect(errors).toEqual([]);
  });

  it.each(LIBRARY_FAILURES.map(({ was, input }, i) => [i, was, input] as const))(
    'has no failure any more: %i: %s',
    async (_, __, input) => {
      const watchdog = openWatchdog('an input that failed before');
      try {
        await tryInput(libraryProperty(await openMachines(runner().device)), input, watchdog);
      } finally {
        await watchdog.close();
      }
    },
  );
});
