import { spawn } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { run } from '../../../src/cli/run';

/** What a command has given. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command in this process, and takes what it writes. */
export async function runHere(words: readonly string[], script: string): Promise<Ended> {
  const out = capture(process.stdout);
  const err = capture(process.stderr);
  try {
    const code = await run(words, pathToFileURL(script).href);
    return { code, stdout: out.text(), stderr: err.text() };
  } finally {
    out.release();
    err.release();
  }
}

function capture(stream: NodeJS.WriteStream): { text(): string; release(): void } {
  const { write } = stream;
  const parts: Buffer[] = [];
  const taken = (data: string | Uint8Array, ...rest: unknown[]): boolean => {
    parts.push(Buffer.from(data as Uint8Array));
    const callback = rest.find((one) => typeof one === 'function') as (() => void) | undefined;
    if (callback !== undefined) queueMicrotask(callback);
    return true;
  };
  stream.write = taken as typeof stream.write;
  return {
    text: () => Buffer.concat(parts).toString(),
    release: () => void (stream.write = write),
  };
}

/** Runs a command as a process of its own. */
export async function runProcess(words: readonly string[], script: string): Promise<Ended> {
  const child = spawn(process.execPath, [script, ...words], { stdio: ['ignore', 'pipe', 'pipe'] });
  const parts: [Buffer[], Buffer[]] = [[], []];
  child.stdout.on('data', (data: Buffer) => parts[0].push(data));
  child.stderr.on('data', (data: Buffer) => parts[1].push(data));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  const [stdout, stderr] = parts.map((all) => Buffer.concat(all).toString());
  return { code, stdout, stderr };
}
