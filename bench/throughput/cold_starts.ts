import { fork } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { ColdStart } from './cold_start';
import type { NodeHost } from './hosts/node';
import type { ColdStartResult, Phase } from './results';
import { spreadOf } from './spread';

const RUNS = { full: 7, quick: 3 };
const TIMEOUT_MS = 30_000;

/**
 * Cold starts in fresh processes, one after the other.
 * @param script the built bench/throughput/cold.ts
 * @param library the folder of the built library
 */
export async function coldStartsInNode(
  script: URL,
  library: string,
  host: NodeHost,
  quick: boolean,
): Promise<ColdStart[]> {
  const runs: ColdStart[] = [];
  for (let i = 0; i < (quick ? RUNS.quick : RUNS.full); i++) runs.push(await once(script, library, host));
  return runs;
}

function once(script: URL, library: string, { env, gpu }: NodeHost): Promise<ColdStart> {
  return new Promise((resolve, reject) => {
    const child = fork(
      fileURLToPath(script),
      [pathToFileURL(join(library, 'index.js')).href, gpu ? 'gpu' : 'cpu'],
      {
        env: { ...process.env, ...env },
        stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
        timeout: TIMEOUT_MS,
        killSignal: 'SIGKILL',
      },
    );
    child.on('message', (result) => resolve(result as ColdStart));
    child.on('error', reject);
    child.on('exit', (code, signal) =>
      reject(new Error(`a cold start ended with ${signal ?? `code ${code}`}`)),
    );
  });
}

export function summarize(host: string, runtime: string, runs: readonly ColdStart[]): ColdStartResult {
  const spread = (of: (run: ColdStart) => number) => spreadOf(runs.map(of));
  const phase = (name: Phase) => spread((run) => run[name]);
  return {
    host,
    runtime,
    description: runs[0].description,
    runs: runs.length,
    phases: {
      import: phase('import'),
      device: phase('device'),
      pipelines: phase('pipelines'),
      first: phase('first'),
      total: spread((run) => run.import + run.device + run.pipelines + run.first),
    },
  };
}
