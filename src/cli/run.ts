import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { version } from '../../package.json';
import { ArgumentError, show } from '../core/errors';
import { orKnown } from '../core/nearest';
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
    throw new ArgumentError(
      `there is no command ${show(name)}${orKnown(name, NAMES, 'commands')}; see tensorseed --help`,
    );
  const [line, command] = found;
  if (parseArguments(line, rest).help) return print(helpText(name));
  return command(rest, script);
}

/**
 * `tensorseed bench` runs the benchmark, which is no part of the command line, as `npm run bench` does.
 * @throws Error where it is not there
 */
async function bench(words: readonly string[], script: string): Promise<number> {
  const checkout = new URL('..', script);
  if (!existsSync(new URL('bench/throughput/', checkout)))
    throw new Error('bench is not part of this installation; run it from a checkout');
  const npm = ['run', '--silent', 'bench', '--', ...words];
  const child = spawn('npm', npm, {
    cwd: fileURLToPath(checkout),
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return code === null ? 1 : code;
}

async function print(text: string): Promise<number> {
  await writeStdout(text);
  return 0;
}
