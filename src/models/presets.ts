import type { ModelDescription } from './description';
import { gpt2, type Gpt2Size } from './gpt2';

/** The published sizes: 124M, 355M, 774M and 1558M parameters. */
const GPT2_SIZES: ReadonlyMap<string, Gpt2Size> = new Map([
  ['gpt2', { layers: 12, width: 768 }],
  ['gpt2-medium', { layers: 24, width: 1024 }],
  ['gpt2-large', { layers: 36, width: 1280 }],
  ['gpt2-xl', { layers: 48, width: 1600 }],
]);

export const PRESETS: readonly string[] = [...GPT2_SIZES.keys()];

/** The model of that name, or undefined where there is none. */
export function preset(name: string): ModelDescription | undefined {
  const size = GPT2_SIZES.get(name);
  return size && gpt2(name, size);
}
