import { type CommandLine, parseArguments } from '../../src/cli/arguments';
import { parseSeed } from '../../src/cli/values';
import { computingOptions } from '../../src/cli/options';
import { ArgumentError, show } from '../../src/core/errors';
import type { BackendChoice } from '../../src/index';
import type { Subject } from './subject';
import { SUBJECTS } from './subjects';

export interface Options {
  readonly count: number;
  readonly seed: bigint;
  readonly backend: BackendChoice;
  readonly subjects: readonly Subject[];
  /** The folder of the report. */
  readonly out: string;
}

const LINE: CommandLine = {
  command: 'certify',
  positionals: [],
  values: ['count', 'seed', 'backend', 'only', 'out'],
  flags: [],
};

/** Fewer values and the laws of the statistics, which are limits, are no longer near. */
const SMALLEST = 1e5;
const LARGEST = 1e9;

export const HELP = `npm run certify -- [options]
Examines every distribution statistically, at a significance of 1e-6 for each check: moments by
their standard errors, Kolmogorov-Smirnov, Anderson-Darling, chi-square over 1,000 bins, tail
counts, serial correlations along rows and columns, bits and collisions of the raw words; and
shows that the same checks fail on deliberately broken generators. Exit code 1 where a check fails
on a generator of the library's, or none on a broken one.

  --count N          elements per distribution, 1e5 to 1e9 (default 1e8). On the CPU with two
                     cores 1e8 takes 5 to 15 minutes and 1 GB of memory, 1e6 about 15 seconds
  --seed N           a decimal integer in [0, 2^64) (default 1)
  --backend auto|cpu|gpu
                     auto, the default, takes a GPU where there is one; the values are the same
  --only NAME,...    only generators whose names contain one of these:
${lines(SUBJECTS.map(({ name }) => name))}
  --out FOLDER       where index.html, the report, and results.json go (default out/certify)

Raw words for other batteries come from the command line on stdout, such as
  tensorseed sample bits --shape 1099511627776 --seed 1 --out - | RNG_test stdin32
`;

/** @returns undefined where help is asked for */
export function parseOptions(words: readonly string[]): Options | undefined {
  const args = parseArguments(LINE, words);
  const { help, values } = args;
  if (help) return undefined;
  const only = values
    .get('only')
    ?.split(',')
    .filter((name) => name !== '');
  const subjects = SUBJECTS.filter(
    ({ name }) => only === undefined || only.some((part) => name.includes(part)),
  );
  if (subjects.length === 0)
    throw new ArgumentError(`--only names no generator, got ${show(values.get('only'))}; see --help`);
  return {
    count: parseCount(values.get('count') ?? '1e8'),
    seed: parseSeed(values.get('seed') ?? '1'),
    backend: computingOptions(args).backend,
    subjects,
    out: values.get('out') ?? 'out/certify',
  };
}

function parseCount(text: string): number {
  const count = /^\d+(\.\d+)?(e\d+)?$/i.test(text) ? Number(text) : NaN;
  if (!Number.isInteger(count) || count < SMALLEST || count > LARGEST) {
    throw new ArgumentError(
      `--count must be an integer from ${SMALLEST} to ${LARGEST}, such as 1e7, got ${show(text)}`,
    );
  }
  return count;
}

function lines(names: readonly string[]): string {
  const rows: string[] = [];
  for (let i = 0; i < names.length; i += 4)
    rows.push(`                     ${names.slice(i, i + 4).join(', ')}`);
  return rows.join(',\n');
}
