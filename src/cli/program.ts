/** What main.ts loads. */
import '../core/node_host';

export { run } from './run';
export { quietStreams } from './streams';
export { serveTasks } from './tasks';
