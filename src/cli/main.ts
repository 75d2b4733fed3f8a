#!/usr/bin/env node
import { isMainThread } from 'node:worker_threads';
import { serveChecks } from './init/reference_threads';
import { run } from './run';
import { quietStreams } from './streams';

// The bundle is its own thread script: `init --verify` starts threads that load this file again.
if (isMainThread) {
  quietStreams();
  const code = await run(process.argv.slice(2), import.meta.url);
  // Without this call, Dawn's threads would keep the process alive. Every write to stdout was waited for.
  process.exit(code);
} else {
  serveChecks();
}
