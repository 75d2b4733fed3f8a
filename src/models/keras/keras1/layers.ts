import { ArgumentError, show } from '../../../core/errors';
import type { Call } from '../call';
import { convolved } from '../kinds/convolution';
import { atLeastRank, type Dims } from '../shape';
import { isObject, type JsonObject } from '../structure';
import { words } from '../words';
import type { Build, Values } from './build';
import * as weights from './weights';

/** How a class of layers of Keras 1 is read. */
export interface Rule {
  /** The name of the class today. Default: the same. Null for a class that no later version has. */
  readonly today?: string | null;
  /** The keys that it needs, separated by spaces. */
  readonly needs?: string;
  /** What its configuration is called otherwise than in `RENAMED`: "old:new old:new". */
  readonly renamed?: string;
  /** Values that are derived from several keys. Those of undefined are left out. */
  derive?(config: JsonObject): Record<string, unknown>;
  /** Adds its weights. */
  build?(build: Build, output: Dims): void;
  /** The shape of what it returns, where it is not that of the class of today. */
  output?(config: JsonObject, values: Values, call: Call): Dims;
}

/** Keys of Keras 1 and what they are called today. */
export const RENAMED = `
  activation:activation output_dim:units nb_filter:filters init:kernel_initializer bias:use_bias
  W_regularizer:kernel_regularizer U_regularizer:recurrent_regularizer b_regularizer:bias_regularizer
  W_constraint:kernel_constraint b_constraint:bias_constraint subsample:strides subsample_length:strides
  border_mode:padding dim_ordering:data_format atrous_rate:dilation_rate filter_length:kernel_size
  pool_length:pool_size stride:strides p:rate sigma:stddev dropout_W:dropout dropout_U:recurrent_dropout
  inner_init:recurrent_initializer inner_activation:recurrent_activation length:size
  gamma_init:gamma_initializer beta_init:beta_initializer
`;

/** Several keys as one list. */
const joined = (to: string, from: string) => ({
  needs: from,
  derive: (config: JsonObject) => ({
    [to]: words(from).map((key) => config[key]),
    ...Object.fromEntries(words(from).map((key) => [key, undefined])),
  }),
});
const window2d = joined('kernel_size', 'nb_row nb_col');

const convolution1d: Rule = {
  today: 'Conv1D',
  needs: 'nb_filter filter_length init',
  build: weights.convolution1d,
};
const convolution2d: Rule = {
  today: 'Conv2D',
  ...window2d,
  needs: 'nb_filter nb_row nb_col init',
  build: weights.convolution,
};
const dense: Rule = { today: 'Dense', needs: 'output_dim init', build: weights.dense };

/** A recurrent layer: its weights are its own and not those of a cell. */
const recurrent = (build: (build: Build) => void): Rule => ({
  needs: 'output_dim init inner_init',
  build,
  derive: () => ({ forget_bias_init: undefined, consume_less: undefined }),
  output: (_, { units, return_sequences }, call) => {
    const [batch, time] = atLeastRank(call.shape, 3);
    return return_sequences ? [batch, time, units] : [batch, units];
  },
});

const lstm: Rule = {
  ...recurrent(weights.lstm),
  needs: 'output_dim init inner_init forget_bias_init',
  derive: ({ forget_bias_init }) => ({
    unit_forget_bias: forget_bias_init === 'one',
    forget_bias_init: undefined,
    consume_less: undefined,
  }),
};

/** The padding of one axis, for which Keras 1 also has [before, after] and an object. */
const padding1d: Rule = {
  derive: ({ padding }) =>
    isObject(padding) ? { padding: [padding.left_pad ?? 0, padding.right_pad ?? 0] } : {},
};
const padding2d: Rule = {
  derive({ padding }) {
    const [top, bottom, left, right] = isObject(padding)
      ? words('top bottom left right').map((side) => padding[`${side}_pad`] ?? 0)
      : Array.isArray(padding) && padding.length === 4
        ? padding
        : [];
    return top === undefined
      ? {}
      : {
          padding: [
            [top, bottom],
            [left, right],
          ],
        };
  },
};

const elementwise = (build: (build: Build) => void): Rule => ({
  today: null,
  build,
  output: (_, __, { shape }) => shape,
});

