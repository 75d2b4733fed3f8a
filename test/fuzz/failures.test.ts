import { afterAll, describe, it } from 'vitest';
import { CLI } from '../cli/tensorseed';
import { commandsProperty } from './commands/property';
import { COMMAND_FAILURES, FILE_FAILURES, LIBRARY_FAILURES } from './failures';
import { pack } from './files/input';
import { checkFile } from './files/property';
import { libraryProperty, openMachines } from './library/property';
import type { Property } from './property';
import { tryInput } from './run_property';
import { openWatchdog } from './watchdog';

const watchdog = openWatchdog('an input that failed before');
afterAll(() => watchdog.close());

function replay<Input>(property: Property<Input>, failures: readonly { was: string; input: Input }[]): void {
  afterAll(() => property.close?.());
  it.each(failures.map((one, i) => [i, one.was, one.input] as const))('%i: %s', async (_, __, input) => {
    await tryInput(property, input, watchdog);
  });
}

describe('library calls that failed before', async () => {
  replay(libraryProperty(await openMachines()), LIBRARY_FAILURES);
});

describe('files that failed before', () => {
  it.each(FILE_FAILURES.map((one, i) => [i, one.was, one.input] as const))('%i: %s', async (_, __, input) => {
    const check = (): Promise<void> => checkFile('file' in input ? input : pack(input));
    await tryInput({ name: 'files', inputs: undefined as never, check }, input, watchdog);
  });
});

describe('command lines that failed before', () => {
  replay(commandsProperty(CLI), COMMAND_FAILURES);
});
