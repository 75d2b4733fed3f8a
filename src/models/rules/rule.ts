import { count, integerIn, knownKeys, oneOf, trueOrFalse } from '../../core/check';
import { ArgumentError, reading, show, within } from '../../core/errors';
import type { Shape } from '../../core/shape';
import { decodeUtf8, type Json, parseJson, toPlain } from '../../formats/json';
import { isInitializer } from '../../initializers/initializer';
import type { InitializerSpec } from '../../initializers/spec';
import { clip } from '../../text/clip';
import { allSteps, glob, type Steps } from '../glob';
import { refuseSeed } from '../refuse_seed';

/**
 * Says what fills those tensors of a checkpoint whose names match a pattern.
 *
 * @example
 * ```ts
 * import { describeModel, type Rule } from 'tensorseed/models';
 *
 * const weights: Rule = { pattern: '**.weight', minRank: 2, initializer: 'he_normal', layout: 'torch' };
 * const header = { 'fc.weight': { dtype: 'F32', shape: [4, 8], data_offsets: [0, 128] } };
 * console.log(describeModel(header, { rules: [weights] }).tensors[0].name); // fc.weight
 * ```
 */
export interface Rule {
  /**
   * A glob that the whole name must match: `*` stands for any characters between two dots, slashes among them, and a
   * segment `**` for any number of segments. Or else a RegExp, which matches any name in which it finds something.
   */
  readonly pattern: string | RegExp;
  /** What fills the tensors, each from its own stream. Required unless `skip` or `copy` is set. */
  readonly initializer?: InitializerSpec;
  /**
   * 'torch' for weights that are [outputs, inputs, ...window]. Without it an initializer takes the fans
   * from the last two axes, as Keras does. Only initializers that count fans have a layout, Dirac and Orthogonal.
   */
  readonly layout?: 'torch';
  /**
   * The last segment of the name of another tensor beside this one, such as 'weight' for the bias of a
   * torch.nn.Linear. The shape of that tensor then counts for the fans, `rank` and `minRank`. The rule
   * matches only where there is such a tensor.
   */
  readonly fanOf?: string;
  /** The rank that a tensor must have. */
  readonly rank?: number;
  /** The least rank that a tensor must have. */
  readonly minRank?: number;
  /**
   * The index of a row that is zeros, like the padding_idx of torch.nn.Embedding; or 'config' for the row that is
   * pad_token_id in the config.json, and none where it has no such.
   */
  readonly padding?: number | 'config';
  /**
   * How many times each block of the model adds to its residual stream. Values are then divided by the root of that
   * times the number of blocks, as those of weights that write into the stream: GPT-2's blocks add twice, so 2 stands
   * for 1 / sqrt(2 n_layer). The config.json says the number of blocks, or else the names do.
   */
  readonly residuals?: number;
  /** Whether the tensors are left out of the model, as counters and masks are. Default false. */
  readonly skip?: boolean;
  /** Whether the tensors keep the values of the source, byte for byte. Default false. */
  readonly copy?: boolean;
  /** Whether the rule may match no tensor. Default false: that is an error. */
  readonly optional?: boolean;
  /** A remark for readers, without effect. */
  readonly comment?: string;
}

/**
 * Rules, and names of published tables, each of which stands for all its rules. The first rule that
 * matches a tensor counts.
 *
 * @example
 * ```ts
 * import { describeModel, type RuleTable } from 'tensorseed/models';
 *
 * const rules: RuleTable = [{ pattern: '**.mask', skip: true }, 'torch'];
 * const header = { 'fc.mask': { dtype: 'U8', shape: [4], data_offsets: [0, 4] } };
 * console.log(describeModel(header, { rules }).notes[0]); // left out by the rules: fc.mask
 * ```
 */
export type RuleTable = readonly (Rule | string)[];

/** A rule of a published table. */
export type TableRule = Omit<Rule, 'pattern'> & {
  /** It may also be a function that says whether a name matches. */
  readonly pattern: Rule['pattern'] | ((name: string) => boolean);
  /** Gives the initializer, in place of `initializer`, where it follows from the shape that counts for the fans. */
  readonly byShape?: (shape: Shape) => InitializerSpec;
  /** Why tensors of these names are refused, and what to do: the end of a message. */
  readonly refuse?: string;
};

/** A rule that is checked, with its pattern compiled. */
export interface CheckedRule extends Omit<TableRule, 'pattern'> {
  /** What messages call it. */
  readonly label: string;
  readonly matches: (name: string) => boolean;
}

const FLAGS = ['skip', 'copy', 'optional'] as const;
const KEYS =
  'pattern initializer layout fanOf rank minRank padding residuals skip copy optional comment'.split(' ');
const MAX_RULES = 10_000;
/** The most bytes of JSON that rules may have. */
export const MAX_RULES_BYTES = 2 ** 20;

/**
 * Reads a table of rules: a JSON list of objects such as
 * `{"pattern": "**.weight", "minRank": 2, "initializer": "he_normal", "layout": "torch"}` and of
 * names of published tables. Patterns are globs.
 * @param file the file's name for messages
 * @throws ArgumentError, one line that names the rule, for anything else
 */