export const RULES: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ['Dense', dense],
  ['TimeDistributedDense', dense],
  [
    'Embedding',
    {
      renamed: `
        output_dim:output_dim init:embeddings_initializer W_regularizer:embeddings_regularizer
        W_constraint:embeddings_constraint
      `,
      needs: 'init',
      build: weights.embedding,
    },
  ],
  ['Convolution1D', convolution1d],
  ['AtrousConvolution1D', convolution1d],
  ['Convolution2D', convolution2d],
  ['AtrousConvolution2D', convolution2d],
  [
    'Deconvolution2D',
    {
      ...convolution2d,
      today: 'Conv2DTranspose',
      needs: `${convolution2d.needs} output_shape`,
      derive: (config) => ({ ...window2d.derive(config), output_shape: undefined }),
      output: deconvolved,
    },
  ],
  [
    'Convolution3D',
    {
      ...joined('kernel_size', 'kernel_dim1 kernel_dim2 kernel_dim3'),
      today: 'Conv3D',
      build: weights.convolution,
    },
  ],
  [
    'SeparableConvolution2D',
    {
      ...convolution2d,
      today: 'SeparableConv2D',
      renamed: 'init:depthwise_initializer',
      derive: (config) => ({ ...window2d.derive(config), pointwise_initializer: config.init }),
      build: weights.separable,
    },
  ],
  ['LocallyConnected1D', { needs: convolution1d.needs, build: weights.locallyConnected }],
  ['LocallyConnected2D', { ...convolution2d, today: undefined, build: weights.locallyConnected }],
  ['BatchNormalization', { build: weights.batchNormalization }],
  ['PReLU', { renamed: 'init:alpha_initializer', build: weights.parametricRelu }],
  ['SimpleRNN', recurrent(weights.simpleRnn)],
  ['GRU', recurrent(weights.gru)],
  ['LSTM', lstm],
  [
    'ConvLSTM2D',
    {
      ...lstm,
      needs: 'nb_filter nb_row nb_col init inner_init forget_bias_init',
      derive: (config) => ({ ...lstm.derive!(config), ...window2d.derive(config) }),
      build: weights.convLstm,
      output(_, values, { shape }) {
        const [batch, time, ...rest] = atLeastRank(shape, 5);
        const [, ...image] = convolved([batch, ...rest], values.filters, values as never);
        return values.return_sequences ? [batch, time, ...image] : [batch, ...image];
      },
    },
  ],
  [
    'Bidirectional',
    {
      // Keras 1.1 and earlier write the name that the forward layer has got.
      derive({ layer }) {
        const { config } = isObject(layer) ? layer : {};
        if (!isObject(config) || typeof config.name !== 'string') return {};
        return {
          layer: { ...(layer as object), config: { ...config, name: config.name.replace(/^forward_/, '') } },
        };
      },
    },
  ],
  ['ZeroPadding1D', padding1d],
  ['ZeroPadding2D', padding2d],
  [
    'Highway',
    elementwise((build) => {
      const { config, keras1 } = build;
      const inputs = build.inputs();
      const carry = { class_name: 'Constant', config: { value: Number(config.transform_bias ?? -2) } };
      const add = (...variables: string[]) => {
        for (const variable of variables) {
          if (variable.startsWith('W')) build.add(variable, [inputs, inputs], config.init);
          else if (config.bias !== false)
            build.add(variable, [inputs], variable === 'b' ? 'zero' : keras1.minor < 2 ? carry : 'one');
        }
      };
      if (keras1.minor < 2) add('W', 'b', 'W_carry', 'b_carry');
      else add('W', 'W_carry', 'b', 'b_carry');
    }),
  ],
  [
    'MaxoutDense',
    {
      today: null,
      needs: 'output_dim nb_feature init',
      build(build) {
        const { output_dim, nb_feature, init, bias } = build.config as Record<string, never>;
        build.add('W', [nb_feature, build.inputs(), output_dim], init);
        if (bias !== false) build.add('b', [nb_feature, output_dim], 'zero');
      },
      output: ({ output_dim }, _, { shape }) => [shape[0], output_dim as number],
    },
  ],
  [
    'SReLU',
    elementwise((build) => {
      for (const name of words('t_left a_left t_right a_right'))
        build.add(name, build.elementwise, build.config[`${name}_init`]);
    }),
  ],
  [
    'ParametricSoftplus',
    elementwise((build) => {
      for (const name of ['alpha', 'beta']) {
        const value = build.config[`${name}_init`];
        build.add(`${name}s`, build.elementwise, { class_name: 'Constant', config: { value } });
      }
    }),
  ],
]);

/** The shape of a deconvolution's output, which the file says, batch axis included. */
function deconvolved(
  { output_shape: given }: JsonObject,
  { filters, data_format }: Values,
  call: Call,
): Dims {
  const sizes = Array.isArray(given) && given.length === 4 ? (given as Dims) : undefined;
  const space = data_format === 'channels_first' ? sizes?.slice(2) : sizes?.slice(1, 3);
  if (space?.some((size) => !Number.isSafeInteger(size) || size! < 1) ?? true)
    throw new ArgumentError(
      `output_shape must have four sizes, those of the batch and the channels included, got ${show(given)}`,
    );
  const [batch] = atLeastRank(call.shape, 4);
  return data_format === 'channels_first' ? [batch, filters, ...space!] : [batch, ...space!, filters];
}
