import { ArgumentError, show } from '../../../core/errors';
import type { TableRule } from '../rule';
import { KAIMING_UNIFORM, normal, zeros } from '../sources';
import type { Table } from '../table';

/**
 * LoRA adapters as peft saves them. lora_A is uniform in +-1 / sqrt(fan_in), or normal(0, 1 / r) where the
 * adapter_config.json has "init_lora_weights": "gaussian", and lora_B is zeros, so that a new adapter changes nothing.
 * Of an embedding, lora_embedding_A is zeros and lora_embedding_B normal(0, 1).
 * @see huggingface/peft, tuners/lora/layer.py, reset_lora_parameters
 */
export const lora: Table = {
  name: 'lora',
  types: ['LORA'],
  markers: [/(^|\.)lora_(A|embedding_A)(\.|$)/],
  fillsAdapters: true,
  rules({ config }): TableRule[] {
    const scheme = config.flagOrText('init_lora_weights', true);
    if (scheme !== true && scheme !== 'gaussian')
      throw new ArgumentError(
        `init_lora_weights ${show(scheme)} of adapter_config.json depends on the weights of the base model: ` +
          'only true and "gaussian" do not',
      );
    const gaussian: TableRule = {
      pattern: MATRIX_A,
      minRank: 2,
      byShape: ([rank]) => normal(1 / rank),
    };
    return [
      scheme === 'gaussian' ? gaussian : { pattern: MATRIX_A, initializer: KAIMING_UNIFORM, layout: 'torch' },
      {
        pattern: /\.base_layer\.\w+$/,
        refuse:
          'is of the base model, not of the adapter: give it a rule of its own before these, such as "copy": true',
      },
      zeros(/(^|\.)lora_(B(\.\w+)?\.weight|embedding_A(\.\w+)?)$/),
      { pattern: /(^|\.)lora_embedding_B(\.\w+)?$/, initializer: normal(1) },
    ];
  },
};

const MATRIX_A = /(^|\.)lora_A(\.\w+)?\.weight$/;
