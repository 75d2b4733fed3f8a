import { ArgumentError, show } from '../../core/errors';
import { type Call, Outputs } from './call';
import type { CustomLayer, CustomLayerResult } from './hooks';
import type { Kind, Layer } from './layer';
import { type Dims, isDims } from './shape';

/** The kind of a layer that a hook describes. */
export function customKind(className: string, hook: CustomLayer): Kind<any> {
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
      if (Array.isArray(outputShape) && outputShape.every(isDims)) return new Outputs(outputShape);
      throw new ArgumentError(
        `its hook must return an outputShape of sizes and nulls, or a list of such, got ${show(outputShape)}`,
      );
    },
  };
}
