import { ArgumentError, show, within } from '../../core/errors';
import type { Shape } from '../../core/shape';
import type { Config } from '../../initializers/initializer';
import { anyInitializer } from '../../initializers/all';
import type { InitializerSpec } from '../../initializers/spec';
import type { Filling, Part } from '../../initializers';
import { grouped } from '../../text/numbers';
import { allSteps } from '../glob';
import { Checkpoint, type NamedTensor } from './checkpoint';
import { foreignRules } from './foreign';
import { ModelConfig } from './model_config';
import { patternsText } from './patterns';
import { recognized, tableOf } from './recognize';
import { type CheckedRule, checkRule, checkTable, type Rule, rowOf, type RuleTable, tableRule } from './rule';

/** Tensors divided by what the rules say of them. */
export interface RuledTensors<T> {
  /** The tensors that are filled, in their order, each with what fills it. */
  readonly filled: readonly { readonly tensor: T; readonly filling: Filling }[];
  /** The tensors that keep the values of the source. */
  readonly copied: readonly T[];
  readonly skipped: readonly T[];
  /** Which table was taken and why, and what it could not know. */
  readonly notes: readonly string[];
}

/** A tensor with the rule that it has. */
export interface Ruled<T> {
  readonly tensor: T;
  /** Undefined where no rule matches. */
  readonly rule: SettledRule | undefined;
}

/** What a rule says about one tensor, without what depends on the model or the tensor. */
export interface SettledRule extends Pick<Rule, 'initializer' | 'layout' | 'fanOf' | 'skip' | 'copy'> {
  readonly label: string;
  readonly padding: number | undefined;
  /** The shape from which the initializer takes its fans. */
  readonly shape: Shape;
}

/**
 * Finds what fills each tensor. The first rule that matches a tensor counts.
 * @param rules the name of a published table, 'auto', or a list of rules and of such names
 * @param config the config.json of the model
 * @throws ArgumentError naming the tensors that no rule matches, the rule that is not optional and for
 *   which the earlier rules leave no tensor, or the table that is for other models
 */
export function applyRules<T extends NamedTensor>(
  tensors: readonly T[],
  rules: string | RuleTable,
  config = new ModelConfig(undefined),
): RuledTensors<T> {
  const { ruled, notes, hint } = matchRules(tensors, rules, config);
  const unmatched = ruled.filter(({ rule }) => rule === undefined).map(({ tensor }) => tensor);
  if (unmatched.length > 0) throw new ArgumentError(unmatchedText(unmatched, hint()));
  const filled: { tensor: T; filling: Filling }[] = [];
  for (const { tensor, rule } of ruled as readonly { tensor: T; rule: SettledRule }[]) {
    if (rule.skip || rule.copy) continue;
    const what = `tensor ${show(tensor.name)}, ${rule.label}`;
    filled.push({ tensor, filling: within(what, () => fillingOf(rule, tensor.shape)) });
  }
  const those = (key: 'skip' | 'copy'): T[] =>
    ruled.filter(({ rule }) => rule![key]).map(({ tensor }) => tensor);
  return { filled, copied: those('copy'), skipped: those('skip'), notes };
}

function unmatchedText(tensors: readonly NamedTensor[], hint: string): string {
  const [{ name, shape }] = tensors;
  const what =
    tensors.length === 1
      ? `tensor ${show(name)} of shape ${show(shape)}`
      : `${grouped(tensors.length)} tensors: ${patternsText(tensors)}`;
  return `no rule matches ${what}${hint}`;
}

/**
 * Finds the rule of each tensor.
 * @returns also the notes of the tables, and what to say where a tensor has no rule
 * @throws ArgumentError as applyRules, but for tensors without a rule
 */
