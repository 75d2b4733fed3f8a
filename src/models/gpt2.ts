import type { ModelDescription, TensorDescription } from './description';
import type { InitializerSource } from './initializer_source';

export interface Gpt2Size {
  readonly layers: number;
  /** Width of the residual stream. */
  readonly width: number;
}

const VOCABULARY = 50257;
const POSITIONS = 1024;
const STDDEV = 0.02;

/**
 * GPT-2 (Radford et al., "Language Models are Unsupervised Multitask Learners", 2019) with the
 * names and shapes of Hugging Face's gpt2 files; linear weights are [inputs, outputs]. Weights
 * are normal(0, 0.02), those that write into the residual stream divided by the square root of
 * the number of such additions, 2 * layers; biases are zeros, layer-norm weights ones. The
 * language model's head is the token embedding itself, and so is not listed.
 */
export function gpt2(name: string, { layers, width }: Gpt2Size): ModelDescription {
  const weight = normal(STDDEV);
  const residual = normal(STDDEV / Math.sqrt(2 * layers));
  const tensors: TensorDescription[] = [
    { name: 'wte.weight', shape: [VOCABULARY, width], initializer: weight },
    { name: 'wpe.weight', shape: [POSITIONS, width], initializer: weight },
  ];
  for (let layer = 0; layer < layers; layer++) {
    const block = `h.${layer}`;
    tensors.push(
      ...layerNorm(`${block}.ln_1`, width),
      ...linear(`${block}.attn.c_attn`, width, 3 * width, weight),
      ...linear(`${block}.attn.c_proj`, width, width, residual),
      ...layerNorm(`${block}.ln_2`, width),
      ...linear(`${block}.mlp.c_fc`, width, 4 * width, weight),
      ...linear(`${block}.mlp.c_proj`, 4 * width, width, residual),
    );
  }
  tensors.push(...layerNorm('ln_f', width));
  return { name, tensors };
}

function normal(stddev: number): InitializerSource {
  return { class_name: 'RandomNormal', config: { mean: 0, stddev } };
}

function layerNorm(name: string, width: number): TensorDescription[] {
  return [
    { name: `${name}.weight`, shape: [width], initializer: 'ones' },
    { name: `${name}.bias`, shape: [width], initializer: 'zeros' },
  ];
}

function linear(name: string, inputs: number, outputs: number, weight: InitializerSource): TensorDescription[] {
  return [
    { name: `${name}.weight`, shape: [inputs, outputs], initializer: weight },
    { name: `${name}.bias`, shape: [outputs], initializer: 'zeros' },
  ];
}
