import { bert, distilbert, roberta } from './families/bert';
import { clip } from './families/clip';
import { convnext } from './families/convnext';
import { bloom, falcon, opt, phi, pythia } from './families/decoders';
import { dit, unet, vae } from './families/diffusers';
import { gemma } from './families/gemma';
import { gpt2 } from './families/gpt2';
import { keras } from './families/keras';
import { deepseek, llama, mistral, mixtral, phi3, qwen } from './families/llama';
import { lora } from './families/lora';
import { mamba } from './families/mamba';
import { modernbert } from './families/modernbert';
import { resnet } from './families/resnet';
import { t5 } from './families/t5';
import { torch } from './families/torch';
import { vit } from './families/vit';
import { whisper } from './families/whisper';
import type { Table } from './table';

/** The value of `rules` that stands for the table of the model's family. */
export const AUTO = 'auto';

/** The published tables. Where names alone fit several, the first counts. */
export const TABLES: readonly Table[] = [
  torch,
  gpt2,
  llama,
  bert,
  vit,
  resnet,
  keras,
  mistral,
  mixtral,
  qwen,
  gemma,
  phi,
  phi3,
  deepseek,
  pythia,
  falcon,
  bloom,
  opt,
  mamba,
  t5,
  roberta,
  distilbert,
  modernbert,
  whisper,
  clip,
  convnext,
  unet,
  vae,
  dit,
  lora,
];

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
