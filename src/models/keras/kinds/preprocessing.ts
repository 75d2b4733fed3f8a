import { ArgumentError, show } from '../../../core/errors';
import {
  choice,
  dataFormat,
  flag,
  json,
  list,
  natural,
  optional,
  real,
  size,
  type ConfigFields,
} from '../config_fields';
import { type Kind, kind, sameShape, shapeKind } from '../kind';
import { atLeastRank, type DataFormat, type Dims, join, ofRank, replaced, windowLength } from '../shape';

/**
 * The shape of images with another height and width: [batch, height, width, channels], or without the
 * batch axis.
 */
function resized(shape: Dims, height: number, width: number, format: DataFormat): Dims {
  const first = atLeastRank(shape, 3).length - (format === 'channels_last' ? 3 : 2);
  return shape.with(first, height).with(first + 1, width);
}

const resize = (className: string, more: ConfigFields = {}): Kind<any> =>
  shapeKind(
    className,
    { height: size(), width: size(), data_format: dataFormat, ...more },
    (shape, { height, width, data_format }) => resized(shape, height, width, data_format),
    { anyKey: true },
  );

/**
 * The shape of encoded categories: indices as they are, or a vector of the length `depth` for each
 * sample.
 */
function encoded(shape: Dims, mode: string, depth: number | null): Dims {
  if (mode === 'int') return shape;
  if (mode === 'one_hot')
    return shape.length > 1 && shape.at(-1) === 1 ? [...shape.slice(0, -1), depth] : [...shape, depth];
  return [...(shape.length > 1 ? shape.slice(0, -1) : shape), depth];
}

const modes = choice('int', ['int', 'one_hot', 'multi_hot', 'count', 'tf_idf', 'binary', 'tf-idf']);
const vocabulary = {
  max_tokens: optional(size()),
  vocabulary: json(),
  output_mode: modes,
  pad_to_max_tokens: flag(false),
};

interface Vocabulary {
  readonly max_tokens: number | null;
  readonly vocabulary: unknown;
  readonly pad_to_max_tokens: boolean;
}

/**
 * The length of an encoding: `max_tokens` where it is padded to that, or else the length of the
 * vocabulary and `extra`; null where the file does not hold the vocabulary.
 */
function depthOf({ max_tokens, vocabulary, pad_to_max_tokens }: Vocabulary, extra: number): number | null {
  if (pad_to_max_tokens && max_tokens !== null) return max_tokens;
  return Array.isArray(vocabulary) ? vocabulary.length + extra : null;
}

const lookup = (className: string): Kind<any> =>
  shapeKind(
    className,
    { ...vocabulary, num_oov_indices: natural(1), mask_token: json() },
    (shape, config) => {
      const mask = config.mask_token !== null && config.output_mode === 'int' ? 1 : 0;
      return encoded(shape, config.output_mode, depthOf(config, config.num_oov_indices + mask));
    },
    { anyKey: true },
  );

const textVectorization: Kind<any> = shapeKind(
  'TextVectorization',
  { ...vocabulary, output_sequence_length: optional(size()) },
  ([batch], config) =>
    config.output_mode === 'int' ? [batch, config.output_sequence_length] : [batch, depthOf(config, 1)],
  { anyKey: true },
);

const stft = kind({
  className: 'STFTSpectrogram',
  fields: {
    mode: choice('log', ['log', 'magnitude', 'psd', 'real', 'imag', 'angle', 'stft']),
    frame_length: size(256),
    frame_step: optional(size()),
    fft_length: optional(size()),
    window: json('hann'),
    periodic: json(false),
    scaling: json('density'),
    padding: choice('valid', ['valid', 'same']),
    expand_dims: flag(false),
    data_format: dataFormat,
  },
  build(layer, { mode, frame_length, window, scaling, periodic, fft_length }) {
    const shape = [frame_length, 1, bins(frame_length, fft_length)];
    const sides = mode === 'real' || mode === 'imag' ? [mode] : ['real', 'imag'];
    for (const side of sides) {
      const config = { side, window, scaling, periodic };
      layer.weight(`${side}_kernel`, shape, { class_name: 'STFT', config });
    }
  },
  output({ mode, frame_length, frame_step, fft_length, padding, expand_dims, data_format }, call) {
    const [batch, ...rest] = ofRank(call.shape, 3);
    const [time, channels] = data_format === 'channels_last' ? rest : rest.toReversed();
    const frames = windowLength(time, frame_length, frame_step ?? Math.floor(frame_length / 2), padding);
    const frequencies = bins(frame_length, fft_length) * (mode === 'stft' ? 2 : 1);
    if (expand_dims)
      return data_format === 'channels_last'
        ? [batch, frames, frequencies, channels]
        : [batch, channels, frames, frequencies];
    return join(batch, [frames], channels === null ? null : channels * frequencies, data_format);
  },
});

