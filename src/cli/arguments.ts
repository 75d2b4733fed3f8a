import { parseArgs } from 'node:util';
import { ArgumentError, show } from '../core/errors';
import { orKnown } from '../core/nearest';

/** What a command takes: words in order, options with a value, and flags, which have none. */
export interface CommandLine {
  readonly command: string;
  readonly positionals: readonly string[];
  readonly values: readonly string[];
  /** The options with a value that may be given several times. */
  readonly lists?: readonly string[];
  readonly flags: readonly string[];
}

export interface Arguments {
  readonly help: boolean;
  /** One word for each of the command's positionals, in order; none where help is asked for. */
  readonly positionals: readonly string[];
  readonly values: ReadonlyMap<string, string>;
  /** All values of each option that may be given several times, in order. */
  readonly lists: ReadonlyMap<string, readonly string[]>;
  readonly flags: ReadonlySet<string>;
}

/**
 * Reads the words after the command. An option may be given once, where it is not one of `lists`. Its value is the next word, or it
 * follows after `=`, as a value must that itself begins with `--`.
 * @throws ArgumentError, one line, on anything that the command does not take
 */
export function parseArguments(line: CommandLine, words: readonly string[]): Arguments {
  const withValue = [...line.values, ...(line.lists ?? [])];
  const options = Object.fromEntries([
    ...withValue.map((name) => [name, { type: 'string' }] as const),
    ...[...line.flags, 'help'].map((name) => [name, { type: 'boolean' }] as const),
  ]);
  // The messages of strict parsing are written for programmers, so the tokens are checked here instead.
  const { tokens } = parseArgs({ args: [...words], options, strict: false, tokens: true });
  const values = new Map<string, string>();
  const lists = new Map<string, readonly string[]>(line.lists?.map((name) => [name, []]));
  const flags = new Set<string>();
  const positionals: string[] = [];
  let help = false;
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value);
    if (token.kind !== 'option') continue;
    const { name, rawName } = token;
    if (rawName === '-h' || rawName === '--help') help = true;
    else if (values.has(name) || flags.has(name)) throw new ArgumentError(`${rawName} is given twice`);
    else if (rawName.startsWith('--') && lists.has(name))
      lists.set(name, [...lists.get(name)!, valueOf(token)]);
    else if (rawName.startsWith('--') && line.values.includes(name)) values.set(name, valueOf(token));
    else if (rawName.startsWith('--') && line.flags.includes(name)) {
      if (token.value !== undefined)
        throw new ArgumentError(`${rawName} takes no value, got ${show(token.value)}`);
      flags.add(name);
    } else {
      const known = [...withValue, ...line.flags, 'help'].map((one) => `--${one}`);
      throw new ArgumentError(
        `${line.command} has no option ${rawName}${orKnown(rawName, known, 'its options')}`,
      );
    }
  }
  if (help) return { help, positionals: [], values, lists, flags };
  if (positionals.length < line.positionals.length) {
    throw new ArgumentError(
      `${line.command} needs ${line.positionals[positionals.length]}; see tensorseed ${line.command} --help`,
    );
  }
  if (positionals.length > line.positionals.length) {
    throw new ArgumentError(
      `${line.command} does not take the word ${show(positionals[line.positionals.length])}`,
    );
  }
  return { help, positionals, values, lists, flags };
}

function valueOf(token: { rawName: string; value?: string; inlineValue?: boolean }): string {
  const { rawName, value, inlineValue } = token;
  if (value === undefined) throw new ArgumentError(`${rawName} needs a value`);
  if (!inlineValue && value.startsWith('--')) {
    throw new ArgumentError(
      `${rawName} needs a value, got ${value} (if that is the value, write ${rawName}=${value})`,
    );
  }
  return value;
}

/**
 * Returns the value of an option that must be given.
 * @param example what would be right
 */
export function required(args: Arguments, name: string, example: string): string {
  const value = args.values.get(name);
  if (value === undefined)
    throw new ArgumentError(`--${name} is missing: give for example --${name} ${example}`);
  return value;
}
