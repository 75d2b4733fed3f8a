import { expect, it, vi } from 'vitest';
import { CLI } from '../cli/tensorseed';
import { commandsProperty } from './commands/property';
import { filesProperty } from './files/property';
import { libraryProperty, openMachines } from './library/property';
import { runProperty } from './run_property';

/** In CI the inputs are always the same. `npm run fuzz` tries others. */
const SEED = 1;
/** So long a failing input is made smaller at most. */
const milliseconds = 200_000;
vi.setConfig({ testTimeout: 300_000 });

it('every library call has the bytes of the reference, or is refused in one line', async () => {
  const report = await runProperty(libraryProperty(await openMachines()), {
    seed: SEED,
    runs: 12_000,
    milliseconds,
  });
  expect(report).toEqual({ runs: 12_000 });
});

it('every file is a model whose parts fit together, or is refused in one line', async () => {
  const report = await runProperty(filesProperty(), { seed: SEED, runs: 12_000, milliseconds });
  expect(report).toEqual({ runs: 12_000 });
});

it('every command line ends with an exit code, one line where it failed, and whole files or none', async () => {
  const property = commandsProperty(CLI);
  const report = await runProperty(property, { seed: SEED, runs: 1600, milliseconds });
  property.close?.();
  expect(report).toEqual({ runs: 1600 });
});
