import type { Checkpoint } from '../checkpoint';
import type { TableRule } from '../rule';
import { ones, skip, zeros } from '../sources';
import type { Table } from '../table';

/**
 * The defaults of Keras's own layers, by the last part of a variable's name, such as "dense/kernel":
 * - kernels, also those of attention, depthwise and pointwise ones: glorot_uniform;
 * - recurrent kernels: orthogonal;
 * - embeddings: uniform in [-0.05, 0.05);
 * - normalization: gamma and moving_variance ones, beta and moving_mean zeros;
 * - biases, and the alpha of PReLU: zeros.
 *
 * Names do not say which layer a variable belongs to. With its defaults an LSTM has ones for the forget gate in its
 * bias, which is zeros here; a note says where there is such a bias. Counters and the states of seeds are left out.
 * Paths such as "layers/dense/vars/0" do not say what a variable is, and are matched by no rule.
 * @see keras/src/layers, the arguments of __init__
 */
export const keras: Table = {
  name: 'keras',
  types: [],
  markers: [],
  rules,
  notes({ tensors, shapes }: Checkpoint) {
    const isLstm = (name: string): boolean => {
      const shape = shapes.get(name.replace(/bias$/, 'recurrent_kernel'));
      return shape?.length === 2 && shape[1] === 4 * shape[0];
    };
    const found = tensors.find(({ name }) => variable('bias').test(name) && isLstm(name));
    if (found === undefined) return [];
    return [
      `biases of LSTMs are zeros, such as ${found.name}, where Keras's default has ones for the forget gate`,
    ];
  },
};

function rules(): TableRule[] {
  return [
    { pattern: variable('(depthwise_|pointwise_)?kernel'), minRank: 2, initializer: 'glorot_uniform' },
    { pattern: variable('recurrent_kernel'), minRank: 2, initializer: 'orthogonal' },
    { pattern: variable('embeddings'), rank: 2, initializer: 'random_uniform' },
    ones(variable('gamma|moving_variance')),
    zeros(variable('bias|beta|moving_mean|alpha')),
    skip(variable('seed_generator_state|count|iteration')),
  ];
}

/** The names of variables, whatever layer is before them. */
function variable(names: string): RegExp {
  return new RegExp(`(^|/)(${names})$`);
}
