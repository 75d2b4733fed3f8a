import { readArray } from '../../core/check';
import { ArgumentError, reading, show } from '../../core/errors';
import { type Call, Outputs } from './call';
import type { CustomLayer, CustomLayerResult, CustomWeight } from './hooks';
import type { Kind, Layer } from './layer';
import { type Dims, isDims } from './shape';

/** The kind of a layer that a hook describes. */
export function customKind(className: string, hook: CustomLayer): Kind<any> {
  const ask = (call: Call, layer: Layer): CustomLayerResult => {
    const shapes = call.tensors.map(({ shape }) => shape as Dims);
    const result: unknown = hook(layer.source.config, shapes);
    if (typeof result !== 'object' || result === null)
      throw new ArgumentError(`its hook must return {weights, outputShape}, got ${show(result)}`);
    return reading('what its hook returns', () => {
      const { weights, outputShape } = result as CustomLayerResult;
      return {
        weights,
        outputShape: Array.isArray(outputShape) ? structuredClone(outputShape) : outputShape,
      };
    });
  };
  return {
    className,
    fields: {},
    anyKey: true,
    build(layer, _, call) {
      const { weights = [] } = ask(call, layer);
      for (const { name, shape, initializer, trainable } of readArray(
        'weights',
        weights,
        'a list',
        readWeight,
      ))
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

function readWeight(weight: unknown, what: string): CustomWeight {
  if (typeof weight !== 'object' || weight === null)
    throw new ArgumentError(`${what} of its hook must be {name, shape, initializer}, got ${show(weight)}`);
  const { name, shape, initializer, trainable } = reading(what, () => ({ ...(weight as CustomWeight) }));
  if (typeof name !== 'string' || name === '')
    throw new ArgumentError(
      `name of ${what} of its hook must be a string that is not empty, got ${show(name)}`,
    );
  if (trainable !== undefined && typeof trainable !== 'boolean')
    throw new ArgumentError(`trainable of ${what} of its hook must be true or false, got ${show(trainable)}`);
  return { name, shape, initializer, trainable };
}
