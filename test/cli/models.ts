import { gpt2 } from '../../src/models/presets/gpt2';

/** Two types, sizes from none to some hundred thousand elements, and names in no order. */
export const MIXED = JSON.stringify({
  tensors: [
    { name: 'dense/kernel', shape: [300, 800], initializer: 'he_normal' },
    { name: 'half', shape: [333, 3], initializer: 'truncated_normal', dtype: 'float16' },
    { name: 'dense/bias', shape: [1000], initializer: 'zeros' },
    { name: 'none', shape: [0, 7], initializer: 'random_normal' },
    { name: 'q', shape: [40, 30], initializer: 'orthogonal' },
    { name: 'words', shape: [5], initializer: 'bits' },
  ],
});

/** GPT-2's 148 tensors at a fraction of their width. */
export const SLIM_GPT2 = JSON.stringify({
  tensors: gpt2({ layers: 12, width: 4 }).map(({ name, shape }) => ({
    name,
    shape,
    initializer: 'random_normal',
  })),
});

/** What follows the header of a safetensors file. */
export function dataOf(file: Buffer): Buffer {
  return file.subarray(8 + Number(file.readBigUInt64LE()));
}
