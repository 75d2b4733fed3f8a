import type { Checkpoint } from '../checkpoint';
import type { TableRule } from '../rule';
import { BATCH_NORM_BUFFERS, normal, torchBias, torchWeight, xavierUniform } from '../sources';
import type { Table } from '../table';

/**
 * The defaults of PyTorch's own modules, by the names and ranks of their tensors:
 * - Linear and convolutions: uniform by the fan in;
 * - normalization layers, which are the ones with weights of rank 1: weights ones, biases zeros;
 * - Embedding: normal(0, 1);
 * - LSTM, GRU and RNN: uniform by the hidden size;
 * - MultiheadAttention: Xavier's uniform for the projections.
 *
 * Names do not say which module a tensor belongs to. A weight of rank 2 counts as that of an Embedding
 * if the segment before it contains "embed" or the word "emb", or is wte or wpe, and as that of a Linear
 * otherwise. The weight of PReLU, Bilinear and padding rows need rules of their own before these.
 * Parameters under names that no module of PyTorch has are matched by no rule.
 * @see pytorch, torch/nn/modules/, reset_parameters
 */
export const torch: Table = { name: 'torch', types: [], markers: [], rules };

function rules({ tensors }: Checkpoint): TableRule[] {
  const names = tensors.map(({ name }) => name);
  const attentions = names.filter((name) => lastSegment(name) === 'in_proj_weight');
  const biases = new Set(attentions.map((name) => name.replace(/in_proj_weight$/, 'out_proj.bias')));
  const cells = new Set(names.map(lastSegment).filter((name) => /^weight_hh(_l\d+(_reverse)?)?$/.test(name)));
  return [
    ...BATCH_NORM_BUFFERS,
    // These are told by their whole names, because a Linear outside of MultiheadAttention may be called out_proj, too.
    { pattern: (name) => biases.has(name), initializer: 'zeros' },
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
    { pattern: isEmbedding, rank: 2, initializer: normal(1) },
    { pattern: '**.weight', rank: 1, initializer: 'ones' },
    torchWeight('**.weight'),
    torchBias('**.bias'),
    { pattern: '**.bias', fanOf: 'weight', rank: 1, initializer: 'zeros' },
  ];
}

/** Whether it is the weight of an embedding. A module called "embedder" is a Linear in most models, and so is not. */
function isEmbedding(name: string): boolean {
  if (lastSegment(name).toLowerCase() !== 'weight') return false;
  return /embed(?!der)|(^|[^a-z])emb$|^wte$|^wpe$/i.test(lastSegment(name.slice(0, -'.weight'.length)));
}

/** What torch.nn.init.xavier_normal_ fills with. */
const XAVIER_NORMAL = {
  class_name: 'VarianceScaling',
  config: { scale: 1, mode: 'fan_avg', distribution: 'untruncated_normal' },
};

function lastSegment(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}
