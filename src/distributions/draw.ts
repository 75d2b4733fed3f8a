import type { BernoulliDraw } from './bernoulli';
import type { BernoulliPackedDraw } from './bernoulli_packed';
import type { BitsDraw } from './bits';
import type { ConstantDraw } from './constant';
import type { DiracDraw } from './dirac';
import type { EyeDraw } from './eye';
import type { ExponentialDraw } from './exponential';
import type { ForeignDraw } from './foreign';
import type { GammaDraw } from './gamma';
import type { GumbelDraw } from './gumbel';
import type { InverseSoftplusDraw } from './inverse_softplus';
import type { LaplaceDraw } from './laplace';
import type { LogArangeDraw } from './log_arange';
import type { LogisticDraw } from './logistic';
import type { LognormalDraw } from './lognormal';
import type { NormalDraw } from './normal';
import type { OrthogonalDraw } from './orthogonal';
import type { PermutationDraw } from './permutation';
import type { PermutationWideDraw } from './permutation_wide';
import type { PoissonDraw } from './poisson';
import type { RademacherDraw } from './rademacher';
import type { RandintDraw } from './randint';
import type { SinusoidalDraw } from './sinusoidal';
import type { SparseDraw } from './sparse';
import type { StftDraw } from './stft';
import type { TruncatedNormalDraw } from './truncated_normal';
import type { UniformDraw } from './uniform';

export type {
  BernoulliDraw,
  BernoulliPackedDraw,
  BitsDraw,
  ConstantDraw,
  DiracDraw,
  ExponentialDraw,
  EyeDraw,
  ForeignDraw,
  GammaDraw,
  GumbelDraw,
  InverseSoftplusDraw,
  LaplaceDraw,
  LogArangeDraw,
  LogisticDraw,
  LognormalDraw,
  NormalDraw,
  OrthogonalDraw,
  PermutationDraw,
  PermutationWideDraw,
  PoissonDraw,
  RademacherDraw,
  RandintDraw,
  SinusoidalDraw,
  SparseDraw,
  StftDraw,
  TruncatedNormalDraw,
  UniformDraw,
};

/**
 * What a backend computes for a tensor. Initializers resolve to one of these draws.
 *
 * @example
 * ```ts
 * import { type Draw, initializers } from 'tensorseed';
 *
 * const draw: Draw = initializers.randomUniform({ minval: 0, maxval: 1 }).resolve([10]);
 * console.log(draw); // { kind: 'uniform', low: 0, high: 1 }
 * ```
 */
export type Draw =
  | BernoulliDraw
  | BernoulliPackedDraw
  | BitsDraw
  | ConstantDraw
  | DiracDraw
  | ExponentialDraw
  | EyeDraw
  | ForeignDraw
  | GammaDraw
  | GumbelDraw
  | InverseSoftplusDraw
  | LaplaceDraw
  | LogArangeDraw
  | LogisticDraw
  | LognormalDraw
  | NormalDraw
  | OrthogonalDraw
  | PermutationDraw
  | PermutationWideDraw
  | PoissonDraw
  | RademacherDraw
  | RandintDraw
  | SinusoidalDraw
  | SparseDraw
  | StftDraw
  | TruncatedNormalDraw
  | UniformDraw;
