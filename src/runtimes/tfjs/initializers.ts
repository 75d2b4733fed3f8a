/**
 * Keras's initializers as tf.layers takes them: subclasses of tf.js's own base class, of the library's names and
 * arguments (and tf.js's spelling of VarianceScaling's), which fill on the GPU.
 */
import { initializers as keras } from '../../index';
import { define, type Initializer } from './define';
import type { EitherSpelling } from './spelling';

export const Constant = define<keras.ConstantOptions>(keras.Constant);
export const GlorotNormal = define<keras.FanOptions>(keras.GlorotNormal);
export const GlorotUniform = define<keras.FanOptions>(keras.GlorotUniform);
export const HeNormal = define<keras.FanOptions>(keras.HeNormal);
export const HeUniform = define<keras.FanOptions>(keras.HeUniform);
export const Identity = define<keras.IdentityOptions>(keras.Identity);
export const LecunNormal = define<keras.FanOptions>(keras.LecunNormal);
export const LecunUniform = define<keras.FanOptions>(keras.LecunUniform);
export const Ones = define<Record<string, never>>(keras.Ones);
export const Orthogonal = define<keras.OrthogonalOptions>(keras.Orthogonal);
export const RandomNormal = define<keras.RandomNormalOptions>(keras.RandomNormal);
export const RandomUniform = define<keras.RandomUniformOptions>(keras.RandomUniform);
export const TruncatedNormal = define<keras.TruncatedNormalOptions>(keras.TruncatedNormal);
export const VarianceScaling = define<keras.VarianceScalingOptions>(keras.VarianceScaling);
export const Zeros = define<Record<string, never>>(keras.Zeros);

export function constant(options?: keras.ConstantOptions): Initializer {
  return new Constant(options);
}

export function glorotNormal(options?: keras.FanOptions): Initializer {
  return new GlorotNormal(options);
}

export function glorotUniform(options?: keras.FanOptions): Initializer {
  return new GlorotUniform(options);
}

export function heNormal(options?: keras.FanOptions): Initializer {
  return new HeNormal(options);
}

export function heUniform(options?: keras.FanOptions): Initializer {
  return new HeUniform(options);
}

export function identity(options?: keras.IdentityOptions): Initializer {
  return new Identity(options);
}

export function lecunNormal(options?: keras.FanOptions): Initializer {
  return new LecunNormal(options);
}

export function lecunUniform(options?: keras.FanOptions): Initializer {
  return new LecunUniform(options);
}

export function ones(): Initializer {
  return new Ones();
}

export function orthogonal(options?: keras.OrthogonalOptions): Initializer {
  return new Orthogonal(options);
}

export function randomNormal(options?: keras.RandomNormalOptions): Initializer {
  return new RandomNormal(options);
}

export function randomUniform(options?: keras.RandomUniformOptions): Initializer {
  return new RandomUniform(options);
}

export function truncatedNormal(options?: keras.TruncatedNormalOptions): Initializer {
  return new TruncatedNormal(options);
}

export function varianceScaling(options?: EitherSpelling<keras.VarianceScalingOptions>): Initializer {
  return new VarianceScaling(options);
}

export function zeros(): Initializer {
  return new Zeros();
}
