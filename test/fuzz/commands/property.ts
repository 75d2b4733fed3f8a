import { join } from 'node:path';
import { modelFile } from '../../../src/models';
import { pack } from '../files/input';
import { readModel } from '../files/property';
import type { Packed } from '../files/samples';
import { checkLine, outcomeOf } from '../outcome';
import type { Property } from '../property';
import { type Ended, runHere, runProcess } from './run';
import { type CommandInput, commandInput } from './words';
import { World } from './world';

/** Larger models are not written. */
const MOST_BYTES = 2 ** 20;
/** Longer than any command takes, however busy the machine is. */
const PATIENCE_MS = 40_000;
/** What a command may say on stderr, such as notes and its progress. */
const MOST_TEXT = 20_000;

/**
 * Every command line ends with an exit code, and with one line where it did not do what it was asked for. It
 * leaves whole files or none, and what was there before as it was.
 * @param script the built command line, for processes and threads
 */
export function commandsProperty(script: string): Property<CommandInput> {
  const world = new World();
  return {
    name: 'commands',
    inputs: commandInput,
    close: () => world.remove(),
    async check({ words, mutated, asProcess }) {
      const packed = mutated === undefined ? undefined : pack(mutated);
      if (packed !== undefined && (await isLarge(packed))) return;
      let waited = false;
      // A thread that opens a FIFO can be stopped by nothing else.
      const timer = setTimeout(() => {
        waited = true;
        world.releaseFifo();
      }, PATIENCE_MS);
      try {
        world.reset(packed);
        const all = words.map((word) => world.word(word));
        // Node itself refuses a word with a byte 0 for a process.
        const ended = await (asProcess && !all.some((word) => word.includes('\0')) ? runProcess : runHere)(
          all,
          script,
        );
        if (waited) throw new Error(`no end within ${PATIENCE_MS} ms`);
        checkEnd(ended, all);
        world.check(ended.code !== 0, words[0] === 'sample' || words.includes('--force'));
      } finally {
        clearTimeout(timer);
      }
    },
  };
}

async function isLarge(packed: Packed): Promise<boolean> {
  const planned = await outcomeOf(() => modelFile(readModel(packed), { seed: 1 }));
  return 'value' in planned && planned.value.byteLength > MOST_BYTES;
}

function checkEnd({ code, stdout, stderr }: Ended, words: readonly string[]): void {
  const lines = stderr.split('\n').slice(0, -1);
  if (stderr !== '' && !stderr.endsWith('\n')) throw new Error(`stderr ends within a line: ${stderr}`);
  if (stderr.length > MOST_TEXT) throw new Error(`${stderr.length} characters on stderr`);
  if (/^\s+at .*[(:]/m.test(stderr)) throw new Error(`a stack trace: ${stderr}`);
  const faults = lines.filter((line) => line.startsWith('tensorseed: '));
  if (code === 0) {
    if (faults.length > 0) throw new Error(`exit code 0 with ${faults.join()}`);
    return;
  }
  if (code !== 1 && code !== 2) throw new Error(`exit code ${code}: ${stderr}`);
  if (faults.length !== 1 || faults[0] !== lines.at(-1))
    throw new Error(`not one line at the end: ${stderr}`);
  // A path is named as it was given, however long.
  checkLine(
    words.reduce((line, word) => (word.length > 100 ? line.replaceAll(word, '...') : line), faults[0]),
  );
  if (code === 2 && stdout !== '') throw new Error(`wrong arguments, but stdout has ${stdout}`);
}

/** Where `npm run build` puts the command line. */
export const builtScript = (root: string): string => join(root, 'dist', 'cli.js');
