import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { converse } from '../processes/converse';
import { within } from '../throughput/hosts/host_process';
import type { CardDescription } from './card';
import type { CardReply, CardRequest } from './child';

/** Processes that run, for the moment when this one has to go. */
const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** How many characters of what a driver says are kept, from the end. */
const MOST_SAID = 2000;

/** The process that holds the card. */
export class CardProcess {
  private said = '';

  private constructor(private readonly child: ChildProcess) {
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.said = (this.said + text).slice(-MOST_SAID);
    });
  }

  /**
   * Starts it, and opens the card.
   * @param script the built bench/gpu/child.ts
   * @param env added to this process's own, such as the driver's manifest
   * @throws where there is no card, or it does not come within so many milliseconds
   */
  static async open(
    script: URL,
    env: Readonly<Record<string, string>>,
    adapter: string | undefined,
    milliseconds: number,
  ): Promise<{ process: CardProcess; about: CardDescription }> {
    const child = fork(fileURLToPath(script), [], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      serialization: 'advanced',
    });
    running.add(child);
    child.once('exit', () => running.delete(child));
    const opened = new CardProcess(child);
    try {
      const reply = await opened.ask({ kind: 'open', adapter }, milliseconds);
      if (reply === undefined)
        throw new Error(`the card does not open in ${Math.round(milliseconds / 1000)} s`);
      if (reply.kind !== 'opened') throw new Error(`the card answers ${reply.kind} in place of opened`);
      return { process: opened, about: reply.about };
    } catch (error) {
      await opened.close();
      throw error;
    }
  }

  /**
   * @returns undefined where it does not answer within so many milliseconds; it is of no use then
   * @throws where it ends, or has a fault
   */
  ask(request: CardRequest, milliseconds: number): Promise<CardReply | undefined> {
    const asked = converse(this.child, request, 'the process of the card', (reply: CardReply) => {
      if (reply.kind === 'fault') throw new Error(reply.message);
      return [reply] as [CardReply];
    });
    asked.catch(() => undefined); // Nobody waits for it any more where it is late.
    return within(milliseconds, asked);
  }

  /** The end of what the driver and Dawn wrote. */
  get lastWords(): string {
    return this.said.trim();
  }

  close(): Promise<void> {
    const { child } = this;
    if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
    return new Promise((resolve) => {
      child.once('exit', () => resolve());
      child.kill('SIGKILL');
    });
  }
}
