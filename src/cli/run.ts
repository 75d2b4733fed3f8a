import { existsSync } from 'node:fs';
import { version } from '../../package.json';
import { ArgumentError, show } from '../core/errors';
import { parseArguments } from './arguments';
import { devices, DEVICES } from './devices';
import { asConfigured, oneLine } from './faults';
import { helpText } from './help';
import { init, INIT } from './init/init';
import { inspect, INSPECT } from './inspect';
import { JOIN, join } from './join';
import { sample, SAMPLE } from './sample';
import { isClosedPipe, say, writeStdout } from './streams';
import { verify, VERIFY } from './verify/verify';

/** @returns the exit code */
type Command = (words: readonly string[], script: string) => Promise<number>;

const COMMANDS = new Map<string, readonly [typeof SAMPLE, Command]>([
  ['sample', [SAMPLE, sample]],
  ['init', [INIT, init]],
  ['join', [JOIN, join]],
  ['inspect', [INSPECT, inspect]],
  ['devices', [DEVICES, devices]],
  ['verify', [VERIFY, verify]],
]);

const NAMES = [...COMMANDS.keys(), 'bench'];

/**
 * Runs the command line. A wrong argument gives one line on stderr and the exit code 2, a fault
 * while running one line and 1. If the reader of stdout closes it early, that is no fault.
 * @param words the arguments, without node and the script
 * @param script the URL of the bundled command line, for threads
 * @returns the exit code
 */
export async function run(words: readonly string[], script: string): Promise<number> {
  try {
    return await dispatch(words, script);
  } catch (error) {
    if (isClosedPipe(error)) return 0;
    say(`tensorseed: ${asConfigured(oneLine(error))}`);
    return error instanceof ArgumentError ? 2 : 1;
  }
}

async function dispatch([name, ...rest]: readonly string[], script: string): Promise<number> {
  if (name === undefined)
    throw new ArgumentError(`a command is missing: ${NAMES.join(', ')}; see tensorseed --help`);
  if (name === '--help' || name === '-h') return print(helpText());
  if (name === '--version') return print(`${version}\n`);
  if (name === 'bench') return bench(rest, script); // has options and help of its own
  const found = COMMANDS.get(name);
  if (found === undefined)
    throw new ArgumentError(`there is no command ${show(name)}: ${NAMES.join(', ')}; see tensorseed --help`);
  const [line, command] = found;
  if (parseArguments(line, rest).help) return print(helpText(name));
  return command(rest, script);
}

/**
 * `tensorseed bench` runs the benchmark. It is not part of the command line, and is loaded when it
 * is asked for.
 * @throws Error where it is not there
 */
async function bench(words: readonly string[], script: string): Promise<number> {
  const url = new URL('./bench.js', script);
  if (!existsSync(url)) throw new Error('bench is not part of this installation; run it from a checkout');
  const { runBench } = (await import(/* @vite-ignore */ url.href)) as { runBench: Command };
  return runBench(words, script);
}

async function print(text: string): Promise<number> {
  await writeStdout(text);
  return 0;
}
