import { ArgumentError, NotLoadedError, reading, show } from '../core/errors';
import { Bits, bits } from './bits';
import { Constant, constant, Ones, ones, Zeros, zeros } from './constant';
import {
  GlorotNormal,
  glorotNormal,
  GlorotUniform,
  glorotUniform,
  HeNormal,
  heNormal,
  HeUniform,
  heUniform,
  LecunNormal,
  lecunNormal,
  LecunUniform,
  lecunUniform,
} from './fixed_scaling';
import { Identity, identity } from './identity';
import { ALIASES, type Alias, nameInTfjs, orInitializers } from './foreign_names';
import type { Config, Initializer } from './initializer';
import { snakeCase } from '../core/letter_case';
import { Orthogonal, orthogonal } from './orthogonal';
import { RandomNormal, randomNormal } from './random_normal';
import { RandomUniform, randomUniform } from './random_uniform';
import { TruncatedNormal, truncatedNormal } from './truncated_normal';
import { VarianceScaling, varianceScaling } from './variance_scaling';

/**
 * A class of initializers that can be made from its defaults, or from a configuration.
 *
 * @example
 * ```ts
 * import { initializers } from 'tensorseed';
 *
 * const classes: initializers.InitializerClass[] = [initializers.HeNormal, initializers.Zeros];
 * console.log(classes.map((one) => new one().className)); // [ 'HeNormal', 'Zeros' ]
 * ```
 */
export interface InitializerClass {
  /** Makes an initializer with the default of each option. */
  new (): Initializer;
  /**
   * Makes the initializer that Keras's configuration describes.
   * @throws ArgumentError naming the key that is unknown, or whose value cannot be right
   *
   * @example
   * ```ts
   * import { initializers } from 'tensorseed';
   *
   * const type: initializers.InitializerClass = initializers.Constant;
   * console.log(type.fromConfig({ value: 2 }).getConfig()); // { value: 2 }
   * ```
   */
  fromConfig(config: unknown): Initializer;
}

/** An initializer's class name, and what belongs to it. */
export interface Row {
  readonly name: string;
  readonly type: InitializerClass;
  readonly factory: () => Initializer;
  /** Identifiers beside the class name and its snake_case. */
  readonly aliases?: readonly string[];
  /** For a class that is not one of Keras's own, its name in Keras's JSON, "package>Class". */
  readonly registeredName?: string;
}

/** The class names of the initializers in ./sampling.ts. */
const SAMPLING_NAMES = [
  // In the order of messages.
  'Bernoulli',
  'Dirac',
  'Permutation',
  'Poisson',
  'Rademacher',
  'Randint',
  'Sparse',
  'STFT',
  'Exponential',
  'Laplace',
  'Logistic',
  'Gumbel',
  'Lognormal',
  'Gamma',
  'InverseSoftplus',
  'LogArange',
  'Sinusoidal',
];

/**
 * Keras's initializers, and Bits. The aliases are Keras's.
 * @see keras/src/initializers/__init__.py
 */
const ROWS: readonly Row[] = [
  { name: 'Zeros', type: Zeros, factory: zeros, aliases: ['zero'] },
  { name: 'Ones', type: Ones, factory: ones, aliases: ['one'] },
  { name: 'Constant', type: Constant, factory: constant },
  { name: 'RandomNormal', type: RandomNormal, factory: randomNormal, aliases: ['normal'] },
  { name: 'RandomUniform', type: RandomUniform, factory: randomUniform, aliases: ['uniform'] },
  { name: 'TruncatedNormal', type: TruncatedNormal, factory: truncatedNormal },
  { name: 'VarianceScaling', type: VarianceScaling, factory: varianceScaling },
  { name: 'GlorotNormal', type: GlorotNormal, factory: glorotNormal },
  { name: 'GlorotUniform', type: GlorotUniform, factory: glorotUniform },
  { name: 'HeNormal', type: HeNormal, factory: heNormal },
  { name: 'HeUniform', type: HeUniform, factory: heUniform },
  { name: 'LecunNormal', type: LecunNormal, factory: lecunNormal },
  { name: 'LecunUniform', type: LecunUniform, factory: lecunUniform },
  { name: 'Identity', type: Identity, factory: identity, aliases: ['IdentityInitializer'] },
  { name: 'Orthogonal', type: Orthogonal, factory: orthogonal, aliases: ['OrthogonalInitializer'] },
  { name: 'Bits', type: Bits, factory: bits, registeredName: 'tensorseed>Bits' },
];

