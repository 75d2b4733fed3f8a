import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { CLI, QUIET_ENV } from '../tensorseed';

/** How a process ended. */
export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A model whose file takes long enough to be caught while it is written. */
export const LONG = JSON.stringify({
  tensors: [{ name: 'a', shape: [30_000_000], initializer: 'truncated_normal' }],
});

export const isTemporary = (file: string): boolean => /^\.tensorseed-.*\.tmp$/.test(file);

/** Starts the command line. */
export function start(
  folder: string,
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): { readonly child: ChildProcess; readonly ending: Promise<Ending> } {
  const child = spawn(process.execPath, [CLI, ...words], {
    cwd: folder,
    env: { ...QUIET_ENV, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout!.on('data', (data: Buffer) => (stdout += data.toString()));
  child.stderr!.on('data', (data: Buffer) => (stderr += data.toString()));
  const ending = new Promise<Ending>((resolve) =>
    child.once('close', (code, signal) => resolve({ code, signal, stdout, stderr })),
  );
  return { child, ending };
}

function isBegun(path: string): boolean {
  return isTemporary(basename(path)) && (statSync(path, { throwIfNoEntry: false })?.size ?? 0) > 0;
}

interface Place {
  /** The folder of the output, below that of the run. */
  readonly below?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/**
 * Starts a run, holds it where it has begun to write its file, does something, and lets it go on.
 * @param action gets the name of the temporary file
 */
export async function whileUnderWay(
  folder: string,
  words: readonly string[],
  action: (temporary: string) => unknown,
  { below = '', environment = {} }: Place = {},
): Promise<Ending> {
  const watched = join(folder, below);
  const before = new Set(readdirSync(watched));
  const { child, ending } = start(folder, words, environment);
  let temporary: string | undefined;
  while (temporary === undefined) {
    if (child.exitCode !== null) throw new Error(`it ended too early: ${(await ending).stderr}`);
    await new Promise((resolve) => setTimeout(resolve, 1));
    temporary = readdirSync(watched).find((file) => !before.has(file) && isBegun(join(watched, file)));
  }
  child.kill('SIGSTOP');
  try {
    await action(temporary);
  } finally {
    child.kill('SIGCONT');
  }
  return ending;
}

/** What a run said on stderr, but for the backend that it took and how far it was. */
export function said({ stderr }: { readonly stderr: string }): string[] {
  return stderr
    .trimEnd()
    .split('\n')
    .filter((line) => !/^(backend: |\w+ +\d+ % )/.test(line));
}
