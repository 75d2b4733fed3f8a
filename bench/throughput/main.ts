import { oneLine } from '../../src/cli/faults';
import { isClosedPipe, quietStreams, say } from '../../src/cli/streams';
import { ArgumentError } from '../../src/core/errors';
import { runBench } from './run';

quietStreams();
process.exit(
  await runBench(process.argv.slice(2), import.meta.url).catch((error: unknown) => {
    if (isClosedPipe(error)) return 0;
    say(`bench: ${oneLine(error)}`);
    return error instanceof ArgumentError ? 2 : 1;
  }),
);
