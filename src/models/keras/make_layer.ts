import { ArgumentError, show } from '../../core/errors';
import { asked, nearest } from '../../core/nearest';
import type { LayerSource } from './config_fields';
import type { Context } from './context';
import { customKind } from './custom_kind';
import type { CustomLayer } from './hooks';
import { type Converted, fromKeras1 } from './keras1/convert';
import { fromMerge } from './keras1/merge';
import { beginsWithMerge, mergedModels } from './kinds/merged_models';
import { models } from './kinds/models';
import { kerasOperation } from './kinds/operations';
import type { Kind, Layer } from './layer';
import { ModelLayer } from './model_layer';
import { hookOf } from './registered_name';
import { CLASS_NAMES, kindNamed } from './registry';

/**
 * Makes the layer that a JSON describes, by a hook or as one of Keras's. `name` is for a layer without
 * one.
 */
export function makeLayer(
  context: Context,
  source: LayerSource,
  parent: Layer | undefined,
  name?: string,
): ModelLayer {
  if (hookFor(context, source) === undefined) {
    const { source: read, kind } = modern(context, source);
    return new ModelLayer(context, read, kind ?? kindOf(context, read, parent, name), parent, name);
  }
  return new ModelLayer(context, source, kindOf(context, source, parent, name), parent, name);
}

/** A layer of an older version of Keras as one of today. */
function modern(context: Context, given: LayerSource): Converted {
  if (context.generation === 3) return { source: given };
  // A Sequential of Keras 2.2 and earlier is a list of its layers.
  const source = Array.isArray(given.config) ? { ...given, config: { layers: given.config } } : given;
  if (source.class_name === 'Merge') return { source: fromMerge(source) };
  if (source.class_name === 'Sequential' && beginsWithMerge(source)) return { source, kind: mergedModels };
  return context.keras1 ? fromKeras1(source, context.keras1) : { source };
}

function hookFor(
  context: Context,
  { class_name: className, registered_name: registered }: LayerSource,
): CustomLayer | undefined {
  return hookOf(context.customLayers, registered, className);
}

function kindOf(context: Context, source: LayerSource, parent: Layer | undefined, name?: string): Kind<any> {
  const { class_name: className, config, module, registered_name: registered } = source;
  const hook = hookFor(context, source);
  if (hook) return customKind(className, hook);
  if (typeof module === 'string' && /^keras\.(src\.)?ops\b/.test(module)) return kerasOperation(className);
  const isCustom = typeof registered === 'string' && registered.includes('>');
  const kind = isCustom ? undefined : kindNamed(className);
  if (kind) return kind;
  // A subclass of Functional is a graph of layers all the same.
  if (Array.isArray(config.layers) && config.input_layers !== undefined && config.output_layers !== undefined)
    return models.functional;
  const path = [parent?.path, source.name ?? config.name ?? name].filter(Boolean).join('/');
  const key = show(isCustom ? registered : className);
  const near = isCustom ? '' : asked(nearest(className, CLASS_NAMES));
  throw new ArgumentError(
    `${context.what} has the layer ${show(path)} of class ${key}, which is unknown or custom: ` +
      `options.customLayers[${key}] can give its weights and output shape${near}`,
  );
}
