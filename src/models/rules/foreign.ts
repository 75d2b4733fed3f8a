import type { TableRule } from './rule';

/** Tensors that no table of a family fills: those of adapters, and those of quantized models. */
export const FOREIGN: readonly TableRule[] = [
  {
    pattern: /(^|\.)(lora_([ABE]|embedding_[AB])|lora_magnitude_vector|hada_w|lokr_w)/,
    refuse: 'is of an adapter, whose second matrices begin at 0: give the rules lora',
  },
];
