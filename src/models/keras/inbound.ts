import { ArgumentError, show } from '../../core/errors';
import { Ref } from './graph';
import { type Dims, isDims } from './shape';
import { isObject, type JsonObject, mapValues } from './structure';

/** The arguments of one call of a layer, with Refs for tensors. */
export interface Inbound {
  readonly args: readonly unknown[];
  readonly kwargs: Readonly<Record<string, unknown>>;
}

type Names = ReadonlySet<string>;

/**
 * The calls of a layer, from the "inbound_nodes" of its JSON. For each call Keras 3 writes
 * {"args", "kwargs"}, and Keras 2 a list of ["layer", node, tensor, kwargs] or one such entry alone.
 * @param names the names of the layers in the same graph
 */
export function inboundCalls(nodes: unknown, names: Names): readonly Inbound[] {
  if (nodes === undefined || nodes === null) return [];
  if (!Array.isArray(nodes)) throw new ArgumentError(`inbound_nodes must be a list, got ${show(nodes)}`);
  return nodes.map((node: unknown) => {
    if (isObject(node) && 'args' in node) {
      const { args, kwargs = {} } = node;
      if (!Array.isArray(args) || !isObject(kwargs))
        throw new ArgumentError(
          `inbound_nodes must hold {"args": [...], "kwargs": {...}}, got ${show(node)}`,
        );
      return { args: revived(args) as unknown[], kwargs: revived(kwargs) as JsonObject };
    }
    return legacyCall(node, names);
  });
}

/** Arguments as Keras 3 writes them, with a Ref in place of each envelope of a tensor. */
function revived(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(revived);
  if (!isObject(value)) return value;
  if (value.class_name === '__keras_tensor__') {
    const { keras_history: history, shape } = (value.config ?? {}) as JsonObject;
    if (!isPlace(history))
      throw new ArgumentError(
        `inbound_nodes has a tensor without ["layer", node, tensor], got ${show(history)}`,
      );
    return refOf(history, isDims(shape) ? shape : undefined);
  }
  return mapValues(value, revived);
}

type Place = readonly [layer: string, node: number, tensor: number, kwargs?: JsonObject];

function isPlace(value: unknown): value is Place {
  return (
    Array.isArray(value) &&
    (value.length === 3 || value.length === 4) &&
    typeof value[0] === 'string' &&
    isIndex(value[1]) &&
    isIndex(value[2])
  );
}

const isIndex = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;
const refOf = ([layer, node, tensor]: Place, shape?: Dims): Ref => new Ref(layer, node, tensor, shape);

/** Keras 2 also writes values that are no tensors: ["_CONSTANT_VALUE", -1, value, kwargs]. */
const isConstant = (value: unknown): value is [string, number, unknown, JsonObject?] =>
  Array.isArray(value) && value[0] === '_CONSTANT_VALUE';

function legacyCall(node: unknown, names: Names): Inbound {
  const kwargs: Record<string, unknown> = {};
  const read = (entry: unknown): unknown => {
    if (isConstant(entry) || isPlace(entry)) {
      if (isObject(entry[3])) Object.assign(kwargs, legacyValue(entry[3], names));
      return isConstant(entry) ? entry[2] : refOf(entry);
    }
    if (Array.isArray(entry)) return entry.map(read);
    if (isObject(entry)) return mapValues(entry, read);
    throw new ArgumentError(`inbound_nodes must hold ["layer", node, tensor, {...}], got ${show(entry)}`);
  };
  const input = read(node);
  return { args: [Array.isArray(input) && input.length === 1 ? input[0] : input], kwargs };
}

/**
 * A named argument as Keras 2 writes it. Only the layer's name tells the place of a tensor from another
 * list.
 */
function legacyValue(value: unknown, names: Names): unknown {
  if (isPlace(value) && names.has(value[0])) return refOf(value);
  if (Array.isArray(value)) return value.map((item) => legacyValue(item, names));
  return isObject(value) ? mapValues(value, (item) => legacyValue(item, names)) : value;
}

/**
 * "input_layers" or "output_layers" with a Ref in place of each ["layer", node, tensor], which stands
 * anywhere in lists and objects.
 * @param key which of the two it is, for messages
 */
export function places(key: string, value: unknown): unknown {
  if (isPlace(value)) return refOf(value);
  if (Array.isArray(value)) return value.map((item) => places(key, item));
  if (isObject(value)) return mapValues(value, (item) => places(key, item));
  throw new ArgumentError(`${key} must hold ["layer", node, tensor], got ${show(value)}`);
}
