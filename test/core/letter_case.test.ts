import { expect, it } from 'vitest';
import { camelCase, snakeCase } from '../../src/core/letter_case';

// What keras.src.utils.naming.to_snake_case of Keras 3 returns.
it.each([
  ['HeNormal', 'he_normal'],
  ['STFT', 'stft'],
  ['inputAxes', 'input_axes'],
  ['Conv2D', 'conv2d'],
  ['Conv2DTranspose', 'conv2d_transpose'],
  ['SimpleRNNCell', 'simple_rnn_cell'],
  ['PReLU', 'p_re_lu'],
  ['My>Layer', 'my_layer'],
])('%s is %s in snake_case', (name, snake) => {
  expect(snakeCase(name)).toBe(snake);
});

it.each([
  ['input_axes', 'inputAxes'],
  ['x_factor', 'xFactor'],
  ['seed', 'seed'],
  ['axis_1', 'axis1'],
])('%s is %s in camelCase', (name, camel) => {
  expect(camelCase(name)).toBe(camel);
});
