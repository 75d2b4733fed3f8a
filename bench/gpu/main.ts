import { oneLine } from '../../src/cli/faults';
import { isClosedPipe, quietStreams, say } from '../../src/cli/streams';
import { ArgumentError } from '../../src/core/errors';
import { runGpu } from './run';

// The command of a copy for another machine: `node run.mjs`, which is `npm run bench -- --gpu` here.
quietStreams();
process.exit(
  await runGpu(process.argv.slice(2), import.meta.url).catch((error: unknown) => {
    if (isClosedPipe(error)) return 0;
    say(`bench: ${oneLine(error)}`);
    return error instanceof ArgumentError ? 2 : 1;
  }),
);
