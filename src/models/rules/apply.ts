import { ArgumentError, show, within } from '../../core/errors';
import type { Shape } from '../../core/shape';
import type { Config } from '../../initializers/initializer';
import { anyInitializer } from '../../initializers/all';
import type { InitializerSpec } from '../../initializers/spec';
import type { Filling, Part } from '../../initializers';
import { allSteps, type Steps } from '../glob';
import { checkRule, checkTable, type CheckedRule, type RuleTable, type TableRule } from './rule';
import { tableOf } from './tables';

interface NamedTensor {
  readonly name: string;
  readonly shape: Shape;
}

/** Tensors divided by whether the rules fill, copy or skip them. */
export interface RuledTensors<T> {
  /** The tensors that are filled, in their order, each with what fills it. */
  readonly filled: readonly { readonly tensor: T; readonly filling: Filling }[];
  readonly copied: readonly T[];
  readonly skipped: readonly T[];
}

/**
 * Finds what fills each tensor. The first rule that matches a tensor counts.
 * @param rules the name of a published table, or a list of rules and of such names
 * @throws ArgumentError naming the tensor that no rule matches, or the rule that is not optional and for
 *   which the earlier rules leave no tensor
 */
export function applyRules<T extends NamedTensor>(
  tensors: readonly T[],
  rules: string | RuleTable,
): RuledTensors<T> {
  const checked = resolveRules(
    rules,
    tensors.map(({ name }) => name),
  );
  const shapes = new Map(tensors.map(({ name, shape }) => [name, shape]));
  const idle = new Set(checked);
  const filled: { tensor: T; filling: Filling }[] = [];
  const copied: T[] = [];
  const skipped: T[] = [];
  const unmatched: T[] = [];
  for (const tensor of tensors) {
    const found = firstMatch(checked, tensor, shapes);
    if (found === undefined) {
      unmatched.push(tensor);
      continue;
    }
    const { rule, shape } = found;
    idle.delete(rule);
    if (rule.skip || rule.copy) {
      (rule.skip ? skipped : copied).push(tensor);
      continue;
    }
    const what = `tensor ${show(tensor.name)}, ${rule.label}`;
    filled.push({ tensor, filling: within(what, () => fillingOf(rule, tensor.shape, shape)) });
  }
  if (unmatched.length > 0) {
    const [{ name, shape }, ...others] = unmatched;
    throw new ArgumentError(
      `no rule matches tensor ${show(name)} of shape ${show(shape)}` +
        (others.length > 0 ? `, nor ${others.length} more` : ''),
    );
  }
  for (const rule of idle) {
    if (!rule.optional)
      throw new ArgumentError(
        `${rule.label} matches no tensor that an earlier rule leaves; remove it or set "optional": true`,
      );
  }
  return { filled, copied, skipped };
}

/** The rules in one list, with those of a published table in place of its name. */
function resolveRules(rules: string | RuleTable, names: readonly string[]): CheckedRule[] {
  const table = typeof rules === 'string' ? [rules] : checkTable(rules);
  const steps = allSteps();
  return Array.from(table, (entry, i) => {
    if (typeof entry !== 'string') return [checkRule(`rule ${i + 1}`, entry, steps)];
    return tableOf(entry, names).map((rule, k) => tableRule(`rule ${k + 1} of ${entry}`, rule, steps));
  }).flat();
}

/** A rule of a published table, which may match no tensor. */
function tableRule(what: string, rule: TableRule, steps: Steps): CheckedRule {
  const { pattern, ...rest } = rule;
  if (typeof pattern !== 'function') return { ...checkRule(what, rule, steps), optional: true };
  const checked = checkRule(what, { ...rest, pattern: '**' }, steps);
  return { ...checked, label: what, matches: pattern, optional: true };
}

/** The first rule that matches a tensor, and the shape from which the initializer takes its fans. */
function firstMatch(
  rules: readonly CheckedRule[],
  { name, shape: own }: NamedTensor,
  shapes: ReadonlyMap<string, Shape>,
): { rule: CheckedRule; shape: Shape } | undefined {
  for (const rule of rules) {
    if (!rule.matches(name)) continue;
    const shape =
      rule.fanOf === undefined ? own : shapes.get(name.slice(0, name.lastIndexOf('.') + 1) + rule.fanOf);
    if (shape === undefined) continue;
    if (rule.rank !== undefined && shape.length !== rule.rank) continue;
    if (rule.minRank !== undefined && shape.length < rule.minRank) continue;
    return { rule, shape };
  }
  return undefined;
}

function fillingOf(rule: CheckedRule, own: Shape, shape: Shape): Filling {
  const given = rule.initializer!;
  const source = rule.layout === 'torch' ? inTorchLayout(given, shape) : given;
  if (rule.fanOf !== undefined) return drawingAsFor(shape, source);
  return rule.padding === undefined ? source : withZeroRow(source, rule.padding, own);
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

/** The initializer that draws for a tensor of any shape what `source` draws for a tensor of this shape. */
function drawingAsFor(shape: Shape, source: InitializerSpec): InitializerSpec {
  const draw = anyInitializer(source).resolve(shape);
  switch (draw.kind) {
    case 'constant':
      return source;
    case 'uniform':
      return { class_name: 'RandomUniform', config: { minval: draw.low, maxval: draw.high } };
    case 'normal':
      return { class_name: 'RandomNormal', config: { mean: draw.mean, stddev: draw.stddev } };
    case 'truncated_normal':
      return {
        class_name: 'TruncatedNormal',
        config: { mean: draw.mean, stddev: draw.stddev, lower: draw.lower, upper: draw.upper },
      };
    default:
      throw new ArgumentError(`fanOf is for distributions of single elements, got ${draw.kind}`);
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
