import { expect, it } from 'vitest';
import { CLI } from '../cli/tensorseed';
import { commandsProperty } from './commands/property';
import { filesProperty } from './files/property';
import { libraryProperty, openMachines } from './library/property';
import { runProperty } from './run_property';

/** In CI the inputs are always the same. `npm run fuzz` tries others. */
const SEED = 1;

it('every library call has the bytes of the reference, or is refused in one line', async () => {
  const report = await runProperty(libraryProperty(await openMachines()), { seed: SEED, runs: 1500 });
  expect(report).toEqual({ runs: 1500 });
});

it('every file is a model whose parts fit together, or is refused in one line', async () => {
  const report = await runProperty(filesProperty(), { seed: SEED, runs: 5000 });
  expect(report).toEqual({ runs: 5000 });
});

it('every command line ends with an exit code, one line where it failed, and whole files or none', async () => {
  const report = await runProperty(commandsProperty(CLI), { seed: SEED, runs: 600 });
  expect(report).toEqual({ runs: 600 });
});