// These are Maps because an object would also find "constructor" and "__proto__".
const byIdentifier = new Map<string, Row>();
const makers = new Map<unknown, () => Initializer>();

/** Adds initializers. Those of ./sampling.ts come when they are loaded. */
export function provideInitializers(rows: readonly Row[]): void {
  for (const row of rows) {
    if (byIdentifier.get(row.name) === row) continue;
    const { name, type, factory, aliases = [] } = row;
    for (const identifier of [name, snakeCase(name), ...aliases]) byIdentifier.set(identifier, row);
    makers.set(type, () => new type());
    makers.set(factory, factory);
  }
}
provideInitializers(ROWS);

/** Whether any of ./sampling.ts is not loaded. */
export function lacksInitializers(): boolean {
  return SAMPLING_NAMES.some((name) => !byIdentifier.has(name));
}

/** The last is an alias of Keras's. */
const SAMPLING_IDENTIFIERS = [
  ...SAMPLING_NAMES.flatMap((name) => [name, snakeCase(name)]),
  'STFTInitializer',
];

/** Those of Keras, and of what the package has beside them. */
const OWN_IDENTIFIERS = [...byIdentifier.keys(), ...SAMPLING_IDENTIFIERS];
const CLASS_NAMES = [...ROWS.map(({ name }) => name), ...SAMPLING_NAMES];

const aliases = new Map<string, Alias>(Object.entries(ALIASES));
for (const className of CLASS_NAMES) {
  const identifier = nameInTfjs(className);
  if (identifier !== undefined && !OWN_IDENTIFIERS.includes(identifier))
    aliases.set(identifier, { className });
}

/** The row of an identifier; undefined where there is none, or where it is not loaded. */
function rowOf(identifier: string): Row | undefined {
  return byIdentifier.get(aliases.get(identifier)?.className ?? identifier);
}

/**
 * Every string that names an initializer: class names, their snake_case forms, Keras's aliases, and names of
 * torch and TensorFlow.js that mean the same.
 *
 * @example
 * ```ts
 * import { initializers } from 'tensorseed';
 *
 * console.log(initializers.IDENTIFIERS.includes('he_normal')); // true
 * console.log(initializers.get('xavier_uniform_').className); // GlorotUniform
 * ```
 */
export const IDENTIFIERS: readonly string[] = [...OWN_IDENTIFIERS, ...aliases.keys()];

/**
 * The class that an identifier names.
 * @throws ArgumentError where no initializer has that name
 * @throws NotLoadedError where it is not loaded
 */
export function classOf(identifier: string): InitializerClass {
  const row = rowOf(identifier);
  if (row !== undefined) return row.type;
  if (SAMPLING_IDENTIFIERS.includes(aliases.get(identifier)?.className ?? identifier))
    throw new NotLoadedError(identifier);
  const known = OWN_IDENTIFIERS.filter((one) => one === one.toLowerCase());
  const all = `known identifiers: ${known.join(', ')} and the class names`;
  const end = orInitializers(identifier, CLASS_NAMES, known, all);
  throw new ArgumentError(`unknown initializer ${show(identifier)}${end}`);
}

/** Whether an initializer of this class name is one of ours, and no subclass that draws something else. */
export function isOurs(initializer: Initializer, className: string): boolean {
  const type: (abstract new () => Initializer) | undefined = rowOf(className)?.type;
  return (
    type !== undefined &&
    reading('an initializer', () => {
      if (!(initializer instanceof type)) return false;
      const { resolve, getConfig } = type.prototype as Initializer;
      return initializer.resolve === resolve && initializer.getConfig === getConfig;
    })
  );
}

/** The options that a name stands for beside its class, such as the layout of torch's orthogonal_. */
export function presetOf(identifier: string): Config | undefined {
  return aliases.get(identifier)?.config;
}

/** The registered name of a class that is none of Keras's own, or null for one that is. */
export function registeredNameOf(identifier: string): string | null {
  return rowOf(identifier)?.registeredName ?? null;
}

/**
 * A function that makes the initializer of one of our classes or factories; undefined for any other value.
 */
export function makerOf(value: unknown): (() => Initializer) | undefined {
  return makers.get(value);
}
