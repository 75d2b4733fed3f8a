import { product } from '../../../core/shape';
import { consecutiveParts } from '../kinds/recurrent';
import type { Dims } from '../shape';
import { type Build, kernelShape } from './build';
import { fillingOf } from './initializer';

/*
 * The weights that layers of Keras 1 have: their names, shapes and order. See keras/layers/*.py at 1.2.2, and the
 * same files at 1.0.8 and 1.1.2 for what was different there.
 */

export function dense(build: Build): void {
  const { units } = build.values;
  build.add('W', [build.inputs(), units], build.config.init);
  build.bias([units]);
}

export function embedding(build: Build): void {
  const { input_dim, output_dim } = build.values;
  build.add('W', [input_dim, output_dim], build.config.init);
}

/** Keras 1 computes it as a convolution in two dimensions, one of which has the size 1. */
export function convolution1d(build: Build): void {
  const {
    filters,
    kernel_size: [length],
  } = build.values;
  const inputs = build.inputs();
  const shape = build.keras1.minor < 1 ? [filters, inputs, length, 1] : [length, 1, inputs, filters];
  build.add('W', shape, build.config.init);
  build.bias([filters]);
}

const channels = (build: Build): number => build.inputs(build.ordering === 'th' ? 1 : -1);

export function convolution(build: Build): void {
  const { ordering } = build;
  const { filters, kernel_size } = build.values;
  build.add('W', kernelShape(ordering, kernel_size, channels(build), filters), build.config.init, ordering);
  build.bias([filters]);
}

export function separable(build: Build): void {
  const { ordering, config } = build;
  const { filters, kernel_size, depth_multiplier: multiplier } = build.values;
  const inputs = channels(build);
  const depthwise = kernelShape(ordering, kernel_size, inputs, multiplier);
  const pointwise = kernelShape(ordering, [1, 1], multiplier * inputs, filters);
  build.add('depthwise_kernel', depthwise, config.init, ordering);
  build.add('pointwise_kernel', pointwise, config.init, ordering);
  build.bias([filters]);
}

/** @param output the shape of what the layer returns */
export function locallyConnected(build: Build, output: Dims): void {
  const { filters, kernel_size, data_format } = build.values;
  const first = data_format === 'channels_first';
  const space = (first ? output.slice(2) : output.slice(1, -1)) as number[];
  const shape = [product(space), product(kernel_size) * build.inputs(first ? 1 : -1), filters];
  build.add('W', shape, build.config.init);
  build.bias([...space, filters]);
}

export function batchNormalization(build: Build): void {
  const { gamma_init = 'one', beta_init = 'zero' } = build.config;
  const shape = [build.inputs(build.values.axis)];
  build.add('gamma', shape, gamma_init);
  build.add('beta', shape, beta_init);
  build.add('running_mean', shape, 'zero', 'th', false);
  build.add('running_std', shape, 'one', 'th', false);
}

export function parametricRelu(build: Build): void {
  build.add('alphas', build.elementwise, build.config.init ?? 'zero');
}

export function simpleRnn(build: Build): void {
  const { units } = build.values;
  build.add('W', [build.inputs(), units], build.config.init);
  build.add('U', [units, units], build.config.inner_init);
  build.add('b', [units], 'zero');
}

/** The gates in the order of their weights. */
const GRU = [['z'], ['r'], ['h']] as const;
const LSTM = [['i'], ['c'], ['f', 'forget_bias_init'], ['o']] as const;

export const gru = (build: Build): void => gated(build, GRU);
export const lstm = (build: Build): void => gated(build, LSTM);

/** A recurrent layer with gates. Each gate has matrices of its own, unless the layer was made for GPUs. */
function gated(build: Build, gates: readonly (readonly [gate: string, bias?: string])[]): void {
  const { config, values, keras1 } = build;
  const { units } = values;
  const { init, inner_init, forget_bias_init } = config;
  if (config.consume_less === 'gpu') {
    const width = gates.length * units;
    build.add('W', [build.inputs(), width], init);
    build.add('U', [units, width], inner_init);
    if (gates === GRU) build.add('b', [width], 'zero');
    else forgetful(build, width, forget_bias_init);
    return;
  }
  for (const [gate, bias] of gates) {
    build.add(`W_${gate}`, [build.inputs(), units], init);
    // Since 1.2 Keras 1 fills these with `init`, too.
    build.add(`U_${gate}`, [units, units], keras1.minor < 2 ? inner_init : init);
    build.add(`b_${gate}`, [units], bias === undefined ? 'zero' : config[bias]);
  }
}

/** The bias of an LSTM in one piece, in which the forget gate is the second of four. */
function forgetful({ layer, values: { units } }: Build, width: number, init: unknown): void {
  const forget = fillingOf(init, [units], 'th').initializer;
  const parts = consecutiveParts([units, 'zeros'], [units, forget], [2 * units, 'zeros']);
  layer.weight('b', [width], 'zeros', { parts });
}

export function convLstm(build: Build): void {
  const { ordering, config } = build;
  const { filters, kernel_size } = build.values;
  const inputs = build.inputs(ordering === 'th' ? 2 : -1);
  for (const [gate, bias] of LSTM) {
    build.add(`W_${gate}`, kernelShape(ordering, kernel_size, inputs, filters), config.init);
    build.add(`U_${gate}`, kernelShape(ordering, kernel_size, filters, filters), config.inner_init);
    build.add(`b_${gate}`, [filters], bias === undefined ? 'zero' : config[bias]);
  }
}
