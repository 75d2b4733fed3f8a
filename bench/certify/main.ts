import { quietStreams } from '../../src/cli/streams';
import { run } from './run';
import { serve, SERVE } from './pool';

// The bundle is its own script for the processes that share the work.
if (process.argv[2] === SERVE) {
  serve();
} else {
  quietStreams();
  process.exit(await run(process.argv.slice(2), import.meta.url));
}
