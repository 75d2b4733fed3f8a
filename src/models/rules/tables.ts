import { bert } from './bert';
import { gpt2 } from './gpt2';
import { keras } from './keras';
import { llama } from './llama';
import { resnet } from './resnet';
import type { Table } from './table';
import { torch } from './torch';
import { vit } from './vit';

/** The value of `rules` that stands for the table of the model's family. */
export const AUTO = 'auto';

/** The published tables. Where names alone fit several, the first counts. */
export const TABLES: readonly Table[] = [torch, gpt2, llama, bert, vit, resnet, keras];

/**
 * The names of the published tables of rules, which say what fills the tensors of a checkpoint.
 *
 * @example
 * ```ts
 * import { describeModel, RULE_TABLES } from 'tensorseed/models';
 *
 * console.log(RULE_TABLES.slice(0, 3).join(' ')); // torch gpt2 llama
 * const header = { 'fc.bias': { dtype: 'F32', shape: [4], data_offsets: [0, 16] } };
 * const rules = [{ pattern: '**.bias', initializer: 'zeros' }, 'torch'];
 * console.log(describeModel(header, { rules }).tensors[0].initializer); // zeros
 * ```
 */
export const RULE_TABLES: readonly string[] = TABLES.map(({ name }) => name);
