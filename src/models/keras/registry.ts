import { ArgumentError, show } from '../../core/errors';
import { Call, Many } from './call';
import type { Context, CustomLayer, CustomLayerResult } from './context';
import type { LayerSource } from './fields';
import type { Kind } from './kind';
import { attentions } from './kinds/attention';
import { convLstmCells, convLstms } from './kinds/conv_lstm';
import { convolutions } from './kinds/convolution';
import { core } from './kinds/core';
import { cudnn } from './kinds/cudnn';
import { einsumDense } from './kinds/einsum';
import { elementwise } from './kinds/elementwise';
import { mergings } from './kinds/merging';
import { inputLayer, models } from './kinds/models';
import { normalizations } from './kinds/normalization';
import { kerasOperation, tensorflowOperations } from './kinds/operations';
import { poolings } from './kinds/pooling';
import { preprocessings } from './kinds/preprocessing';
import { recurrents } from './kinds/recurrent';
import { reshapings } from './kinds/reshaping';
import { wrappers } from './kinds/wrappers';
import { Layer } from './layer';
import { type Dims, isDims } from './shape';

/** Every kind of layer that a Sequential can be made of, by the name of its factory. */
export const LAYER_KINDS = {
  inputLayer,
  ...core,
  einsumDense,
  ...convolutions,
  ...poolings,
  ...reshapings,
  ...mergings,
  ...elementwise,
  ...normalizations,
  ...attentions,
  ...recurrents,
  ...convLstms,
  ...cudnn,
  ...wrappers,
  ...preprocessings,
};

// A Map, for an object would find "constructor" as well.
const byClassName = new Map<string, Kind<any>>();
for (const kind of [
  ...Object.values<Kind<any>>(LAYER_KINDS),
  ...Object.values(models),
  ...Object.values(convLstmCells),
  ...tensorflowOperations,
]) {
  for (const name of [kind.className, ...(kind.aliases ?? [])]) byClassName.set(name, kind);
}

/** Makes the layer that a JSON describes, by a hook or as one of Keras's. */
export function makeLayer(
  context: Context,
  source: LayerSource,
  parent: Layer | undefined,
  name?: string,
): Layer {
  return new Layer(context, source, kindOf(context, source, parent, name), parent, name);
}

function kindOf(context: Context, source: LayerSource, parent: Layer | undefined, name?: string): Kind<any> {
  const {
    class_name: className,
    module,
    registered_name: registered,
  } = source as LayerSource & { module?: unknown; registered_name?: unknown };
  const hook = context.customLayers.get(registered as string) ?? context.customLayers.get(className);
  if (hook) return customKind(className, hook);
  if (typeof module === 'string' && /^keras\.(src\.)?ops\b/.test(module)) return kerasOperation(className);
  const isCustom = typeof registered === 'string' && registered.includes('>');
  const kind = isCustom ? undefined : byClassName.get(className);
  if (kind) return kind;
  const { config } = source;
  if (Array.isArray(config.layers) && config.input_layers !== undefined && config.output_layers !== undefined)
    return models.functional;
  const path = [parent?.path, source.name ?? config.name ?? name].filter(Boolean).join('/');
  const key = isCustom ? registered : className;
  throw new ArgumentError(
    `${context.what} has the layer ${show(path)} of class ${show(key)}, which is unknown or custom: options.customLayers[${show(key)}] can give its weights and output shape`,
  );
}

/** A layer that the caller describes. */
function customKind(className: string, hook: CustomLayer): Kind<any> {
  const ask = (call: Call, layer: Layer): CustomLayerResult => {
    const shapes = call.tensors.map(({ shape }) => shape as Dims);
    const result = hook(layer.source.config, shapes);
    if (typeof result !== 'object' || result === null)
      throw new ArgumentError(`its hook must return {weights, outputShape}, got ${show(result)}`);
    return result;
  };
  return {
    className,
    fields: {},
    anyKey: true,
    build(layer, _, call) {
      for (const { name, shape, initializer, trainable } of ask(call, layer).weights ?? [])
        layer.weight(name, shape, initializer, { trainable });
    },
    output(_, call, layer) {
      const { outputShape } = ask(call, layer);
      if (outputShape === undefined) return call.shape;
      if (isDims(outputShape)) return outputShape;
      if (Array.isArray(outputShape) && outputShape.every(isDims)) return new Many(outputShape);
      throw new ArgumentError(
        `its hook must return an outputShape of sizes and nulls, or a list of such, got ${show(outputShape)}`,
      );
    },
  };
}
