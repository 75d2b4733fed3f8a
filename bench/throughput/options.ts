import { type CommandLine, parseArguments } from '../../src/cli/arguments';
import { ArgumentError, show } from '../../src/core/errors';
import { allCases } from './cases';
import type { Case } from './case';

export interface Options {
  readonly quick: boolean;
  readonly cases: readonly Case[];
  readonly coldStart: boolean;
  readonly bundleSize: boolean;
  /** Only hosts whose names contain one of these; undefined for all that are here. */
  readonly hosts: readonly string[] | undefined;
  /** JSON to stdout, or into a file beside the report. */
  readonly json: { readonly file: string | undefined } | undefined;
  /** The folder of the report. */
  readonly out: string;
}

const LINE: CommandLine = {
  command: 'bench',
  positionals: [],
  values: ['only', 'size', 'host', 'out'],
  flags: ['json', 'quick'],
};

/** What is measured beside the cases, by the names that --only knows. */
const COLD_START = 'cold-start';
const BUNDLE_SIZE = 'bundle-size';

export const HELP = `npm run bench -- [options]
tensorseed bench [options]
Measures every draw beside the limits of memory and arithmetic and beside other libraries, on each
device that is here: in Node, and in Chromium where there is one (in a checkout of the project).
Every contender's values are verified before the clock runs, contenders take turns, and medians
with quartiles are reported. Exit code 1 where this library gives wrong values or breaks.

  --quick            a look at everything in under 2 minutes; without it up to 15
  --json [FILE]      prints the results as JSON, or writes them into FILE
  --only NAME,...    only cases whose names contain one of these, such as normal/float32; also
                     ${COLD_START} and ${BUNDLE_SIZE}
  --size SIZE,...    only cases of these sizes: ${sizesOf(false).join(', ')}; with --quick
                     ${sizesOf(true).join(', ')}
  --host NAME,...    only hosts whose names contain one of these: dawn, dawn-lavapipe,
                     dawn-swiftshader, cpu, chromium. VK_DRIVER_FILES names another Vulkan driver
  --isa              reads what kernels cost on real GPUs from their compilers instead: see
                     npm run bench -- --isa --help
  --gpu              the card of this machine in one command and at most 6 minutes, see --gpu --help
  --out FOLDER       where index.html, the report, and results.json go (default out/bench)
`;

/** @returns undefined where help is asked for */
export function parseOptions(words: readonly string[]): Options | undefined {
  const { rest, file } = takeFile(words);
  const { help, values, flags } = parseArguments(LINE, rest);
  if (help) return undefined;
  const quick = flags.has('quick');
  const only = list('only', values.get('only'));
  const sizes = list('size', values.get('size'));
  for (const size of sizes ?? []) {
    if (!sizesOf(quick).includes(size))
      throw new ArgumentError(`--size must be of ${sizesOf(quick).join(', ')}, got ${show(size)}`);
  }
  const named = (name: string): boolean => only === undefined || only.some((part) => name.includes(part));
  const cases = allCases(quick).filter(
    ({ name, size }) => named(name) && (sizes === undefined || sizes.includes(size)),
  );
  const [coldStart, bundleSize] = [COLD_START, BUNDLE_SIZE].map((name) => named(name) && sizes === undefined);
  if (cases.length === 0 && !coldStart && !bundleSize) {
    const known = [...allCases(quick).map(({ name }) => name), COLD_START, BUNDLE_SIZE].join(', ');
    throw new ArgumentError(
      `--only and --size leave no case, got ${show(words.join(' '))}; the cases: ${known}`,
    );
  }
  return {
    quick,
    cases,
    coldStart,
    bundleSize,
    hosts: list('host', values.get('host')),
    json: flags.has('json') ? { file } : undefined,
    out: values.get('out') ?? 'out/bench',
  };
}

/** The file of --json, whose value alone is optional: `--json FILE` or `--json=FILE`. */
export function takeFile(words: readonly string[]): { rest: string[]; file: string | undefined } {
  const at = words.findIndex((word) => word === '--json' || word.startsWith('--json='));
  if (at < 0) return { rest: [...words], file: undefined };
  const inline = words[at].startsWith('--json=') ? words[at].slice('--json='.length) : undefined;
  const next = words[at + 1];
  const follows = inline === undefined && next !== undefined && !next.startsWith('-');
  const file = follows ? next : inline;
  if (file === '') throw new ArgumentError('--json needs the name of a file after =, got ""');
  return { rest: [...words.slice(0, at), '--json', ...words.slice(follows ? at + 2 : at + 1)], file };
}

function list(name: string, text: string | undefined): string[] | undefined {
  if (text === undefined) return undefined;
  const parts = text.split(',').filter((part) => part !== '');
  if (parts.length === 0) throw new ArgumentError(`--${name} needs a name, got ${show(text)}`);
  return parts;
}

function sizesOf(quick: boolean): string[] {
  return [...new Set(allCases(quick).map(({ size }) => size))];
}