/** The number of frequencies of a Fourier transform, which is over a power of 2 by default. */
const bins = (frame: number, fft: number | null): number =>
  Math.floor((fft ?? 2 ** Math.ceil(Math.log2(frame))) / 2) + 1;

const melSpectrogram: Kind<any> = shapeKind(
  'MelSpectrogram',
  { num_mel_bins: size(128), sequence_stride: size(512) },
  (shape, { num_mel_bins, sequence_stride }) => {
    const time = shape.at(-1)!;
    return [
      ...shape.slice(0, -1),
      num_mel_bins,
      time === null ? null : Math.floor((time + sequence_stride + 1) / sequence_stride),
    ];
  },
  { anyKey: true },
);

const crossing = kind({
  className: 'HashedCrossing',
  untrainable: true,
  fields: { num_bins: size(), output_mode: choice('int', ['int', 'one_hot']), sparse: json(false) },
  output({ num_bins, output_mode }, { shapes }) {
    if (shapes.length !== 2) throw new ArgumentError(`it takes two inputs, got ${shapes.length}`);
    return encoded(shapes[0], output_mode, num_bins);
  },
});

export const preprocessings = {
  /** Multiplies by `scale` and adds `offset`. No weights. The shape stays. */
  rescaling: sameShape('Rescaling', { scale: json(), offset: json(0) }),
  /** Resizes images to `[batch, height, width, channels]`. No weights. */
  resizing: resize('Resizing', { interpolation: json('bilinear') }),
  /** Cuts out the middle of images: `[batch, height, width, channels]`. No weights. */
  centerCrop: resize('CenterCrop'),
  /** Cuts out a random part of images: `[batch, height, width, channels]`. No weights. */
  randomCrop: resize('RandomCrop', { seed: json() }),
  /** Keras 2's random change of images' height, which is null in the output's shape. No weights. */
  randomHeight: shapeKind('RandomHeight', { factor: json() }, (shape) => replaced(shape, -3, null), {
    anyKey: true,
  }),
  /** Keras 2's random change of images' width, which is null in the output's shape. No weights. */
  randomWidth: shapeKind('RandomWidth', { factor: json() }, (shape) => replaced(shape, -2, null), {
    anyKey: true,
  }),
  /** Cuts or pads bounding boxes to `maxNumber`. No weights. The images' shape stays. */
  maxNumBoundingBoxes: sameShape('MaxNumBoundingBoxes', { max_number: size() }, { anyKey: true }),
  /** Encodes indices as vectors of the length `numTokens`. No weights. */
  categoryEncoding: shapeKind(
    'CategoryEncoding',
    {
      num_tokens: optional(size()),
      output_mode: { ...modes, initial: 'multi_hot' as const },
      sparse: json(false),
    },
    (shape, { num_tokens, output_mode }) => encoded(shape, output_mode, num_tokens),
    { renamed: { max_tokens: 'num_tokens' } },
  ),
  /** Puts numbers into bins, as their indices or encoded as `outputMode` says. No weights. */
  discretization: shapeKind(
    'Discretization',
    {
      bin_boundaries: optional(list(real())),
      num_bins: optional(natural()),
      epsilon: json(0.01),
      output_mode: modes,
      sparse: json(false),
    },
    (shape, { bin_boundaries, num_bins, output_mode }) => {
      if (bin_boundaries === null && num_bins === null)
        throw new ArgumentError(
          `bin_boundaries or num_bins must be given, got ${show({ bin_boundaries, num_bins })}`,
        );
      return encoded(shape, output_mode, bin_boundaries === null ? num_bins : bin_boundaries.length + 1);
    },
    { renamed: { bins: 'bin_boundaries' }, untrainable: true },
  ),
  /** Hashes values into `numBins` bins, as their indices or encoded as `outputMode` says. No weights. */
  hashing: shapeKind(
    'Hashing',
    { num_bins: size(), mask_value: json(), salt: json(), output_mode: modes, sparse: json(false) },
    (shape, { num_bins, output_mode }) => encoded(shape, output_mode, num_bins),
  ),
  /** Hashes pairs of values of two inputs into `numBins` bins. No weights. */
  hashedCrossing: crossing,
  /** Maps integers to indices of a vocabulary, or encodes them as `outputMode` says. No weights. */
  integerLookup: lookup('IntegerLookup'),
  /** Maps strings to indices of a vocabulary, or encodes them as `outputMode` says. No weights. */
  stringLookup: lookup('StringLookup'),
  /** Maps texts to sequences of indices of a vocabulary, or encodes them as `outputMode` says. No weights. */
  textVectorization,
  /**
   * The spectrogram of a signal `[batch, time, channels]`. Weights: real_kernel and imag_kernel, each
   * `[frameLength, 1, frequencies]`. They hold the Fourier transform: a model with them is described, but no
   * initializer here fills them.
   */
  stftSpectrogram: stft,
  /** The mel spectrogram of a signal: `[batch, time]` to `[batch, numMelBins, frames]`. No weights. */
  melSpectrogram,
};
