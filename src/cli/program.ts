/** What main.ts loads. */
export { serveChecks } from './init/reference_threads';
export { run } from './run';
export { quietStreams } from './streams';
