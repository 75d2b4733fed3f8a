import { Worker } from 'node:worker_threads';

/** After so long without an end the process is killed: a loop that never yields cannot be stopped otherwise. */
const PATIENCE_MS = 100_000;
const TEXT_BYTES = 65_536;

/** Prints the input that hangs, which the process itself cannot do any more. */
const THREAD = `
  const { workerData } = require('node:worker_threads');
  const { writeSync } = require('node:fs');
  const { state, text, name, patience } = workerData;
  let since = 0;
  let last = 0;
  setInterval(() => {
    const turn = Atomics.load(state, 0);
    if (turn !== last) { last = turn; since = Date.now(); }
    if (turn % 2 === 0 || Date.now() - since < patience) return;
    const input = Buffer.from(text.slice(0, Atomics.load(state, 1))).toString();
    writeSync(2, 'fuzz: ' + name + ' hangs for ' + patience + ' ms on ' + input + '\\n');
    process.kill(process.pid, 'SIGKILL');
  }, 500);
`;

/** Kills the process where an input keeps it busy for ever. */
export interface Watchdog {
  begin(input: string): void;
  end(): void;
  close(): Promise<unknown>;
}

export function openWatchdog(name: string): Watchdog {
  // An odd first number means that an input is being tried; the second is the length of its text.
  const state = new Int32Array(new SharedArrayBuffer(8));
  const text = new Uint8Array(new SharedArrayBuffer(TEXT_BYTES));
  const worker = new Worker(THREAD, {
    eval: true,
    workerData: { state, text, name, patience: PATIENCE_MS },
  });
  worker.unref();
  return {
    begin(input) {
      const bytes = new TextEncoder().encode(input.slice(0, TEXT_BYTES / 4));
      text.set(bytes);
      Atomics.store(state, 1, bytes.length);
      Atomics.add(state, 0, 1);
    },
    end: () => void Atomics.add(state, 0, 1),
    close: () => worker.terminate(),
  };
}