export function parseRules(file: string, bytes: Uint8Array): RuleTable {
  if (bytes.length > MAX_RULES_BYTES)
    throw new ArgumentError(`${file} has ${bytes.length} bytes, more than ${MAX_RULES_BYTES} for rules`);
  const list = parseJson(file, decodeUtf8(file, bytes).replace(/^\uFEFF/, ''));
  if (!Array.isArray(list))
    throw new ArgumentError(
      `${file} must hold a list of rules, got ${show(list instanceof Map ? toPlain(file, list) : list)}`,
    );
  return list.map((json: Json, i) => {
    const rule = toPlain(`rule ${i + 1} of ${file}`, json) as Rule | string;
    if (typeof rule !== 'string') checkRule(`rule ${i + 1} of ${file}`, rule);
    return rule;
  });
}

/**
 * The same table; its rules and names are not checked yet.
 * @throws ArgumentError where it is no list, or too long
 */
export function checkTable(table: unknown): RuleTable {
  return reading('rules', () => {
    if (!Array.isArray(table))
      throw new ArgumentError(`rules must be the name of a table or a list of rules, got ${show(table)}`);
    if (table.length > MAX_RULES)
      throw new ArgumentError(`rules must be at most ${MAX_RULES}, got ${table.length}`);
    return Array.from(table) as RuleTable;
  });
}

/**
 * A rule that is checked, with its pattern compiled.
 * @param what names the rule in messages
 * @param steps what matching its pattern may take
 * @throws ArgumentError naming the rule and its fault
 */
export function checkRule(what: string, given: unknown, steps = allSteps()): CheckedRule {
  const { pattern, ...rule } = knownKeys(what, given, KEYS) as unknown as Rule;
  const { label, matches } = matcher(what, pattern, steps);
  return within(label, () => {
    for (const key of FLAGS) {
      const flag: unknown = rule[key];
      if (flag !== undefined) trueOrFalse(key, flag);
    }
    for (const key of ['rank', 'minRank'] as const) if (rule[key] !== undefined) count(key, rule[key]);
    if (rule.padding !== undefined && rule.padding !== 'config') count('padding', rule.padding);
    if (rule.residuals !== undefined) integerIn('residuals', rule.residuals, 1, 1000);
    if (rule.comment !== undefined && typeof (rule.comment as unknown) !== 'string')
      throw new ArgumentError(`comment must be a string, got ${show(rule.comment)}`);
    if (rule.layout !== undefined) oneOf('layout', rule.layout, ['torch']);
    const { fanOf } = rule as { fanOf: unknown };
    if (fanOf !== undefined && (typeof fanOf !== 'string' || fanOf === '' || fanOf.includes('.'))) {
      throw new ArgumentError(`fanOf must be the last segment of a name, without dots, got ${show(fanOf)}`);
    }
    checkFilling(rule);
    return { ...rule, label, matches };
  });
}

/** A pattern compiled, and what messages call its rule. */
function matcher(
  what: string,
  pattern: unknown,
  steps: Steps,
): { readonly label: string; readonly matches: (name: string) => boolean } {
  if (typeof pattern === 'string') {
    const label = `${what} (${show(pattern)})`;
    return { label, matches: within(label, () => glob(pattern, steps)) };
  }
  const search = reading(`"pattern" of ${what}`, () => regExpOf(pattern));
  if (search === undefined)
    throw new ArgumentError(`"pattern" of ${what} must be a glob or a RegExp, got ${show(pattern)}`);
  return { label: `${what} (${clip(String(search))})`, matches: (name) => search.test(name) };
}

/** A rule of a published table, which may match no tensor. */
export function tableRule(what: string, { pattern, ...rule }: TableRule, steps: Steps): CheckedRule {
  const compiled =
    typeof pattern === 'function' ? { label: what, matches: pattern } : matcher(what, pattern, steps);
  return { ...rule, ...compiled, optional: true };
}

/** An index of rows, which counts from the end where it is negative; undefined where there is no such row. */
export function rowOf(index: number | undefined, rows: number): number | undefined {
  const row = index !== undefined && index < 0 ? index + rows : index;
  return row !== undefined && row >= 0 && row < rows ? row : undefined;
}

function checkFilling({
  initializer,
  skip,
  copy,
  layout,
  padding,
  residuals,
  fanOf,
}: Omit<Rule, 'pattern'>): void {
  if (skip || copy) {
    const beside = Object.entries({ initializer, layout, padding, residuals, ...(skip && { copy }) }).find(
      ([, value]) => value !== undefined && value !== false,
    );
    if (beside)
      throw new ArgumentError(`a rule that ${skip ? 'skips' : 'copies'} has no use for ${beside[0]}`);
    return;
  }
  if (initializer === undefined || initializer === null)
    throw new ArgumentError('a rule needs an initializer, or "skip": true or "copy": true');
  refuseSeed(initializer);
  if (layout !== undefined && isInitializer(initializer))
    throw new ArgumentError(
      'layout is for an identifier or a configuration; give an initializer its axes itself',
    );
  if (fanOf !== undefined && padding !== undefined)
    throw new ArgumentError('padding and fanOf exclude each other');
}

/** The same RegExp without the flags g and y, with which it would remember where it found something last. */
function regExpOf(pattern: unknown): RegExp | undefined {
  return pattern instanceof RegExp
    ? new RegExp(pattern.source, pattern.flags.replace(/[gy]/g, ''))
    : undefined;
}
