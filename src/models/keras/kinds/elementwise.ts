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
  prelu: parametricRelu,
  relu: sameShape('ReLU', { max_value: json(), negative_slope: json(0), threshold: json(0) }),
  leakyRelu: sameShape('LeakyReLU', { negative_slope: json(0.3) }, { renamed: { alpha: 'negative_slope' } }),
  elu: sameShape('ELU', { alpha: json(1) }),
  thresholdedRelu: sameShape('ThresholdedReLU', { theta: json(1) }),
  softmax: sameShape('Softmax', { axis: json(-1) }),

  dropout: sameShape('Dropout', { rate: json(), ...seeded, noise_shape: json() }, { renamed: { p: 'rate' } }),
  spatialDropout1d: sameShape('SpatialDropout1D', { rate: json(), ...seeded }, spatial),
  spatialDropout2d: sameShape('SpatialDropout2D', { rate: json(), ...seeded, data_format: json() }, spatial),
  spatialDropout3d: sameShape('SpatialDropout3D', { rate: json(), ...seeded, data_format: json() }, spatial),
  alphaDropout: sameShape('AlphaDropout', { rate: json(), ...seeded, noise_shape: json() }),
  gaussianDropout: sameShape('GaussianDropout', { rate: json(), ...seeded }),
  gaussianNoise: sameShape('GaussianNoise', { stddev: json(), ...seeded }),

  augMix: augmentation('AugMix', valueRange),
  autoContrast: augmentation('AutoContrast', valueRange),
  contrastLimitedAdaptiveHistogramEqualization: augmentation(CLAHE, valueRange),
  cutMix: augmentation('CutMix', { factor: json(1), ...seeded, data_format: json() }),
  equalization: augmentation('Equalization', valueRange),
  mixUp: augmentation('MixUp', { alpha: json(0.2), data_format: json(), ...seeded }),
  randAugment: augmentation('RandAugment', valueRange),
  randomBrightness: augmentation('RandomBrightness', { factor: json(), ...valueRange, ...seeded }),
  randomColorDegeneration: augmentation('RandomColorDegeneration', { factor: json(), ...valueRange }),
  randomColorJitter: augmentation('RandomColorJitter', valueRange),
  randomContrast: augmentation('RandomContrast', { factor: json(), ...valueRange, ...seeded }),
  randomElasticTransform: augmentation('RandomElasticTransform', { factor: json(1), scale: json(1) }),
  randomErasing: augmentation('RandomErasing', { factor: json(1) }),
  randomFlip: augmentation('RandomFlip', { mode: json(BOTH_WAYS), ...seeded, data_format: json() }),
  randomGaussianBlur: augmentation('RandomGaussianBlur', { factor: json(1), ...blur }),
  randomGrayscale: augmentation('RandomGrayscale', { factor: json(0.5), data_format: json(), ...seeded }),
  randomHue: augmentation('RandomHue', { factor: json(), ...valueRange }),
  randomInvert: augmentation('RandomInvert', { factor: json(1), ...valueRange }),
  randomPerspective: augmentation('RandomPerspective', { factor: json(1), scale: json(1) }),
  randomPosterization: augmentation('RandomPosterization', { factor: json(), ...valueRange }),
  randomRotation: augmentation('RandomRotation', { factor: json(), ...geometric }),
  randomSaturation: augmentation('RandomSaturation', { factor: json(), ...valueRange }),
  randomSharpness: augmentation('RandomSharpness', { factor: json(), ...valueRange }),
  randomShear: augmentation('RandomShear', { x_factor: json(0), y_factor: json(0) }),
  randomTranslation: augmentation('RandomTranslation', { ...twoFactors, ...geometric }),
  randomZoom: augmentation('RandomZoom', { ...twoFactors, ...geometric }),
  solarization: augmentation('Solarization', { ...twoOffsets, ...valueRange, ...seeded }),
};
