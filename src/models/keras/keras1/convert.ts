import { ArgumentError, show } from '../../../core/errors';
import type { LayerSource } from '../config_fields';
import type { Kind } from '../layer';
import { kindNamed } from '../registry';
import type { Dims } from '../shape';
import { isObject, type JsonObject } from '../structure';
import { words } from '../words';
import { Build, orderingOf } from './build';
import type { Keras1 } from './detect';
import { modernInitializer } from './initializer';
import { RENAMED, type Rule, RULES } from './layers';

/** A layer of Keras 1 as one of today, and its kind where this is not the kind of its class. */
export interface Converted {
  readonly source: LayerSource;
  readonly kind?: Kind<any>;
}

const pairs = (text = ''): Map<string, string> =>
  new Map(words(text).map((pair) => pair.split(':') as [string, string]));
const renamed = pairs(RENAMED);
/** The classes of which Keras 1 does not write where the channels are. */
const SILENT = /^(ZeroPadding|Cropping|UpSampling)[23]D$/;

/**
 * A layer of Keras 1 under today's names, with the weights that Keras 1 gave it. A class that is not known is kept as
 * it is.
 * @throws ArgumentError for an argument that no later version has
 */
export function fromKeras1(source: LayerSource, keras1: Keras1): Converted {
  const { class_name: className } = source;
  const rule = RULES.get(className) ?? {};
  const today = rule.today === null ? undefined : kindNamed(rule.today ?? className);
  if (today?.fields.layers !== undefined || (today === undefined && rule.today === undefined))
    return { source };
  try {
    for (const key of rule.needs === undefined ? [] : words(rule.needs))
      if (source.config[key] === undefined) throw new ArgumentError(`${key} is missing`);
    const { config } = source;
    const converted =
      today === undefined
        ? source
        : { ...source, class_name: today.className, config: modern(source, rule, keras1) };
    return { source: converted, kind: kindOf(rule, today, className, config, keras1) };
  } catch (error) {
    if (!(error instanceof ArgumentError)) throw error;
    throw new ArgumentError(
      `layer ${show(source.name ?? source.config.name)} (${className} of Keras 1): ${error.message}`,
    );
  }
}

/** The configuration under today's names. */
function modern({ class_name, config }: LayerSource, rule: Rule, keras1: Keras1): JsonObject {
  const own = pairs(rule.renamed);
  const given: Record<string, unknown> = { ...config, ...rule.derive?.(config) };
  if (SILENT.test(class_name)) given.dim_ordering = orderingOf(config, keras1);
  const result: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(given)) {
    if (value === undefined) continue;
    const to = own.get(key) ?? renamed.get(key) ?? key;
    result[to] = valueOf(key, value, config, keras1);
  }
  return result;
}

function valueOf(key: string, value: unknown, config: JsonObject, keras1: Keras1): unknown {
  if (key === 'dim_ordering') return orderingOf(config, keras1) === 'th' ? 'channels_first' : 'channels_last';
  if (key === 'border_mode' && value === 'full')
    throw new ArgumentError('border_mode must be "valid" or "same", got "full", which no later version has');
  if (/(^|_)init(ializer)?$/.test(key)) return modernInitializer(value);
  if (/_(regularizer|constraint)$/.test(key) && isObject(value)) return penalty(value);
  return value;
}

/** A regularizer or a constraint in today's envelope. */
function penalty({ name, m, ...rest }: JsonObject): unknown {
  if (typeof name !== 'string') return { name, m, ...rest };
  return {
    class_name: name.endsWith('Regularizer') ? 'L1L2' : name,
    config: m === undefined ? rest : { max_value: m, ...rest },
  };
}

/** The kind of a layer: that of today with the weights of Keras 1, or one that no later version has. */
function kindOf(
  { build, output }: Rule,
  today: Kind<any> | undefined,
  className: string,
  config: JsonObject,
  keras1: Keras1,
): Kind<any> | undefined {
  if (build === undefined) return today;
  const base: Kind<any> = today ?? { className, fields: {}, anyKey: true, output: (_, call) => call.shape };
  const kind: Kind<any> = {
    ...base,
    build(layer, values, call) {
      build(
        new Build(layer, config, values as never, call, keras1),
        kind.output(values, call, layer) as Dims,
      );
    },
  };
  // A recurrent layer of Keras 1 has no cell.
  return output === undefined
    ? kind
    : Object.assign(kind, {
        children: undefined,
        output: (values, call) => output(config, values as never, call),
      } satisfies Partial<Kind<any>>);
}
