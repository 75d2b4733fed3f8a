/** The initializers of `Torch`, which describes them, and their options. */
import { finiteNumber, integerIn, knownKeys, nonNegativeNumber, oneOf } from '../../core/check';
import { ArgumentError, show } from '../../core/errors';
import { product, type Shape } from '../../core/shape';
import type { Draw } from '../../distributions/draw';
import type { ForeignInitializer, Stream } from '../definition';
import { foreignDrawInitializer, foreignInitializer } from '../foreign_initializer';
import { METHODS, type TruncNormalMethod } from './trunc_normal';

/**
 * The fans of a weight by torch's rules, in which the shape is [outputs, inputs, ...window].
 * @throws ArgumentError where the shape has fewer than two axes
 */
function fansOf(shape: Shape): { readonly fan_in: number; readonly fan_out: number } {
  if (shape.length < 2)
    throw new ArgumentError(`a weight must have at least two axes for its fans, got shape ${show(shape)}`);
  const [outputs, inputs, ...window] = shape;
  return { fan_in: product([inputs, ...window]), fan_out: product([outputs, ...window]) };
}

/**
 * What follows a layer, by its name in `torch.nn.functional`.
 *
 * @example
 * ```ts
 * import { type Nonlinearity, torch } from 'tensorseed/streams';
 *
 * const after: Nonlinearity = 'relu';
 * console.log(torch.calculateGain(after)); // 1.4142135623730951
 * ```
 */
export type Nonlinearity =
  | 'linear'
  | 'conv1d'
  | 'conv2d'
  | 'conv3d'
  | 'conv_transpose1d'
  | 'conv_transpose2d'
  | 'conv_transpose3d'
  | 'sigmoid'
  | 'tanh'
  | 'relu'
  | 'leaky_relu'
  | 'selu';

const NONLINEARITIES: readonly Nonlinearity[] = [
  'linear',
  'conv1d',
  'conv2d',
  'conv3d',
  'conv_transpose1d',
  'conv_transpose2d',
  'conv_transpose3d',
  'sigmoid',
  'tanh',
  'relu',
  'leaky_relu',
  'selu',
];

export function calculateGain(nonlinearity: Nonlinearity, param = 0.01): number {
  oneOf('nonlinearity', nonlinearity, NONLINEARITIES);
  finiteNumber('param', param);
  if (nonlinearity === 'tanh') return 5 / 3;
  if (nonlinearity === 'relu') return Math.sqrt(2);
  if (nonlinearity === 'leaky_relu') return Math.sqrt(2 / (1 + param ** 2));
  return nonlinearity === 'selu' ? 3 / 4 : 1;
}

/**
 * The options of `kaimingUniform` and `kaimingNormal`.
 *
 * @example
 * ```ts
 * import { type KaimingOptions, torch } from 'tensorseed/streams';
 *
 * const options: KaimingOptions = { mode: 'fan_out', nonlinearity: 'relu' };
 * console.log(torch.kaimingNormal(options).resolve([64, 3, 7, 7])); // { kind: 'normal', mean: 0, stddev: 0.02525381361380527 }
 * ```
 */
export interface KaimingOptions {
  /** The negative slope of leaky_relu; other nonlinearities ignore it. Default 0. */
  readonly a?: number;
  /** The fan that is kept. Default 'fan_in'. */
  readonly mode?: 'fan_in' | 'fan_out';
  /** What follows the layer. Default 'leaky_relu'. */
  readonly nonlinearity?: Nonlinearity;
}

/** Checks the options of a call. */
function options<T extends object>(given: T, defaults: Required<T>): Required<T> {
  const known = knownKeys('options', given, Object.keys(defaults));
  const set = Object.entries(known).filter(([, value]) => value !== undefined);
  return { ...defaults, ...(Object.fromEntries(set) as T) };
}

function kaiming(
  className: string,
  given: KaimingOptions,
  draw: (stddev: number) => Draw,
): ForeignInitializer {
  const { a, mode, nonlinearity } = options<KaimingOptions>(given, {
    a: 0,
    mode: 'fan_in',
    nonlinearity: 'leaky_relu',
  });
  finiteNumber('a', a);
  oneOf('mode', mode, ['fan_in', 'fan_out']);
  const gain = calculateGain(nonlinearity, a);
  return foreignInitializer(className, { a, mode, nonlinearity }, (shape) => {
    const fan = fansOf(shape)[mode];
    return draw(fan === 0 ? 0 : gain / Math.sqrt(fan)); // A weight without a fan has no elements.
  });
}

