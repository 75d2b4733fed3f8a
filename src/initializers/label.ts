import { ArgumentError, reading, show } from '../core/errors';
import { membersOf } from './initializer';
import { type Filling, isParts, readParts } from './resolve';
import { initializerFrom, type InitializerSpec } from './spec';

/**
 * A specification in a few words, such as `RandomNormal(stddev=0.02)`. Options that the specification
 * leaves out, or that are null, are left out here, too. Numbers have six digits.
 */
export function initializerLabel(spec: InitializerSpec): string {
  if (typeof spec === 'string') return spec;
  const { name, config } = named(spec);
  const settings = Object.entries(config)
    .filter(([, value]) => value !== null)
    .map(
      ([key, value]) => `${key}=${typeof value === 'number' ? Number(value.toPrecision(6)) : show(value)}`,
    );
  return settings.length === 0 ? name : `${name}(${settings.join(', ')})`;
}

function named(spec: Exclude<InitializerSpec, string>): { name: string; config: object } {
  if (typeof spec === 'function') return { name: initializerFrom(spec).className, config: {} };
  const members = membersOf(spec);
  if (members !== undefined) return { name: members.className, config: members.getConfig() };
  const { name, config } = reading('an initializer', () => {
    const { class_name: name, config } = Object(spec) as Record<string, unknown>;
    return { name, config };
  });
  if (typeof name !== 'string') throw new ArgumentError(`class_name must be a string, got ${show(name)}`);
  return { name, config: config ?? {} };
}

/**
 * What fills a tensor in a few words, such as `zeros[4], ones[4], zeros[8]`.
 *
 * @example
 * ```ts
 * import { fillingLabel, layers, Sequential } from 'tensorseed/models';
 *
 * const [kernel] = new Sequential([layers.dense({ units: 4, inputShape: [3] })]).weights;
 * console.log(fillingLabel(kernel.initializer)); // GlorotUniform
 * console.log(fillingLabel({ class_name: 'RandomNormal', config: { stddev: 0.02 } })); // RandomNormal(stddev=0.02)
 * ```
 */
export function fillingLabel(filling: Filling): string {
  if (!isParts(filling)) return initializerLabel(filling);
  return readParts(
    filling,
    ({ shape, initializer }) => `${initializerLabel(initializer)}[${shape.join(', ')}]`,
  ).join(', ');
}
