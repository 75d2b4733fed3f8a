import { grouped } from '../../text/numbers';
import { show } from '../../core/errors';
import { isInitializer } from '../../initializers';
import { anyInitializer } from '../../initializers/all';
import type { InitializerSpec } from '../../initializers/spec';
import { matchRules, type Ruled, type SettledRule } from './apply';
import { Checkpoint, type NamedTensor } from './checkpoint';
import type { ModelConfig } from './model_config';
import { byPattern } from './patterns';
import { recognized } from './recognize';
import type { Rule, RuleTable } from './rule';
import { AUTO } from './tables';

/**
 * A rule as JSON, to be edited.
 *
 * @example
 * ```ts
 * import { modelFile, rulesTemplate, type TemplateRule } from 'tensorseed/models';
 *
 * const { template } = rulesTemplate('gpt2.safetensors', modelFile('gpt2', { seed: 42 }).header);
 * const [first]: readonly TemplateRule[] = template;
 * console.log(first.pattern, first.initializer); // h.*.attn.c_attn.bias zeros
 * ```
 */
export interface TemplateRule extends Omit<Rule, 'initializer' | 'pattern'> {
  /** A glob for the names of the tensors. */
  readonly pattern: string;
  /** What fills them; null where nothing is known, which must be filled in. */
  readonly initializer?: InitializerSpec | null;
}

/**
 * A list of rules to be edited.
 *
 * @example
 * ```ts
 * import { modelFile, type RulesTemplate, rulesTemplate } from 'tensorseed/models';
 *
 * const { header } = modelFile('gpt2', { seed: 42 });
 * const { notes }: RulesTemplate = rulesTemplate('gpt2.safetensors', header);
 * console.log(notes[0]); // rules gpt2, since there are names such as "wpe.weight"
 * ```
 */
export interface RulesTemplate {
  /** The rules, one for each pattern of names. */
  readonly template: readonly TemplateRule[];
  /** What their user should know, a sentence each, such as which table they are from. */
  readonly notes: readonly string[];
}

/**
 * A list of rules to edit, one for each pattern of names, each with what `rules` say about it.
 * @param rules where it is undefined, the table of the model's family counts, if there is one
 * @throws ArgumentError as matchRules
 */
export function rulesTemplate(
  tensors: readonly NamedTensor[],
  rules: string | RuleTable | undefined,
  config: ModelConfig,
): RulesTemplate {
  const { ruled, notes } = matchRules(tensors, rules ?? guess(tensors, config), config);
  const byName = new Map(ruled.map((one) => [one.tensor.name, one]));
  const template: TemplateRule[] = [];
  for (const [pattern, group] of byPattern(tensors)) {
    const alike = new Map<string, { readonly said: object; readonly tensors: NamedTensor[] }>();
    for (const { name } of group) {
      const one = byName.get(name)!;
      const said = saidOf(one);
      const key = JSON.stringify(said);
      const entry = alike.get(key);
      if (entry === undefined) alike.set(key, { said, tensors: [one.tensor] });
      else entry.tensors.push(one.tensor);
    }
    for (const { said, tensors } of alike.values()) {
      const names = alike.size === 1 ? [pattern] : tensors.map(({ name }) => name);
      for (const one of names)
        template.push({
          pattern: one,
          comment: commentOn(one === pattern ? tensors : [tensors[0]]),
          ...said,
        });
    }
  }
  return { template, notes };
}

function guess(tensors: readonly NamedTensor[], config: ModelConfig): string | RuleTable {
  const found = recognized(new Checkpoint(tensors, config));
  const isKnown = config.type === undefined || found?.table.types.includes(config.type.value) === true;
  return found !== undefined && isKnown ? AUTO : [];
}

/** `12 tensors, such as [768,768] BF16` */
function commentOn(tensors: readonly NamedTensor[]): string {
  const [{ shape, dtype }] = tensors;
  const what = `${show(shape)}${dtype === undefined ? '' : ` ${dtype}`}`;
  return tensors.length === 1 ? what : `${grouped(tensors.length)} tensors, such as ${what}`;
}

function saidOf({ rule }: Ruled<NamedTensor>): object {
  if (rule === undefined) return { initializer: null };
  if (rule.skip) return { skip: true };
  if (rule.copy) return { copy: true };
  const { layout, fanOf, padding } = rule;
  return { initializer: jsonOf(rule), layout, fanOf, padding };
}

function jsonOf({ initializer: spec }: SettledRule): unknown {
  if (!isInitializer(spec) && typeof spec !== 'function') return spec;
  const { className, getConfig } = anyInitializer(spec!);
  const { seed: _, ...config } = getConfig();
  return { class_name: className, config };
}
