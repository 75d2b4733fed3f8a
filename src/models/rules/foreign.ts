import type { Checkpoint } from './checkpoint';
import type { TableRule } from './rule';

/** The scales of 8-bit floats, as DeepSeek's and compressed-tensors' files have them. */
const SCALES = /(^|\.)(weight_scale(_inv)?|(input|activation|weight)_scale|[kv]_scale)$/;

/** Tensors of adapters, and those of quantized models, which no table of a family fills. */
const FOREIGN: readonly TableRule[] = [
  {
    pattern: /(^|\.)(lora_([ABE]|embedding_[AB])|lora_magnitude_vector|hada_w|lokr_w)/,
    refuse: 'is of an adapter, whose second matrices begin at 0: give the rules lora',
  },
  {
    pattern: /(^|\.)(qweight|qzeros|g_idx)$/,
    refuse: quantized('GPTQ or AWQ'),
  },
  {
    pattern: /\.(absmax|quant_map|nested_absmax|nested_quant_map|quant_state\.\w+|SCB|weight_format)$/,
    refuse: quantized('bitsandbytes'),
  },
  { pattern: SCALES, skip: true },
];

function quantized(by: string): string {
  return (
    `is of a model that ${by} has quantized, whose integers no initializer fills: ` +
    'give the file of the model before that'
  );
}

/**
 * The rules before those of a table, for what is not the family's own.
 * @param isForAdapters whether the table fills adapters
 * @param notes gets what was left out
 */
export function foreignRules(
  checkpoint: Checkpoint,
  isForAdapters: boolean,
  notes: string[],
): readonly TableRule[] {
  if (checkpoint.has(SCALES))
    notes.push(
      'the scales of 8-bit floats are left out: what is filled instead of the weights needs no scale',
    );
  return isForAdapters ? FOREIGN.slice(1) : FOREIGN;
}
