import { show } from '../core/errors';
import { isInitializer } from './initializer';
import { type InitializerSpec, isParts, type PartSpec } from './resolve';

/** A specification in a few words, such as `RandomNormal(stddev=0.02)` or `zeros[4], ones[4], zeros[8]`. */
export function specLabel(spec: InitializerSpec): string {
  if (!isParts(spec)) return partLabel(spec);
  return spec.map(({ shape, initializer }) => `${partLabel(initializer)}[${shape.join(', ')}]`).join(', ');
}

function partLabel(spec: PartSpec): string {
  if (typeof spec === 'string') return spec;
  const [name, given] = isInitializer(spec)
    ? [spec.className, spec.getConfig()]
    : [spec.class_name, spec.config];
  const config = (given ?? {}) as Record<string, unknown>;
  const settings = Object.entries(config)
    .filter(([, value]) => value !== null)
    .map(
      ([key, value]) => `${key}=${typeof value === 'number' ? Number(value.toPrecision(6)) : show(value)}`,
    );
  return settings.length === 0 ? String(name) : `${name}(${settings.join(', ')})`;
}
