import type { ConfigFields } from './config_fields';
import { type Ref, replaceRefs } from './graph';
import type { Layer } from './layer';
import { type Dims, UnknownShape } from './shape';

/** A dtype policy as Keras 3 writes it. */
function policyJson(name: string): unknown {
  return { module: 'keras', class_name: 'DTypePolicy', config: { name }, registered_name: null };
}

/**
 * A layer's configuration, complete and as Keras 3 spells it. That of a custom layer is as the file has
 * it.
 */
export function layerConfig(layer: Layer): Record<string, unknown> {
  const { kind, source, name } = layer;
  if (kind.anyKey) return { ...source.config, name };
  if (kind.className === 'InputLayer') {
    return inputConfig(layer.values.batch_shape as Dims | null, layer.policy, name, layer.values);
  }
  const trainable = kind.untrainable ? {} : { trainable: source.config.trainable !== false };
  const config: Record<string, unknown> = { name, ...trainable, dtype: policyJson(layer.policy) };
  for (const [key, field] of Object.entries(kind.fields as ConfigFields)) {
    const value = layer.values[key];
    config[key] = field.write ? field.write(value) : value;
  }
  return { ...config, ...kind.config?.(layer) };
}

/** The configuration of an input. */
function inputConfig(
  shape: Dims | null,
  dtype: string,
  name: string,
  { sparse = false, ragged = false, optional = false }: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  return { batch_shape: shape, dtype, sparse, ragged, name, optional };
}

/** A layer in Keras 3's envelope. */
export function layerJson(layer: Layer): Record<string, unknown> {
  const { kind, source, className } = layer;
  if (kind.anyKey) return { ...source, config: layerConfig(layer) };
  if (className === 'Functional') return envelope('keras.src.models.functional', layer, className);
  return envelope(className === 'Sequential' ? 'keras' : 'keras.layers', layer, null);
}

function envelope(module: string, layer: Layer, registered: string | null): Record<string, unknown> {
  return {
    module,
    class_name: layer.className,
    config: layerConfig(layer),
    registered_name: registered,
  };
}

/** The layers of a Sequential, an InputLayer first where its input's shape is known. */
export function sequentialConfig({ children, graph }: Layer): Record<string, unknown> {
  const shape = graph?.inputShapes?.[0];
  const layers = children.map(layerJson);
  if (shape && children[0].className !== 'InputLayer') {
    const config = inputConfig(shape, 'float32', graph!.inputs[0], {});
    layers.unshift({ module: 'keras.layers', class_name: 'InputLayer', config, registered_name: null });
  }
  return { layers, build_input_shape: shape ?? null };
}

/** The layers of a Functional model, each with its calls. */
export function functionalConfig({ children, graph }: Layer): Record<string, unknown> {
  const byName = new Map(children.map((child) => [child.name, child]));
  const inputShape = new Map(graph!.inputs.map((name, i) => [name, graph!.inputShapes?.[i]]));
  const tensor = (ref: Ref): unknown => {
    const source = byName.get(ref.layer)!;
    const shape = source.outputs[ref.node]?.[ref.tensor] ?? inputShape.get(ref.layer);
    const known = shape === undefined || shape instanceof UnknownShape ? (ref.shape ?? null) : shape;
    return {
      class_name: '__keras_tensor__',
      config: { shape: known, dtype: 'float32', keras_history: [ref.layer, ref.node, ref.tensor] },
    };
  };
  const layers = children.map((child) => ({
    ...layerJson(child),
    name: child.name,
    inbound_nodes: graph!
      .callsOf(child)
      .map(({ args, kwargs }) => ({ args: replaceRefs(args, tensor), kwargs: replaceRefs(kwargs, tensor) })),
  }));
  // Among the outputs, and only there, Keras counts a Functional's own construction as its call 0.
  const outputs = replaceRefs(graph!.outputs, ({ layer, node, tensor }) => [
    layer,
    node + (byName.get(layer)!.className === 'Functional' ? 1 : 0),
    tensor,
  ]);
  return { layers, input_layers: graph!.inputs.map((name) => [name, 0, 0]), output_layers: outputs };
}
