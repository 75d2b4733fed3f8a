/**
 * Keras's initializers, their JSON, and the fans of a shape.
 *
 * Each initializer is a class, such as `HeNormal`, and a function, such as `heNormal`. `get` returns the one
 * that an identifier such as 'he_normal' names.
 * @module
 */
export { Bits, bits } from './bits';
export { Constant, constant, type ConstantOptions, Ones, ones, Zeros, zeros } from './constant';
export { deserialize, type Envelope, serialize } from './envelope';
export type { FanOptions } from './fan_options';
export { computeFans, type Fans } from './fans';
export { GlorotNormal, glorotNormal, GlorotUniform, glorotUniform } from './fixed_scaling';
export { HeNormal, heNormal, HeUniform, heUniform } from './fixed_scaling';
export { LecunNormal, lecunNormal, LecunUniform, lecunUniform } from './fixed_scaling';
export { Identity, identity, type IdentityOptions } from './identity';
export type { NoOptions } from './no_options';
export { type Config, type ConfigValue, type Initializer, isInitializer } from './initializer';
export { type Layout, Orthogonal, orthogonal, type OrthogonalOptions } from './orthogonal';
export type { RandomOptions } from './random';
export type * from '../distributions/draw';
export type { Filling, Part } from './resolve';
export { RandomNormal, randomNormal, type RandomNormalOptions } from './random_normal';
export { RandomUniform, randomUniform, type RandomUniformOptions } from './random_uniform';
export { IDENTIFIERS, type InitializerClass } from './registry';
export { get, type InitializerJson, type InitializerSpec } from './spec';
export { TruncatedNormal, truncatedNormal, type TruncatedNormalOptions } from './truncated_normal';
export { type Distribution, type FanMode } from './variance_scaling';
export { VarianceScaling, varianceScaling, type VarianceScalingOptions } from './variance_scaling';
