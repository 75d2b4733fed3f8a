/** Keras's initializers: `heNormal({ seed: 1 })`, `get('he_normal')`, and their JSON both ways. */
export { Bits, bits } from './bits';
export { Constant, constant, type ConstantOptions, Ones, ones, Zeros, zeros } from './constant';
export type { FanOptions } from './fan_options';
export { computeFans, type Fans } from './fans';
export { get } from './get';
export { GlorotNormal, glorotNormal, GlorotUniform, glorotUniform } from './glorot';
export { HeNormal, heNormal, HeUniform, heUniform } from './he';
export { Identity, identity, type IdentityOptions } from './identity';
export { type Config, type ConfigValue, type Initializer, isInitializer } from './initializer';
export { LecunNormal, lecunNormal, LecunUniform, lecunUniform } from './lecun';
export { Orthogonal, orthogonal, type OrthogonalOptions, type Layout } from './orthogonal';
export type { Draw } from '../distributions/draw';
export type { InitializerSpec, Part } from './resolve';
export { RandomNormal, randomNormal, type RandomNormalOptions } from './random_normal';
export { RandomUniform, randomUniform, type RandomUniformOptions } from './random_uniform';
export type { RandomOptions } from './random';
export { IDENTIFIERS, type InitializerClass } from './registry';
export { deserialize, type Envelope, serialize } from './serialization';
export { TruncatedNormal, truncatedNormal, type TruncatedNormalOptions } from './truncated_normal';
export {
  type Distribution,
  type FanMode,
  VarianceScaling,
  varianceScaling,
  type VarianceScalingOptions,
} from './variance_scaling';
