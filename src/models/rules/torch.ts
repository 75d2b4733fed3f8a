import type { Rule } from './rule';
import { BATCH_NORM_BUFFERS, normal, torchBias, torchWeight, xavierUniform } from './sources';

/**
 * The defaults of PyTorch's own modules, by the names and ranks of their tensors: Linear and
 * convolutions uniform by the fan in, weights of rank 1 ones and their biases zeros (normalization
 * layers), embeddings normal(0, 1), LSTM, GRU and RNN uniform by the hidden size, and
 * MultiheadAttention's Xavier.
 *
 * Names do not tell a module's kind: a weight of rank 2 is an embedding's where the segment before
 * it has "embed" or the word "emb" in it, or is wte or wpe, else a Linear's; PReLU's weight, Bilinear and padding rows need
 * rules of their own before these. Parameters that no module of PyTorch names so are matched by none.
 * @see pytorch, torch/nn/modules/, reset_parameters
 */
export function torch(names: readonly string[]): Rule[] {
  const attentions = names
    .filter((name) => lastSegment(name) === 'in_proj_weight')
    .map((name) => name.slice(0, -'in_proj_weight'.length));
  const cells = new Set(names.map(lastSegment).filter((name) => /^weight_hh(_l\d+(_reverse)?)?$/.test(name)));
  return [
    ...BATCH_NORM_BUFFERS,
    // MultiheadAttention's; a Linear elsewhere may be called out_proj, too.
    { pattern: anyOf(attentions.map((path) => `${path}out_proj.bias`)), initializer: 'zeros' },
    ...['in', 'q', 'k', 'v'].map((one) => xavierUniform(`**.${one}_proj_weight`)),
    { pattern: '**.in_proj_bias', initializer: 'zeros' },
    { pattern: /(^|\.)bias_[kv]$/, rank: 3, initializer: XAVIER_NORMAL, layout: 'torch' },
    ...[...cells].flatMap((hh) => {
      // The hidden size is weight_hh's number of inputs.
      const suffix = hh.slice('weight_hh'.length);
      return [`weight_ih${suffix}`, hh, `bias_ih${suffix}`, `bias_hh${suffix}`].map((name) =>
        torchBias(`**.${name}`, hh),
      );
    }),
    { pattern: EMBEDDING, rank: 2, initializer: normal(1) },
    { pattern: '**.weight', rank: 1, initializer: 'ones' },
    torchWeight('**.weight'),
    torchBias('**.bias'),
    { pattern: '**.bias', fanOf: 'weight', rank: 1, initializer: 'zeros' },
  ];
}

/** An "embedder" is a Linear, as a rule. */
const EMBEDDING = /(^|\.)([^.]*embed(?!der)[^.]*|([^.]*[^a-z.])?emb|wte|wpe)\.weight$/i;

/** torch.nn.init.xavier_normal_ */
const XAVIER_NORMAL = {
  class_name: 'VarianceScaling',
  config: { scale: 1, mode: 'fan_avg', distribution: 'untruncated_normal' },
};

/** Matches these names and no other. */
function anyOf(names: readonly string[]): RegExp {
  const literals = names.map((name) => name.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'));
  return names.length === 0 ? /(?!)/ : new RegExp(`^(${literals.join('|')})$`);
}

function lastSegment(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}
