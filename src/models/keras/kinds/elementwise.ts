import { initializer, integer, json, oneOrList, optional } from '../config_fields';
import { kind, sameShape } from '../kind';
import { sizeOf } from '../shape';

const seeded = { seed: json() };
const valueRange = { value_range: json([0, 255]) };
const geometric = {
  fill_mode: json('reflect'),
  interpolation: json('bilinear'),
  ...seeded,
  fill_value: json(0),
  data_format: json(),
};

const twoFactors = { height_factor: json(), width_factor: json() };
const twoOffsets = { addition_factor: json(0), threshold_factor: json(0) };
const blur = { kernel_size: json(3), sigma: json(1) };
const BOTH_WAYS = 'horizontal_and_vertical';
const CLAHE = 'ContrastLimitedAdaptiveHistogramEqualization';

const spatial = {
  renamed: { p: 'rate' },
  ignored: ['noise_shape', 'data_format'],
  untrainable: true,
};

/** A layer that augments images, and so returns images of the same shape. */
const augmentation = (className: string, fields: Record<string, ReturnType<typeof json>>) =>
  sameShape(className, fields, { anyKey: true });

const parametricRelu = kind({
  className: 'PReLU',
  fields: {
    alpha_initializer: initializer('zeros'),
    alpha_regularizer: json(),
    alpha_constraint: json(),
    shared_axes: optional(oneOrList(integer())),
  },
  build(layer, { alpha_initializer, shared_axes }, call) {
    const shared = shared_axes === null ? [] : [shared_axes].flat();
    const shape = call.shape.slice(1).map((_, i) => (shared.includes(i + 1) ? 1 : sizeOf(call.shape, i + 1)));
    layer.weight('alpha', shape, alpha_initializer);
  },
  output: (_, call) => call.shape,
});

