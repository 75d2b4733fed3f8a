import { ArgumentError, show } from '../core/errors';
import type { Shape } from '../core/shape';
import type { Json } from '../formats/json';
import type { SafetensorsDtype } from '../formats/safetensors_dtypes';
import { listedTensor, type StoredTensor } from './checkpoint';

type JsonObject = ReadonlyMap<string, Json>;

/** TensorFlow.js's names of types. */
const DTYPES = new Map<Json | undefined, SafetensorsDtype>([
  ['float32', 'F32'],
  ['float16', 'F16'],
  ['int32', 'I32'],
  ['uint8', 'U8'],
  ['bool', 'BOOL'],
  ['string', 'U8'], // Rules may leave them out, and nothing fills them.
  ['complex64', 'C64'],
]);

/** Whether it is the model.json of a graph model: TensorFlow's graph, and not Keras's layers. */
export function isGraphModel(root: JsonObject): boolean {
  const topology = root.get('modelTopology');
  if (!(topology instanceof Map) || topology.has('dtype')) return false;
  return root.get('format') === 'graph-model' || topology.has('node') || topology.has('library');
}

/** What a message says of a graph model for which there are no rules. */
export const GRAPH_MODEL =
  "a graph model of TensorFlow.js, whose graph has no initializers: export the Keras model as a layers model, or give rules for the tensors of the graph's weightsManifest";

/**
 * The tensors that a model.json of TensorFlow.js lists in its weightsManifest, in its order.
 * @throws ArgumentError where it is there and is no list of tensors
 */
export function manifestOf(file: string, root: JsonObject): readonly StoredTensor[] {
  const groups = root.get('weightsManifest') ?? [];
  const fail = (found: unknown): never => {
    throw new ArgumentError(
      `"weightsManifest" in ${file} must be a list of {"weights": [{"name", "shape", "dtype"}]}, got ${show(found)}`,
    );
  };
  if (!Array.isArray(groups)) return fail(groups);
  return groups.flatMap((group) => {
    const weights = group instanceof Map ? group.get('weights') : undefined;
    if (!Array.isArray(weights)) return fail(group);
    return weights.map((weight): StoredTensor => {
      if (!(weight instanceof Map)) return fail(weight);
      const [name, shape, dtype] = ['name', 'shape', 'dtype'].map((key) => weight.get(key));
      if (typeof name !== 'string' || !Array.isArray(shape)) return fail(weight);
      const known = DTYPES.get(dtype);
      if (known === undefined)
        throw new ArgumentError(
          `tensor ${show(name)} of ${file} has the dtype ${show(dtype)}, which is not one of ${[...DTYPES.keys()].join(', ')}`,
        );
      return listedTensor(name, shape as Shape, known);
    });
  });
}
