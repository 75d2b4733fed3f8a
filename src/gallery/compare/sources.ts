import type { Dtype, InitializerSpec } from '../../index';
import { FAMILIES, make, toDtype, toShape } from '../cards/families';
import { argumentsOf, settingOf } from '../cards/set';
import { quoted } from '../quoted';

/** A tensor to be computed on both sides. */
export interface ComparedTensor {
  readonly initializer: InitializerSpec;
  readonly shape: readonly number[];
  readonly dtype: Dtype;
}

/** The cards whose tensors have the same bits on every device. */
const COMPARED = FAMILIES.filter(({ className }) => className !== 'Orthogonal');

/** The tensors that can be chosen: those of the cards, with their settings. */
export const CHOICES: readonly (readonly [value: string, words: string])[] = COMPARED.map(({ className }) => [
  className,
  className,
]);

export const FIRST_CHOICE = COMPARED[0].className;

/** @throws Error in one line where the settings of the card cannot be right */
export function sourceOf(choice: string): ComparedTensor {
  const family = COMPARED.find(({ className }) => className === choice);
  if (family === undefined) throw new Error(`there is no tensor ${quoted(choice)} to compute`);
  return {
    initializer: make(family, argumentsOf(family), settingOf(family, 'seed')),
    shape: toShape(settingOf(family, 'shape')),
    dtype: toDtype(settingOf(family, 'dtype'), family.dtypes),
  };
}
