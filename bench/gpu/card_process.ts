import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { oneLine } from '../../src/cli/faults';
import { clip } from '../../src/text/clip';
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
const MOST_SAID = 8000;
/** And how many of them a message has. */
const MOST_SHOWN = 500;
/** What is said of every adapter, and where in the sources something was said. */
const USUAL = /artificially reduced|^\s*at |remove_all_non_valid_override_layers/;

/** The loader says why it takes no driver. */
const LOADER = { VK_LOADER_DEBUG: process.env.VK_LOADER_DEBUG ?? 'error' };

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
      env: { ...process.env, ...LOADER, ...env },
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
      throw new Error(`${oneLine(error)}${opened.lastWords}`, { cause: error });
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

  /** What the driver and Dawn wrote last, as the end of a message; empty where they wrote nothing. */
  get lastWords(): string {
    return saidText(this.said);
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

/**
 * What programs wrote to stderr, as the end of a message: each line once, though Dawn repeats the loader's.
 * @returns an empty text where there is nothing to say
 */
export function saidText(said: string): string {
  const lines = said
    .split('\n')
    .filter((line) => !USUAL.test(line))
    .map((line) => line.replace(/^\s*(Warning|Error|ERROR|WARNING):\s*/, '').trim())
    .filter((line) => line !== '');
  if (lines.length === 0) return '';
  return `; its process said: ${clip(oneLine([...new Set(lines)].join(' | ')), MOST_SHOWN)}`;
}
