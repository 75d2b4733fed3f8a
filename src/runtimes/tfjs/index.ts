/**
 * tensorseed in TensorFlow.js: `fill`, `refill`, and initializers for tf.layers.
 *
 * @module
 */
export { useDevice } from './device';
export type { Initializer, InitializerClass } from './define';
export { fill, type FillOptions, refill, type RefillOptions, type TensorDtype } from './fill';
export type { VarianceScalingOptions } from './spelling';
export {
  Constant,
  constant,
  GlorotNormal,
  glorotNormal,
  GlorotUniform,
  glorotUniform,
  HeNormal,
  heNormal,
  HeUniform,
  heUniform,
  Identity,
  identity,
  LecunNormal,
  lecunNormal,
  lecunNormal as leCunNormal,
  LecunUniform,
  lecunUniform,
  lecunUniform as leCunUniform,
  Ones,
  ones,
  Orthogonal,
  orthogonal,
  RandomNormal,
  randomNormal,
  RandomUniform,
  randomUniform,
  TruncatedNormal,
  truncatedNormal,
  VarianceScaling,
  varianceScaling,
  Zeros,
  zeros,
} from './initializers';