export const elementwise = {
  /**
   * A ReLU with a slope for negative values that trains. Weights: alpha, of the input's shape without the
   * batch axis, and 1 along `sharedAxes`. The shape stays.
   */
  prelu: parametricRelu,
  /** The larger of each value and 0, with bounds. No weights. The shape stays. */
  relu: sameShape('ReLU', { max_value: json(), negative_slope: json(0), threshold: json(0) }),
  /** A ReLU with a small slope for negative values. No weights. The shape stays. */
  leakyRelu: sameShape('LeakyReLU', { negative_slope: json(0.3) }, { renamed: { alpha: 'negative_slope' } }),
  /** The exponential linear unit. No weights. The shape stays. */
  elu: sameShape('ELU', { alpha: json(1) }),
  /** Values above `theta`, and 0 for others. No weights. The shape stays. */
  thresholdedRelu: sameShape('ThresholdedReLU', { theta: json(1) }),
  /** The softmax along `axis`. No weights. The shape stays. */
  softmax: sameShape('Softmax', { axis: json(-1) }),

  /** Sets random elements to 0 in training. No weights. The shape stays. */
  dropout: sameShape('Dropout', { rate: json(), ...seeded, noise_shape: json() }, { renamed: { p: 'rate' } }),
  /** Sets random channels of `[batch, length, channels]` to 0 in training. No weights. The shape stays. */
  spatialDropout1d: sameShape('SpatialDropout1D', { rate: json(), ...seeded }, spatial),
  /** Sets random channels of images to 0 in training. No weights. The shape stays. */
  spatialDropout2d: sameShape('SpatialDropout2D', { rate: json(), ...seeded, data_format: json() }, spatial),
  /** Sets random channels of volumes to 0 in training. No weights. The shape stays. */
  spatialDropout3d: sameShape('SpatialDropout3D', { rate: json(), ...seeded, data_format: json() }, spatial),
  /** A dropout that keeps the mean and the variance. No weights. The shape stays. */
  alphaDropout: sameShape('AlphaDropout', { rate: json(), ...seeded, noise_shape: json() }),
  /** Multiplies by random normal values of mean 1 in training. No weights. The shape stays. */
  gaussianDropout: sameShape('GaussianDropout', { rate: json(), ...seeded }),
  /** Adds random normal values of mean 0 in training. No weights. The shape stays. */
  gaussianNoise: sameShape('GaussianNoise', { stddev: json(), ...seeded }),

  /** Mixes images with augmented copies. No weights. The shape stays. */
  augMix: augmentation('AugMix', valueRange),
  /** Stretches the contrast of images. No weights. The shape stays. */
  autoContrast: augmentation('AutoContrast', valueRange),
  /** Equalizes the histograms of images tile by tile. No weights. The shape stays. */
  contrastLimitedAdaptiveHistogramEqualization: augmentation(CLAHE, valueRange),
  /** Pastes parts of images into one another. No weights. The shape stays. */
  cutMix: augmentation('CutMix', { factor: json(1), ...seeded, data_format: json() }),
  /** Equalizes the histograms of images. No weights. The shape stays. */
  equalization: augmentation('Equalization', valueRange),
  /** Blends pairs of images. No weights. The shape stays. */
  mixUp: augmentation('MixUp', { alpha: json(0.2), data_format: json(), ...seeded }),
  /** Augments images with random operations. No weights. The shape stays. */
  randAugment: augmentation('RandAugment', valueRange),
  /** Changes the brightness of images. No weights. The shape stays. */
  randomBrightness: augmentation('RandomBrightness', { factor: json(), ...valueRange, ...seeded }),
  /** Takes color out of images. No weights. The shape stays. */
  randomColorDegeneration: augmentation('RandomColorDegeneration', { factor: json(), ...valueRange }),
  /** Changes brightness, contrast, saturation and hue of images. No weights. The shape stays. */
  randomColorJitter: augmentation('RandomColorJitter', valueRange),
  /** Changes the contrast of images. No weights. The shape stays. */
  randomContrast: augmentation('RandomContrast', { factor: json(), ...valueRange, ...seeded }),
  /** Distorts images elastically. No weights. The shape stays. */
  randomElasticTransform: augmentation('RandomElasticTransform', { factor: json(1), scale: json(1) }),
  /** Erases rectangles of images. No weights. The shape stays. */
  randomErasing: augmentation('RandomErasing', { factor: json(1) }),
  /** Mirrors images. No weights. The shape stays. */
  randomFlip: augmentation('RandomFlip', { mode: json(BOTH_WAYS), ...seeded, data_format: json() }),
  /** Blurs images. No weights. The shape stays. */
  randomGaussianBlur: augmentation('RandomGaussianBlur', { factor: json(1), ...blur }),
  /** Turns images to gray. No weights. The shape stays. */
  randomGrayscale: augmentation('RandomGrayscale', { factor: json(0.5), data_format: json(), ...seeded }),
  /** Changes the hue of images. No weights. The shape stays. */
  randomHue: augmentation('RandomHue', { factor: json(), ...valueRange }),
  /** Inverts the colors of images. No weights. The shape stays. */
  randomInvert: augmentation('RandomInvert', { factor: json(1), ...valueRange }),
  /** Changes the perspective of images. No weights. The shape stays. */
  randomPerspective: augmentation('RandomPerspective', { factor: json(1), scale: json(1) }),
  /** Reduces the bits of images' colors. No weights. The shape stays. */
  randomPosterization: augmentation('RandomPosterization', { factor: json(), ...valueRange }),
  /** Rotates images. No weights. The shape stays. */
  randomRotation: augmentation('RandomRotation', { factor: json(), ...geometric }),
  /** Changes the saturation of images. No weights. The shape stays. */
  randomSaturation: augmentation('RandomSaturation', { factor: json(), ...valueRange }),
  /** Changes the sharpness of images. No weights. The shape stays. */
  randomSharpness: augmentation('RandomSharpness', { factor: json(), ...valueRange }),
  /** Shears images. No weights. The shape stays. */
  randomShear: augmentation('RandomShear', { x_factor: json(0), y_factor: json(0) }),
  /** Moves images. No weights. The shape stays. */
  randomTranslation: augmentation('RandomTranslation', { ...twoFactors, ...geometric }),
  /** Zooms into images or out of them. No weights. The shape stays. */
  randomZoom: augmentation('RandomZoom', { ...twoFactors, ...geometric }),
  /** Inverts the colors of images above a threshold. No weights. The shape stays. */
  solarization: augmentation('Solarization', { ...twoOffsets, ...valueRange, ...seeded }),
};