export function matchRules<T extends NamedTensor>(
  tensors: readonly T[],
  rules: string | RuleTable,
  config: ModelConfig,
): { readonly ruled: readonly Ruled<T>[]; readonly notes: readonly string[]; readonly hint: () => string } {
  const checkpoint = new Checkpoint(tensors, config);
  const { checked, notes, hint } = resolveRules(rules, checkpoint);
  const idle = new Set(checked);
  const ruled = tensors.map((tensor): Ruled<T> => {
    const found = firstMatch(checked, tensor, checkpoint.shapes);
    if (found === undefined) return { tensor, rule: undefined };
    const { rule, shape } = found;
    idle.delete(rule);
    if (rule.refuse !== undefined) throw new ArgumentError(`tensor ${show(tensor.name)} ${rule.refuse}`);
    const what = `tensor ${show(tensor.name)}, ${rule.label}`;
    return { tensor, rule: within(what, () => settle(rule, tensor.shape, shape, checkpoint)) };
  });
  for (const rule of idle) {
    if (!rule.optional && ruled.every(({ rule }) => rule !== undefined))
      throw new ArgumentError(
        `${rule.label} matches no tensor that an earlier rule leaves; remove it or set "optional": true`,
      );
  }
  const { assumed } = config;
  if (assumed.length > 0)
    notes.push(`without a config.json, these are the defaults of the framework: ${assumed.join(', ')}`);
  return { ruled, notes, hint };
}

/** The rules in one list, with those of a published table in place of its name. */
function resolveRules(
  rules: string | RuleTable,
  checkpoint: Checkpoint,
): { readonly checked: readonly CheckedRule[]; readonly notes: string[]; readonly hint: () => string } {
  const list = typeof rules === 'string' ? [rules] : checkTable(rules);
  const steps = allSteps();
  const notes: string[] = [];
  const named = new Set<string>();
  const checked = Array.from(list, (entry, i) => {
    if (typeof entry !== 'string') return [checkRule(`rule ${i + 1}`, entry, steps)];
    const table = tableOf(entry, checkpoint, notes);
    named.add(table.name);
    notes.push(...(table.notes?.(checkpoint) ?? []));
    const foreign = foreignRules(checkpoint, table.fillsAdapters === true, notes);
    return [...foreign, ...table.rules(checkpoint)].map((rule, k) =>
      tableRule(`rule ${k + 1} of ${table.name}`, rule, steps),
    );
  }).flat();
  const hint = (): string => {
    const other = recognized(checkpoint)?.table.name;
    return other === undefined || named.has(other)
      ? ''
      : `; the model looks like ${other}: give the rules ${other}`;
  };
  return { checked, notes, hint };
}

/** The first rule that matches a tensor, and the shape from which the initializer takes its fans. */
function firstMatch(
  rules: readonly CheckedRule[],
  { name, shape: own }: NamedTensor,
  shapes: ReadonlyMap<string, Shape>,
): { rule: CheckedRule; shape: Shape } | undefined {
  for (const rule of rules) {
    if (!rule.matches(name)) continue;
    const beside = Math.max(name.lastIndexOf('.'), name.lastIndexOf('/')) + 1;
    const shape = rule.fanOf === undefined ? own : shapes.get(name.slice(0, beside) + rule.fanOf);
    if (shape === undefined) continue;
    if (rule.rank !== undefined && shape.length !== rule.rank) continue;
    if (rule.minRank !== undefined && shape.length < rule.minRank) continue;
    return { rule, shape };
  }
  return undefined;
}

function settle(rule: CheckedRule, own: Shape, shape: Shape, checkpoint: Checkpoint): SettledRule {
  const { byShape, residuals, padding, ...rest } = rule;
  const initializer = byShape === undefined ? rest.initializer : byShape(shape);
  const settled = { ...rest, shape, initializer, padding: paddingRow(padding, own, checkpoint) };
  if (residuals === undefined || initializer === undefined) return settled;
  const source = rest.layout === 'torch' ? inTorchLayout(initializer, shape) : initializer;
  const factor = 1 / Math.sqrt(residuals * checkpoint.depth());
  return {
    ...settled,
    initializer: drawingAsFor(shape, source, factor),
    layout: undefined,
    fanOf: undefined,
  };
}