/** Uniform values of a standard deviation. */
const byUniform = (stddev: number): Draw => {
  const bound = Math.sqrt(3) * stddev;
  return { kind: 'uniform', low: -bound, high: bound };
};

const byNormal = (stddev: number): Draw => ({ kind: 'normal', mean: 0, stddev });

export function kaimingUniform(options: KaimingOptions = {}): ForeignInitializer {
  return kaiming('KaimingUniform', options, byUniform);
}

export function kaimingNormal(options: KaimingOptions = {}): ForeignInitializer {
  return kaiming('KaimingNormal', options, byNormal);
}

/**
 * The options of `xavierUniform`, `xavierNormal` and `orthogonal`.
 *
 * @example
 * ```ts
 * import { type GainOptions, torch } from 'tensorseed/streams';
 *
 * const options: GainOptions = { gain: torch.calculateGain('tanh') };
 * console.log(torch.xavierNormal(options).className); // XavierNormal
 * ```
 */
export interface GainOptions {
  /** A finite factor. Default 1. */
  readonly gain?: number;
}

function gainOf(given: GainOptions): number {
  return finiteNumber('gain', options<GainOptions>(given, { gain: 1 }).gain);
}

function xavier(className: string, given: GainOptions, draw: (stddev: number) => Draw): ForeignInitializer {
  const gain = gainOf(given);
  nonNegativeNumber('gain', gain);
  return foreignInitializer(className, { gain }, (shape) => {
    const { fan_in: inputs, fan_out: outputs } = fansOf(shape);
    return draw(inputs + outputs === 0 ? 0 : gain * Math.sqrt(2 / (inputs + outputs)));
  });
}

export function xavierUniform(options: GainOptions = {}): ForeignInitializer {
  return xavier('XavierUniform', options, byUniform);
}

export function xavierNormal(options: GainOptions = {}): ForeignInitializer {
  return xavier('XavierNormal', options, byNormal);
}

export function orthogonal(options: GainOptions = {}): ForeignInitializer {
  const gain = gainOf(options);
  return foreignInitializer('TorchOrthogonal', { gain }, (shape) => {
    if (shape.length < 2)
      throw new ArgumentError(`an orthogonal tensor must have at least two axes, got shape ${show(shape)}`);
    const [rows, ...rest] = shape;
    return { kind: 'orthogonal', rows, columns: product(rest), gain, offset: 0 };
  });
}

/**
 * The options of `uniform`.
 *
 * @example
 * ```ts
 * import { torch, type UniformOptions } from 'tensorseed/streams';
 *
 * const options: UniformOptions = { a: -1, b: 1 };
 * console.log(torch.uniform(options).resolve([3])); // { kind: 'uniform', low: -1, high: 1 }
 * ```
 */
export interface UniformOptions {
  /** The lower end, which is included: a finite number. Default 0. */
  readonly a?: number;
  /** The upper end, which is excluded: a finite number >= a. Default 1. */
  readonly b?: number;
}

export function uniform(given: UniformOptions = {}): ForeignInitializer {
  const { a, b } = options<UniformOptions>(given, { a: 0, b: 1 });
  finiteNumber('a', a);
  if (finiteNumber('b', b) < a) throw new ArgumentError(`b must be >= a = ${a}, got ${b}`);
  return foreignInitializer('TorchUniform', { a, b }, () => ({ kind: 'uniform', low: a, high: b }));
}

/**
 * The options of `normal`.
 *
 * @example
 * ```ts
 * import { type NormalOptions, torch } from 'tensorseed/streams';
 *
 * const options: NormalOptions = { std: 0.02 };
 * console.log(torch.normal(options).resolve([3])); // { kind: 'normal', mean: 0, stddev: 0.02 }
 * ```
 */
export interface NormalOptions {
  /** The mean, a finite number. Default 0. */
  readonly mean?: number;
  /** The standard deviation, a finite number >= 0. Default 1. */
  readonly std?: number;
}

