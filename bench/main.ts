import { quietStreams } from '../src/cli/streams';
import { runBench } from './run';

quietStreams();
process.exit(await runBench(process.argv.slice(2), import.meta.url));
