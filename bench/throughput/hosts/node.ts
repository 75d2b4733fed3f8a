import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { converse } from '../../processes/converse';
import type { HostReply, HostRequest } from '../child';
import type { Row, HostDescription } from '../row';
import { type HostProcess, within } from './host_process';

/** A device that does not come within so many milliseconds does not come. */
const OPEN_MS = 60_000;

/** Processes that run, for the moment when this one has to go. */
const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** A process of Node's: what is measured there, and the environment that names its Vulkan driver. */
export interface NodeHost {
  readonly name: string;
  readonly env: Readonly<Record<string, string>>;
  /** False for the CPU alone. */
  readonly gpu: boolean;
}

/**
 * Starts the process.
 * @param script the built bench/throughput/child.ts
 */
export async function openNodeHost({ name, env, gpu }: NodeHost, script: URL): Promise<HostProcess> {
  const start = async (): Promise<{ child: ChildProcess; setting: HostDescription }> => {
    // What the drivers say of themselves is not for the user.
    const child = fork(fileURLToPath(script), [], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      serialization: 'advanced',
    });
    running.add(child);
    child.once('exit', () => running.delete(child));
    const opened = await within(
      OPEN_MS,
      ask(child, { kind: 'open', gpu }, () => undefined),
    ).catch((error: unknown) => {
      child.kill('SIGKILL');
      throw error;
    });
    if (opened?.kind === 'opened') return { child, setting: { host: name, ...opened.setting } };
    child.kill('SIGKILL');
    throw new Error(`the device does not open in ${OPEN_MS / 1000} s`);
  };
  let { child, setting } = await start();
  return {
    setting,
    async run(of, paces, milliseconds, report) {
      if (child.exitCode !== null || child.signalCode !== null) ({ child } = await start());
      const done = await within(milliseconds, ask(child, { kind: 'case', case: of, paces }, report));
      if (done !== undefined) return true;
      await end(child);
      return false;
    },
    close: () => end(child),
  };
}

/** The last reply to a request; rows come before it. */
function ask(child: ChildProcess, request: HostRequest, report: (row: Row) => void): Promise<HostReply> {
  return converse(child, request, 'its process', (reply: HostReply) => {
    if (reply.kind === 'fault') throw new Error(reply.message);
    if (reply.kind !== 'row') return [reply];
    report(reply.row);
    return undefined;
  });
}

function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });
}