/** The row of a tensor that is zeros. */
function paddingRow(padding: Rule['padding'], [rows = 0]: Shape, { config }: Checkpoint): number | undefined {
  if (padding !== 'config') return padding;
  if (!config.exists) throw new ArgumentError('padding "config" needs the config.json of the model');
  return rowOf(config.row('pad_token_id'), rows);
}

function fillingOf(rule: SettledRule, own: Shape): Filling {
  const { initializer, layout, shape, fanOf, padding } = rule;
  const source = layout === 'torch' ? inTorchLayout(initializer!, shape) : initializer!;
  if (fanOf !== undefined) return drawingAsFor(shape, source);
  return padding === undefined ? source : withZeroRow(source, padding, own);
}

/**
 * The initializer for a weight [outputs, inputs, ...window], as torch.nn.init counts its fans.
 * @see pytorch, torch/nn/init.py, _calculate_fan_in_and_fan_out
 */
function inTorchLayout(source: InitializerSpec, shape: Shape): InitializerSpec {
  const initializer = anyInitializer(source);
  const { seed, ...config } = initializer.getConfig();
  if (shape.length < 2)
    throw new ArgumentError(`layout torch needs a tensor of rank 2 or more, got shape ${show(shape)}`);
  const torch = (changes: Config): InitializerSpec => ({
    class_name: initializer.className,
    config: { ...config, ...changes },
  });
  if (['Dirac', 'Orthogonal'].includes(initializer.className)) return torch({ layout: 'torch' });
  if (!('input_axes' in config))
    throw new ArgumentError(
      `layout is for initializers that count fans, which ${initializer.className} does not`,
    );
  if (config.input_axes !== null || config.output_axes !== null) {
    throw new ArgumentError('layout and the axes in the configuration exclude each other');
  }
  const window = shape.map((_, axis) => axis).slice(2);
  return torch({ input_axes: [1, ...window], output_axes: [0, ...window] });
}

/** The initializer that draws for a tensor of any shape `factor` times what `source` draws for one of this shape. */
function drawingAsFor(shape: Shape, source: InitializerSpec, factor = 1): InitializerSpec {
  const draw = anyInitializer(source).resolve(shape);
  switch (draw.kind) {
    case 'constant':
      if (factor === 1) return source;
      return { class_name: 'Constant', config: { value: draw.value * factor } };
    case 'uniform':
      return {
        class_name: 'RandomUniform',
        config: { minval: draw.low * factor, maxval: draw.high * factor },
      };
    case 'normal':
      return {
        class_name: 'RandomNormal',
        config: { mean: draw.mean * factor, stddev: draw.stddev * factor },
      };
    case 'truncated_normal': {
      const { mean, stddev, lower, upper } = draw;
      return {
        class_name: 'TruncatedNormal',
        config: { mean: mean * factor, stddev: stddev * factor, lower, upper },
      };
    }
    default:
      throw new ArgumentError(
        `${factor === 1 ? 'fanOf' : 'residuals'} is for distributions of single elements, got ${draw.kind}`,
      );
  }
}

/** The initializer for all rows of the first axis but the row `index`, which is zeros. */
function withZeroRow(initializer: InitializerSpec, index: number, shape: Shape): Filling {
  const [rows, ...row] = shape;
  if (shape.length === 0 || index >= rows)
    throw new ArgumentError(`padding must be a row of shape ${show(shape)}, got ${index}`);
  const parts: Part[] = [
    { shape: [index, ...row], initializer },
    { shape: [1, ...row], initializer: 'zeros' },
    { shape: [rows - index - 1, ...row], initializer },
  ];
  return parts.filter((part) => part.shape[0] > 0);
}
