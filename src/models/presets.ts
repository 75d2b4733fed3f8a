import type { ModelDescription } from './description';
import { bertBase } from './presets/bert';
import { clipVitB32 } from './presets/clip';
import { convnextTiny } from './presets/convnext';
import { decoder, DECODERS } from './presets/decoder';
import { gpt2, type Gpt2Size } from './presets/gpt2';
import { resnet50 } from './presets/resnet';
import type { NamedShape } from './presets/shapes';
import { t5Small } from './presets/t5';
import { stableDiffusionUnet } from './presets/unet';
import { vitB16 } from './presets/vit';
import { whisperSmall } from './presets/whisper';
import { applyRules } from './rules/apply';
import { ModelConfig } from './rules/model_config';

interface Preset {
  readonly shapes: () => NamedShape[];
  /** The name of the table of rules that fills the model. */
  readonly rules: string;
  /** What of the published config.json the rules must know, as names and defaults do not tell it. */
  readonly config?: Readonly<Record<string, string | number>>;
}

const decoderPreset = (
  size: keyof typeof DECODERS,
  rules: string,
  config?: Preset['config'],
): [string, Preset] => [size, { shapes: () => decoder(DECODERS[size]), rules, config }];

const gpt2Preset = (size: Gpt2Size): Preset => ({ shapes: () => gpt2(size), rules: 'gpt2' });

/** The presets by name, with the number of parameters of each. */
const MODELS: ReadonlyMap<string, Preset> = new Map<string, Preset>([
  ['gpt2', gpt2Preset({ layers: 12, width: 768 })], // 124M parameters
  ['gpt2-medium', gpt2Preset({ layers: 24, width: 1024 })], // 355M
  ['gpt2-large', gpt2Preset({ layers: 36, width: 1280 })], // 774M
  ['gpt2-xl', gpt2Preset({ layers: 48, width: 1600 })], // 1558M
  decoderPreset('llama-3-8b', 'llama'), // 8030M
  decoderPreset('llama-3.2-1b', 'llama'), // 1236M
  decoderPreset('qwen3-0.6b', 'qwen'), // 596M
  decoderPreset('gemma-3-1b', 'gemma'), // 1000M
  decoderPreset('mistral-7b', 'mistral', { model_type: 'mistral' }), // 7242M
  decoderPreset('mixtral-8x7b', 'mixtral'), // 46703M
  ['bert-base', { shapes: bertBase, rules: 'bert' }], // 109M
  ['resnet50', { shapes: resnet50, rules: 'resnet' }], // 26M
  ['vit-b16', { shapes: vitB16, rules: 'vit' }], // 87M
  ['t5-small', { shapes: t5Small, rules: 't5' }], // 61M
  ['whisper-small', { shapes: whisperSmall, rules: 'whisper', config: { pad_token_id: 50257 } }], // 242M
  ['clip-vit-b32', { shapes: clipVitB32, rules: 'clip' }], // 151M
  ['convnext-tiny', { shapes: convnextTiny, rules: 'convnext' }], // 29M
  ['sd-1.5-unet', { shapes: stableDiffusionUnet, rules: 'unet' }], // 860M
]);

/**
 * The names of the presets: published models whose tensors' names, shapes and initializers are built in.
 *
 * @example
 * ```ts
 * import { describeModel, PRESETS } from 'tensorseed/models';
 *
 * console.log(PRESETS.slice(0, 5).join(' ')); // gpt2 gpt2-medium gpt2-large gpt2-xl llama-3-8b
 * console.log(describeModel(PRESETS[0]).tensors.length); // 148
 * ```
 */
export const PRESETS: readonly string[] = [...MODELS.keys()];

/** The preset of that name, or undefined where there is none. */
export function preset(name: string): ModelDescription | undefined {
  const model = MODELS.get(name);
  if (model === undefined) return undefined;
  const config = new ModelConfig(model.config && new Map(Object.entries(model.config)));
  const { filled } = applyRules(model.shapes(), model.rules, config);
  return { name, tensors: filled.map(({ tensor, filling }) => ({ ...tensor, initializer: filling })) };
}
