import { type Dtype } from '../../index';
import {
  describeModel,
  type LoadedModel,
  type ModelFile,
  modelFile,
  type ModelFileOptions,
  type ModelFileTensor,
  PRESETS,
  RULE_TABLES,
} from '../../models';
import { messageOf } from '../dom';
import type { OpenedModel } from './files';

/** The model that the panel shows: its file, and its tensors in the order of the model. */
export interface ShownModel {
  readonly file: ModelFile;
  readonly tensors: readonly ModelFileTensor[];
}

export function isPreset(name: string): boolean {
  return PRESETS.includes(name);
}

/** The source that a preset is. */
export function presetSource(name: string): OpenedModel {
  return { label: name, needsRules: false, describe: ({ dtype }) => describeModel(name, { dtype }) };
}

/**
 * The first table that has a rule for every tensor. torch comes last, because its rules are the most general.
 * @throws Error where there is no such table
 */
export function fittingRules(source: OpenedModel): string {
  const tables = [...RULE_TABLES].sort((a, b) => Number(a === 'torch') - Number(b === 'torch'));
  let fault: unknown;
  for (const rules of tables) {
    try {
      source.describe({ rules, dtype: 'float32' });
      return rules;
    } catch (error) {
      fault = error;
    }
  }
  throw new Error(messageOf(fault));
}

/**
 * Lays a model out as a file.
 * @throws ArgumentError in one line, where the model cannot be filled so
 */
export function shownModel(
  model: LoadedModel,
  options: Pick<ModelFileOptions, 'seed' | 'stream'> & { readonly dtype: Dtype | undefined },
): ShownModel {
  const file = modelFile(model, options);
  const byName = new Map(file.tensors.map((tensor) => [tensor.name, tensor]));
  return { file, tensors: model.tensors.map(({ name }) => byName.get(name)!) };
}
