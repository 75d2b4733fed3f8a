import { isObject, type JsonObject, mapValues } from './structure';

/**
 * Initializers for whose arguments null is no value, so that it stands for the default, as TensorFlow.js takes it.
 * @see tfjs-layers/src/initializers.ts
 */
const INITIALIZER =
  /^(Random(Normal|Uniform)|TruncatedNormal|VarianceScaling|Orthogonal|Identity|(Glorot|He|Le[Cc]un)(Normal|Uniform))$/;
/**
 * Arguments of TensorFlow.js's layers for which null is a value: a Bidirectional then returns two tensors, an LSTM's
 * biases are zeros, and a Constant has no value.
 * @see tfjs-layers/src/layers/wrappers.ts and recurrent.ts
 */
const VALUES = ['merge_mode', 'unit_forget_bias', 'value'];

/**
 * A model's JSON without the nulls that stand for defaults: in the configurations of initializers, and in all that
 * TensorFlow.js wrote. What other nulls mean is up to the fields of a layer.
 */
export function withoutNulls(root: JsonObject): JsonObject {
  const { keras_version: version } = root;
  const isTfjs = typeof version === 'string' && version.startsWith('tfjs');
  const clean = (json: unknown): unknown => {
    if (Array.isArray(json)) return json.map(clean);
    if (!isObject(json)) return json;
    const { class_name: name, config } = json;
    const all = mapValues(json, clean);
    if (typeof name !== 'string' || !isObject(config) || !(isTfjs || INITIALIZER.test(name))) return all;
    return { ...all, config: given(all.config as JsonObject) };
  };
  return clean(root) as JsonObject;
}

function given(config: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(config).filter(([key, value]) => value !== null || VALUES.includes(key)),
  );
}
