import { type CommandLine, parseArguments } from '../../src/cli/arguments';
import { parseInteger } from '../../src/cli/values';
import { oneOf } from '../../src/core/check';
import { ArgumentError, show } from '../../src/core/errors';

export const PARTS = ['library', 'files', 'commands'] as const;
export type Part = (typeof PARTS)[number];

export interface Options {
  readonly seed: number;
  readonly minutes: number;
  readonly parts: readonly Part[];
  /** Where in the inputs of the seed to begin. */
  readonly path: string | undefined;
}

const LINE: CommandLine = {
  command: 'fuzz',
  positionals: [],
  values: ['seed', 'minutes', 'only', 'path'],
  flags: [],
};

export const HELP = `npm run fuzz -- [options]
Tries random inputs on the library, on the readers of files and on the command line. Each must give
the right bytes, or one line that says what is wrong, within seconds. An input that does not is made
as small as it can be and printed, and the exit code is 1.

  --seed N           of the inputs, a decimal integer in [0, 2^31) (default: from the clock)
  --minutes M        how long to try (default 1)
  --only PART        library, files or commands (default: a third of the time each)
  --path PATH        goes on where a failure of the same seed was found; needs --only
`;

const MOST_MINUTES = 10_000;

/**
 * Reads the words of the command line.
 * @param now the time, which gives the default seed
 * @returns undefined where help is asked for
 */
export function parseOptions(words: readonly string[], now: number): Options | undefined {
  const { help, values } = parseArguments(LINE, words);
  if (help) return undefined;
  const seed = values.get('seed');
  const only = values.get('only');
  const path = values.get('path');
  if (path !== undefined && only === undefined) throw new ArgumentError('--path needs --only');
  if (path !== undefined && !/^\d+(:\d+)*$/.test(path))
    throw new ArgumentError(`--path must be numbers with colons between them, got ${show(path)}`);
  return {
    seed: seed === undefined ? now % 2 ** 31 : seedOf(seed),
    minutes: minutesOf(values.get('minutes') ?? '1'),
    parts: only === undefined ? PARTS : [oneOf('--only', only, PARTS)],
    path,
  };
}

function seedOf(text: string): number {
  const seed = parseInteger('--seed', text);
  if (seed >= 2 ** 31) throw new ArgumentError(`--seed must be less than 2^31, got ${seed}`);
  return seed;
}

function minutesOf(text: string): number {
  const minutes = /^\d+(\.\d+)?$/.test(text) ? Number(text) : NaN;
  if (!(minutes > 0 && minutes <= MOST_MINUTES))
    throw new ArgumentError(`--minutes must be a decimal number in (0, ${MOST_MINUTES}], got ${show(text)}`);
  return minutes;
}
