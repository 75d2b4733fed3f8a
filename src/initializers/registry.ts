import { ArgumentError, show } from '../core/errors';
import { Bits, bits } from './bits';
import { Constant, constant, Ones, ones, Zeros, zeros } from './constant';
import { GlorotNormal, glorotNormal, GlorotUniform, glorotUniform } from './glorot';
import { HeNormal, heNormal, HeUniform, heUniform } from './he';
import { Identity, identity } from './identity';
import type { Initializer } from './initializer';
import { LecunNormal, lecunNormal, LecunUniform, lecunUniform } from './lecun';
import { Orthogonal, orthogonal } from './orthogonal';
import { RandomNormal, randomNormal } from './random_normal';
import { RandomUniform, randomUniform } from './random_uniform';
import { snakeCase } from './snake_case';
import { TruncatedNormal, truncatedNormal } from './truncated_normal';
import { VarianceScaling, varianceScaling } from './variance_scaling';

export interface InitializerClass {
  new (): Initializer;
  fromConfig(config: unknown): Initializer;
}

interface Entry {
  readonly name: string;
  /** Keras's identifiers beside the name and its snake_case. */
  readonly aliases?: readonly string[];
  /** Where absent, Keras has it and we do not yet. */
  readonly type?: InitializerClass;
  readonly factory?: () => Initializer;
}

/** @see keras/src/initializers/__init__.py */
const ENTRIES: readonly Entry[] = [
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
  { name: 'Bits', type: Bits, factory: bits },
  { name: 'STFT', aliases: ['STFTInitializer'] },
];

// Maps, for an object would find "constructor" and "__proto__" as well.
const byIdentifier = new Map<string, Entry>();
const byFunction = new Map<unknown, () => Initializer>();
for (const entry of ENTRIES) {
  for (const identifier of [entry.name, snakeCase(entry.name), ...(entry.aliases ?? [])])
    byIdentifier.set(identifier, entry);
  const { type, factory } = entry;
  if (type) byFunction.set(type, () => new type());
  if (factory) byFunction.set(factory, factory);
}

/** Every string that names an initializer: class names, their snake_case, and Keras's aliases. */
export const IDENTIFIERS: readonly string[] = [...byIdentifier]
  .filter(([, entry]) => entry.type)
  .map(([identifier]) => identifier);

/** @throws ArgumentError where nothing, or nothing yet, has that name */
export function classOf(identifier: string): InitializerClass {
  const entry = byIdentifier.get(identifier);
  if (entry?.type) return entry.type;
  const known = IDENTIFIERS.filter((one) => one === one.toLowerCase());
  const fault = entry ? `${identifier} is not available yet` : `unknown initializer ${show(identifier)}`;
  throw new ArgumentError(`${fault}; known identifiers: ${known.join(', ')} and the class names`);
}

/** What makes the initializer of one of our classes or factories; undefined for any other function. */
export function makerOf(value: unknown): (() => Initializer) | undefined {
  return byFunction.get(value);
}
