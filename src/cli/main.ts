import { isMainThread } from 'node:worker_threads';

// It is loaded here, and not imported above, so that a fault of loading, such as too many open files, is one line.
const { run, serveTasks, quietStreams } = await import('./program').catch((error: Error) => {
  if (!isMainThread) throw error; // who started the thread reports it
  process.stderr.write(`tensorseed: cannot load the program: ${error.message.split('\n')[0]}\n`);
  process.exit(1);
});

// The bundle is its own thread script: threads load this file again.
if (isMainThread) {
  quietStreams();
  const code = await run(process.argv.slice(2), import.meta.url);
  // Without this call, Dawn's threads would keep the process alive. Every write to stdout was waited for.
  process.exit(code);
} else {
  serveTasks();
}
