import type { ModelDescription } from './description';
import { bertBase } from './presets/bert';
import { gpt2, type Gpt2Size } from './presets/gpt2';
import { decoder, DECODERS } from './presets/decoder';
import { resnet50 } from './presets/resnet';
import type { NamedShape } from './presets/shapes';
import { vitB16 } from './presets/vit';
import { applyRules } from './rules/apply';

interface Preset {
  readonly shapes: () => NamedShape[];
  /** The name of the table of rules that fills the model. */
  readonly rules: string;
}

const decoderPreset = (size: keyof typeof DECODERS, rules: string): [string, Preset] => [
  size,
  { shapes: () => decoder(DECODERS[size]), rules },
];

const gpt2Preset = (size: Gpt2Size): Preset => ({ shapes: () => gpt2(size), rules: 'gpt2' });

/** The presets by name, with the number of parameters of each. */
const MODELS: ReadonlyMap<string, Preset> = new Map([
  ['gpt2', gpt2Preset({ layers: 12, width: 768 })], // 124M parameters
  ['gpt2-medium', gpt2Preset({ layers: 24, width: 1024 })], // 355M
  ['gpt2-large', gpt2Preset({ layers: 36, width: 1280 })], // 774M
  ['gpt2-xl', gpt2Preset({ layers: 48, width: 1600 })], // 1558M
  decoderPreset('llama-3-8b', 'llama'), // 8030M
  decoderPreset('llama-3.2-1b', 'llama'), // 1236M
  ['bert-base', { shapes: bertBase, rules: 'bert' }], // 109M
  ['resnet50', { shapes: resnet50, rules: 'resnet' }], // 26M
  ['vit-b16', { shapes: vitB16, rules: 'vit' }], // 87M
]);

/**
 * The names of the presets: published models whose tensors' names, shapes and initializers are built in.
 *
 * @example
 * ```ts
 * import { describeModel, PRESETS } from 'tensorseed/models';
 *
 * console.log(PRESETS.join(' ')); // gpt2 gpt2-medium gpt2-large gpt2-xl llama-3-8b llama-3.2-1b bert-base resnet50 vit-b16
 * console.log(describeModel(PRESETS[0]).tensors.length); // 148
 * ```
 */
export const PRESETS: readonly string[] = [...MODELS.keys()];

/** The preset of that name, or undefined where there is none. */
export function preset(name: string): ModelDescription | undefined {
  const model = MODELS.get(name);
  if (model === undefined) return undefined;
  const { filled } = applyRules(model.shapes(), model.rules);
  return { name, tensors: filled.map(({ tensor, filling }) => ({ ...tensor, initializer: filling })) };
}
