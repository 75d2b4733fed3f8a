import { ArgumentError, show } from '../core/errors';
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
import type { Initializer } from './initializer';
import { snakeCase } from '../core/letter_case';
import { Orthogonal, orthogonal } from './orthogonal';
import { RandomNormal, randomNormal } from './random_normal';
import { RandomUniform, randomUniform } from './random_uniform';
import { TruncatedNormal, truncatedNormal } from './truncated_normal';
import { VarianceScaling, varianceScaling } from './variance_scaling';

export interface InitializerClass {
  new (): Initializer;
  /** @throws ArgumentError naming the key that is unknown, or whose value cannot be right */
  fromConfig(config: unknown): Initializer;
}

/** An initializer's class name, and what belongs to it. */
interface Row {
  readonly name: string;
  /** Absent for a class of Keras's that is not available here. */
  readonly type?: InitializerClass;
  readonly factory?: () => Initializer;
  /** Identifiers beside the class name and its snake_case. */
  readonly aliases?: readonly string[];
  /** What Keras's JSON calls the class where it is none of Keras's own, "package>Class". */
  readonly registeredName?: string;
}

/**
 * Every initializer. The aliases are Keras's.
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
  { name: 'STFT', aliases: ['STFTInitializer'] },
];

// These are Maps because an object would also find "constructor" and "__proto__".
const byIdentifier = new Map<string, Row>();
const makers = new Map<unknown, () => Initializer>();
for (const row of ROWS) {
  const { name, type, factory, aliases = [] } = row;
  for (const identifier of [name, snakeCase(name), ...aliases]) byIdentifier.set(identifier, row);
  if (type) makers.set(type, () => new type());
  if (factory) makers.set(factory, factory);
}

/** Every string that names an initializer: class names, their snake_case, and Keras's aliases. */
export const IDENTIFIERS: readonly string[] = [...byIdentifier]
  .filter(([, row]) => row.type)
  .map(([identifier]) => identifier);

/** @throws ArgumentError where no initializer has that name, or none that is available */
export function classOf(identifier: string): InitializerClass {
  const row = byIdentifier.get(identifier);
  if (row?.type) return row.type;
  const known = IDENTIFIERS.filter((one) => one === one.toLowerCase());
  const fault = row ? `${identifier} is not available yet` : `unknown initializer ${show(identifier)}`;
  throw new ArgumentError(`${fault}; known identifiers: ${known.join(', ')} and the class names`);
}

/** The registered name of a class that is none of Keras's own, or null for one that is. */
export function registeredNameOf(identifier: string): string | null {
  return byIdentifier.get(identifier)?.registeredName ?? null;
}

/** What makes the initializer of one of our classes or factories; undefined for any other value. */
export function makerOf(value: unknown): (() => Initializer) | undefined {
  return makers.get(value);
}
