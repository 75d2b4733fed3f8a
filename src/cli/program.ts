/** What main.ts loads. */
import '../core/node_host';

export { serveChecks } from './init/check_threads';
export { run } from './run';
export { quietStreams } from './streams';
