import { integerIn, knownKeys, readArray, trueOrFalse } from '../../core/check';
import { ArgumentError, show } from '../../core/errors';

/**
 * How a summary is printed, and what it shows beside names, output shapes and parameters.
 *
 * @example
 * ```ts
 * import { layers, Sequential, type SummaryOptions } from 'tensorseed/models';
 *
 * const lines: string[] = [];
 * const options: SummaryOptions = { printFn: (line) => lines.push(line), lineLength: 60 };
 * new Sequential([layers.dense({ units: 4, inputShape: [3] })]).summary(options);
 * console.log(lines[0], lines[1].length); // Model: "sequential" 60
 * ```
 */
export interface SummaryOptions {
  /**
   * What prints: it is called with each line, which has no end of line. Default: `console.log`.
   */
  readonly printFn?: (line: string) => void;
  /**
   * The characters of a line of the table, at most 10,000. Default: as in Keras 88, 108 with a column of
   * connections, 12 more with `showTrainable`, and at most 4 less than the terminal has, or than 80 where there is
   * no terminal.
   */
  readonly lineLength?: number;
  /**
   * Where each column ends, as shares of the line that rise to 1. Default: Keras's, `[0.45, 0.8, 1]`, and
   * `[0.3, 0.56, 0.74, 1]` with a column of connections.
   */
  readonly positions?: readonly number[];
  /** Whether the layers of nested models have rows, too. Default false. */
  readonly expandNested?: boolean;
  /** Whether a column says which layers train. Default false. */
  readonly showTrainable?: boolean;
}

/** The arguments of a summary: options, or TensorFlow.js's three. */
export type SummaryArguments =
  | [options?: SummaryOptions]
  | [
      lineLength?: number | null,
      positions?: readonly number[] | null,
      printFn?: ((line: string) => void) | null,
    ];

const KEYS = ['printFn', 'lineLength', 'positions', 'expandNested', 'showTrainable'];
/** The longest line that is drawn. */
const MAX_LINE = 10_000;

/** @throws ArgumentError for an unknown option, or one that cannot be right */
export function readSummaryOptions(args: SummaryArguments): SummaryOptions {
  const options = knownKeys('options', optionsOf(args), KEYS);
  const { printFn, lineLength, positions, expandNested, showTrainable } = options;
  if (printFn !== undefined && typeof printFn !== 'function')
    throw new ArgumentError(`printFn must be a function, got ${show(printFn)}`);
  if (lineLength !== undefined) integerIn('lineLength', lineLength, 1, MAX_LINE);
  for (const [name, value] of Object.entries({ expandNested, showTrainable }))
    if (value !== undefined) trueOrFalse(name, value);
  if (positions === undefined) return options;
  return { ...options, positions: readPositions(positions) };
}

/** TensorFlow.js's arguments as options; null stands for a default there. */
function optionsOf(args: SummaryArguments): unknown {
  if (args.length < 2 && typeof args[0] !== 'number') return args[0] === undefined ? {} : args[0];
  const [lineLength, positions, printFn] = args;
  return {
    lineLength: lineLength ?? undefined,
    positions: positions ?? undefined,
    printFn: printFn ?? undefined,
  };
}

function readPositions(positions: unknown): readonly number[] {
  let before = 0;
  const read = readArray('positions', positions, 'a list of numbers that rise to 1', (value, name) => {
    if (typeof value !== 'number' || !(value > before && value <= 1))
      throw new ArgumentError(`${name} must be a number in (${before}, 1], got ${show(value)}`);
    return (before = value);
  });
  if (before !== 1)
    throw new ArgumentError(`positions must be a list of numbers that rise to 1, got ${show(positions)}`);
  return read;
}

/** The print function for each line of a summary, and all lines as one text. */
export function print(lines: readonly string[], { printFn = printLine }: SummaryOptions): string {
  for (const line of lines) printFn(line);
  return lines.join('\n');
}

function printLine(line: string): void {
  console.log(line);
}

/** The columns of the terminal, where there is one. */
export function terminalColumns(): number | undefined {
  const { process } = globalThis as { process?: { stdout?: { columns?: number } } };
  return process?.stdout?.columns;
}
