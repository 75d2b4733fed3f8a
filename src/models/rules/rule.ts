import { count, knownKeys, oneOf, trueOrFalse } from '../../core/check';
import { ArgumentError, reading, show, within } from '../../core/errors';
import { decodeUtf8, type Json, parseJson, toPlain } from '../../formats/json';
import { isInitializer } from '../../initializers/initializer';
import type { InitializerSpec } from '../../initializers/spec';
import { clip } from '../../text/clip';
import { allSteps, glob } from '../glob';
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
   * A glob that the whole name must match: `*` stands for any characters between two dots, and a segment
   * `**` for any number of segments. Or else a RegExp, which matches any name in which it finds something.
   */
  readonly pattern: string | RegExp;
  /** What fills the tensors, each from its own stream. Required unless `skip` is set. */
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
  /** The index of a row that is zeros, like the padding_idx of torch.nn.Embedding. */
  readonly padding?: number;
  /** Whether the tensors are left out of the model, as counters and masks are. Default false. */
  readonly skip?: boolean;
  /** Whether the tensors keep the bytes that they have in the checkpoint. Default false. */
  readonly copy?: boolean;
  /** Whether the rule may match no tensor. Default false: that is an error. */
  readonly optional?: boolean;
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

/** A rule of a published table. Its pattern may also be a function that says whether a name matches. */
export type TableRule = Omit<Rule, 'pattern'> & {
  readonly pattern: Rule['pattern'] | ((name: string) => boolean);
};

/** A rule that is checked, with its pattern compiled. */
export interface CheckedRule extends Rule {
  /** What messages call it. */
  readonly label: string;
  readonly matches: (name: string) => boolean;
}

const KEYS = ['pattern', 'initializer', 'layout', 'fanOf', 'rank', 'minRank', 'padding', 'skip', 'copy', 'optional'];
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
  const isGlob = typeof pattern === 'string';
  const search = isGlob ? undefined : reading(`"pattern" of ${what}`, () => regExpOf(pattern));
  if (!isGlob && search === undefined)
    throw new ArgumentError(`"pattern" of ${what} must be a glob or a RegExp, got ${show(pattern)}`);
  const label = `${what} (${search ? clip(String(search)) : show(pattern)})`;
  return within(label, () => {
    for (const key of ['skip', 'copy', 'optional'] as const) {
      const flag: unknown = rule[key];
      if (flag !== undefined) trueOrFalse(key, flag);
    }
    for (const key of ['rank', 'minRank', 'padding'] as const)
      if (rule[key] !== undefined) count(key, rule[key]);
    if (rule.layout !== undefined) oneOf('layout', rule.layout, ['torch']);
    const { fanOf } = rule as { fanOf: unknown };
    if (fanOf !== undefined && (typeof fanOf !== 'string' || fanOf === '' || fanOf.includes('.'))) {
      throw new ArgumentError(`fanOf must be the last segment of a name, without dots, got ${show(fanOf)}`);
    }
    checkFilling(rule);
    return { ...rule, pattern, label, matches: isGlob ? glob(pattern, steps) : (name) => search!.test(name) };
  });
}

function checkFilling({ initializer, skip, copy, layout, padding, fanOf }: Omit<Rule, 'pattern'>): void {
  if (skip || copy) {
    if (skip && copy) throw new ArgumentError('skip and copy exclude each other');
    const beside = Object.entries({ initializer, layout, padding }).find(([, value]) => value !== undefined);
    if (beside)
      throw new ArgumentError(`a rule that ${skip ? 'skips' : 'copies'} has no use for ${beside[0]}`);
    return;
  }
  if (initializer === undefined) throw new ArgumentError('a rule needs an initializer, or "skip": true');
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
