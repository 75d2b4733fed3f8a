import { ArgumentError, show } from '../../core/errors';
import { orKnown } from '../../core/nearest';
import { bert } from './bert';
import { gpt2 } from './gpt2';
import { llama } from './llama';
import { resnet } from './resnet';
import type { TableRule } from './rule';
import { torch } from './torch';
import { vit } from './vit';

/** The published tables. Some depend on the names of all tensors of the model. */
const TABLES: ReadonlyMap<string, (names: readonly string[]) => readonly TableRule[]> = new Map([
  ['torch', torch],
  ['gpt2', gpt2],
  ['llama', llama],
  ['bert', bert],
  ['vit', vit],
  ['resnet', resnet],
]);

/**
 * The names of the published tables of rules, which say what fills the tensors of a checkpoint.
 *
 * @example
 * ```ts
 * import { describeModel, RULE_TABLES } from 'tensorseed/models';
 *
 * console.log(RULE_TABLES.join(' ')); // torch gpt2 llama bert vit resnet
 * const header = { 'fc.bias': { dtype: 'F32', shape: [4], data_offsets: [0, 16] } };
 * const rules = [{ pattern: '**.bias', initializer: 'zeros' }, 'torch'];
 * console.log(describeModel(header, { rules }).tensors[0].initializer); // zeros
 * ```
 */
export const RULE_TABLES: readonly string[] = [...TABLES.keys()];

/**
 * The rules of a published table.
 * @param names the names of all tensors of the model
 * @throws ArgumentError where there is no table of that name
 */
export function tableOf(name: string, names: readonly string[]): readonly TableRule[] {
  const table = TABLES.get(name);
  if (table === undefined)
    throw new ArgumentError(`unknown rules ${show(name)}${orKnown(name, RULE_TABLES, 'known')}`);
  return table(names);
}
