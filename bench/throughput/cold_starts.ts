import { fork } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { BackendChoice } from '../../src/index';
import type { ColdStart } from './cold_start';
import type { NodeHost } from './hosts/node';
import type { ColdStartResult, Phase } from './results';
import { spreadOf } from './spread';

const RUNS = { full: 7, quick: 3 };
const TIMEOUT_MS = 30_000;

/** Mesa keeps what it has compiled on the disk, and would find it there the second time. */
const NO_CACHE = { MESA_SHADER_CACHE_DISABLE: 'true' };

/** The backends whose cold starts are measured on a host: each that a program may ask for. */
export function coldBackends({ gpu }: NodeHost): readonly BackendChoice[] {
  return gpu ? ['gpu', 'auto'] : ['auto'];
}

/**
 * Cold starts in fresh processes, one after the other.
 * @param script the built bench/throughput/cold.ts
 * @param library the folder of the built library
 */
export async function coldStartsInNode(
  script: URL,
  library: string,
  host: NodeHost,
  backend: BackendChoice,
  quick: boolean,
): Promise<ColdStart[]> {
  const runs: ColdStart[] = [];
  for (let i = 0; i < (quick ? RUNS.quick : RUNS.full); i++)
    runs.push(await once(script, library, host, backend));
  return runs;
}

function once(script: URL, library: string, { env }: NodeHost, backend: BackendChoice): Promise<ColdStart> {
  return new Promise((resolve, reject) => {
    const child = fork(
      fileURLToPath(script),
      [pathToFileURL(join(library, 'node', 'index.js')).href, backend],
      {
        env: { ...process.env, ...NO_CACHE, ...env },
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

/** @param backend what the sampler was asked for */
export function summarize(
  host: string,
  runtime: string,
  backend: BackendChoice,
  runs: readonly ColdStart[],
): ColdStartResult {
  const spread = (of: (run: ColdStart) => number) => spreadOf(runs.map(of));
  const phase = (name: Phase) => spread((run) => run[name]);
  const cpu = runs.flatMap((run) => run.cpu ?? []);
  return {
    host,
    runtime,
    backend,
    description: runs[0].description,
    runs: runs.length,
    phases: {
      import: phase('import'),
      create: phase('create'),
      fill: phase('fill'),
      data: phase('data'),
      total: spread((run) => run.create + run.fill + run.data),
    },
    cpu: cpu.length === 0 ? null : spreadOf(cpu),
  };
}
