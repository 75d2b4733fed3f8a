import { ArgumentError, show } from '../../../core/errors';
import { Call, Outputs } from '../call';
import { choice, layer as layerField, type LayerSource, optional } from '../config_fields';
import { kind } from '../kind';
import type { Layer } from '../layer';
import { layerJson } from '../serialize';
import { atLeastRank, type Dims, type TensorShape, UnknownShape } from '../shape';

const timeDistributed = kind({
  className: 'TimeDistributed',
  fields: { layer: layerField() },
  children(layer, { layer: source }) {
    layer.child(source);
  },
  output(_, call, layer) {
    const [batch, time, ...rest] = atLeastRank(call.shape, 3);
    const outputs = layer.children[0].call(Call.of([batch, ...rest]));
    return new Outputs(
      outputs.map((output) =>
        output instanceof UnknownShape ? output : [output[0], time, ...output.slice(1)],
      ),
    );
  },
  config: (layer) => ({ layer: layerJson(layer.children[0]) }),
});

/**
 * A layer of a Bidirectional. Its name begins with its direction, because Keras renames the layer that
 * it is given.
 */
function directed(source: LayerSource, direction: 'forward' | 'backward', isCopy: boolean): LayerSource {
  const { name = source.class_name.toLowerCase(), go_backwards = false } = source.config;
  if (typeof name !== 'string')
    throw new ArgumentError(`the name of its layer must be a string, got ${show(name)}`);
  const config = { ...source.config, name: name.startsWith(`${direction}_`) ? name : `${direction}_${name}` };
  return { ...source, config: isCopy ? { ...config, go_backwards: !go_backwards } : config };
}

/** The outputs of both directions, merged as `mode` says. */
function joined(mode: string | null, forward: TensorShape, backward: TensorShape): readonly TensorShape[] {
  if (mode === null) return [forward, backward];
  if (mode !== 'concat' || forward instanceof UnknownShape) return [forward];
  const width = forward.at(-1)!;
  return [[...forward.slice(0, -1), width === null ? null : 2 * width] as Dims];
}

const bidirectional = kind({
  className: 'Bidirectional',
  fields: {
    layer: layerField(),
    merge_mode: { ...optional(choice(undefined, ['concat', 'sum', 'mul', 'ave'])), initial: 'concat' },
    backward_layer: optional(layerField()),
  },
  ignored: ['num_constants'],
  children(layer, { layer: source, backward_layer }) {
    layer.child(directed(source, 'forward', false));
    if (backward_layer === null) layer.child(directed(source, 'backward', true));
    // Keras 2 writes the layer that it was given, before it is renamed, and Keras 3 the renamed one.
    else if (layer.generation === 2) layer.child(directed(backward_layer, 'backward', false));
    else layer.child(backward_layer);
  },
  output({ merge_mode }, call, layer) {
    const { shape } = call;
    const [[forward, ...forwardStates], [backward, ...backwardStates]] = layer.children.map((child) =>
      child.call(Call.of(shape)),
    );
    return new Outputs([...joined(merge_mode, forward, backward), ...forwardStates, ...backwardStates]);
  },
  config: ({ children: [forward, backward] }: Layer) => ({
    layer: layerJson(forward),
    backward_layer: layerJson(backward),
  }),
});

export const wrappers = {
  /** Calls `layer` at every step of axis 1: `[batch, time, …]`. Weights: those of the layer. */
  timeDistributed,
  /**
   * Runs a recurrent layer in both directions and merges the outputs as `mergeMode` says. Weights: those of
   * the layer, forward_… and backward_….
   */
  bidirectional,
};