export function normal(given: NormalOptions = {}): ForeignInitializer {
  const { mean, std } = options<NormalOptions>(given, { mean: 0, std: 1 });
  finiteNumber('mean', mean);
  nonNegativeNumber('std', std);
  return foreignInitializer('TorchNormal', { mean, std }, () => ({ kind: 'normal', mean, stddev: std }));
}

/**
 * The options of `truncNormal`.
 *
 * @example
 * ```ts
 * import { torch, type TruncNormalOptions } from 'tensorseed/streams';
 *
 * const options: TruncNormalOptions = { std: 0.02, method: 'erfinv' };
 * console.log(torch.truncNormal(options).getConfig().b); // 2
 * ```
 */
export interface TruncNormalOptions extends NormalOptions {
  /** The lower bound, a value. Default -2. */
  readonly a?: number;
  /** The upper bound, a value > a. Default 2. */
  readonly b?: number;
  /**
   * How torch draws it: 'rejection' since version 2.12, 'erfinv' before. The numbers are others. Default 'rejection'.
   */
  readonly method?: TruncNormalMethod;
}

export function truncNormal(given: TruncNormalOptions = {}): ForeignInitializer {
  const set = options<TruncNormalOptions>(given, { mean: 0, std: 1, a: -2, b: 2, method: 'rejection' });
  const { mean, std, a, b, method } = set;
  finiteNumber('mean', mean);
  nonNegativeNumber('std', std);
  oneOf('method', method, METHODS);
  for (const [name, bound] of [
    ['a', a],
    ['b', b],
  ] as const) {
    if (typeof bound !== 'number' || Number.isNaN(bound))
      throw new ArgumentError(`${name} must be a number, got ${show(bound)}`);
  }
  if (b <= a) throw new ArgumentError(`b must be > a = ${a}, got ${b}`);
  return foreignDrawInitializer('TorchTruncNormal', 'trunc_normal', set, [
    mean,
    std,
    a,
    b,
    METHODS.indexOf(method),
  ]);
}

export function randint(low: number, high: number): ForeignInitializer {
  integerIn('low', low, -(2 ** 53), 2 ** 53);
  integerIn('high', high, -(2 ** 53), 2 ** 53);
  if (high <= low) throw new ArgumentError(`high must be > low = ${low}, got ${high}`);
  return foreignDrawInitializer('Randint', 'randint', { low, high }, [low, high]);
}

export function bernoulli(p = 0.5): ForeignInitializer {
  finiteNumber('p', p);
  if (p < 0 || p > 1) throw new ArgumentError(`p must be in [0, 1], got ${p}`);
  return foreignDrawInitializer('Bernoulli', 'bernoulli', { p }, [p]);
}

export function randperm(): ForeignInitializer {
  return foreignDrawInitializer('Randperm', 'randperm', {}, []);
}

const numberOf = (name: string, value: unknown, initial?: number): number =>
  value === undefined && initial !== undefined ? initial : finiteNumber(name, value);

/** Those of `torch.nn.init`. */
const IN_PLACE: NonNullable<Stream['initializers']> = {
  kaiming_uniform_: (config) => kaimingUniform(config),
  kaiming_normal_: (config) => kaimingNormal(config),
  xavier_uniform_: (config) => xavierUniform(config),
  xavier_normal_: (config) => xavierNormal(config),
  uniform_: (config) => uniform(config),
  normal_: (config) => normal(config),
  trunc_normal_: (config) => truncNormal(config),
  orthogonal_: (config) => orthogonal(config),
};

/**
 * The initializers by their names in torch. Those whose names without the trailing _ are none of the library's have
 * these, too.
 */
export const INITIALIZERS: NonNullable<Stream['initializers']> = {
  ...IN_PLACE,
  kaiming_uniform: IN_PLACE.kaiming_uniform_,
  kaiming_normal: IN_PLACE.kaiming_normal_,
  xavier_normal: IN_PLACE.xavier_normal_,
  trunc_normal: IN_PLACE.trunc_normal_,
  randint(config) {
    const { low, high } = knownKeys('the options of randint', config, ['low', 'high']);
    return randint(numberOf('low', low, 0), numberOf('high', high));
  },
  bernoulli: (config) =>
    bernoulli(numberOf('p', knownKeys('the options of bernoulli', config, ['p']).p, 0.5)),
  randperm(config) {
    knownKeys('the options of randperm', config, []);
    return randperm();
  },
};
