import { ArgumentError, show } from '../../../core/errors';
import { type Call, Outputs } from '../call';
import { json, layer as layerField, list } from '../config_fields';
import { Graph, type GraphNode, Ref, refsIn, replaceRefs } from '../graph';
import { inboundCalls, type Inbound, places } from '../inbound';
import { type Kind, kind } from '../kind';
import { checkNoInput, inputLayer, shapeField } from './input';
import type { Layer } from '../layer';
import { functionalConfig, sequentialConfig } from '../serialize';
import type { Dims } from '../shape';

function runGraph(call: Call, layer: Layer): Outputs {
  return new Outputs(layer.graph!.run(call.tensors.map(({ shape }) => shape)));
}

const sequential = kind({
  className: 'Sequential',
  fields: { layers: list(layerField()), build_input_shape: json() },
  takesUnknown: true,
  children(layer, { layers, build_input_shape }) {
    if (layers.length === 0 && layer.parent)
      throw new ArgumentError('layers must hold a layer at least, got []');
    const children = layers.map((source) => layer.child(source));
    const first = children[0]?.kind === inputLayer ? children.shift() : undefined;
    for (const child of children) checkNoInput(child);
    let name = first?.name ?? 'input_layer';
    while (!first && children.some((child) => child.name === name)) name += '_';
    const nodes = children.map((child, i): GraphNode => ({
      layer: child,
      index: 0,
      args: [new Ref(i === 0 ? name : children[i - 1].name, 0, 0)],
      kwargs: {},
    }));
    const shape =
      (first?.values.batch_shape as Dims | null | undefined) ??
      inputShapeOf(children[0]) ??
      asShape(build_input_shape) ??
      recordedShape(layer) ??
      recordedShape(children[0]);
    layer.graph = Graph.of(
      nodes,
      [name],
      shape ? [shape] : undefined,
      new Ref(children.at(-1)?.name ?? name, 0, 0),
    );
  },
  output: (_, call, layer) => runGraph(call, layer),
  config: sequentialConfig,
});

const asShape = (value: unknown): Dims | undefined =>
  value === null || value === undefined || !Array.isArray(value)
    ? undefined
    : (shapeField.read('the input shape', value) ?? undefined);

const recordedShape = (layer: Layer | undefined): Dims | undefined =>
  asShape((layer?.source.build_config as { input_shape?: unknown } | null | undefined)?.input_shape);

/** The input shape in the configuration of a Sequential's first layer, where a file has no InputLayer. */
function inputShapeOf(layer: Layer | undefined): Dims | undefined {
  if (layer === undefined) return undefined;
  const {
    graph,
    source: { config },
  } = layer;
  if (graph) return graph.inputShapes?.[0];
  const batch = (config.batch_size ?? null) as number | null;
  const whole = asShape(config.batch_input_shape ?? config.batch_shape);
  if (whole) return whole;
  const rest = asShape(config.input_shape);
  if (rest) return [batch, ...rest];
  const { input_dim, input_length } = config as { input_dim?: number | null; input_length?: number | null };
  // The input_dim of an Embedding is the size of its vocabulary. Its input may have any length by default.
  if (layer.className === 'Embedding') return asShape([batch, ...[input_length ?? null].flat()]);
  if (input_dim !== undefined && input_dim !== null)
    return asShape(input_length === undefined ? [batch, input_dim] : [batch, input_length, input_dim]);
  // A Bidirectional passes its input on to its layers as it is.
  return layer.className === 'Bidirectional' ? inputShapeOf(layer.children[0]) : undefined;
}

const functional = kind({
  className: 'Functional',
  aliases: ['Model', 'Network'],
  fields: { layers: list(layerField()), input_layers: json([]), output_layers: json([]) },
  takesUnknown: true,
  children(layer, { layers: sources, input_layers, output_layers }) {
    const layers = new Map(sources.map((source) => layer.child(source)).map((child) => [child.name, child]));
    const names = new Set(layers.keys());
    const calls = new Map(
      sources.map((source, i): [Layer, readonly Inbound[]] => {
        const child = layer.children[i];
        return [child, child.within(() => inboundCalls(source.inbound_nodes, names))];
      }),
    );
    const inputs = refsIn(places('input_layers', input_layers)).map((ref) => ref.layer);
    const outputs = places('output_layers', output_layers);
    if (refsIn(outputs).length === 0)
      throw new ArgumentError(`output_layers must name a layer at least, got ${show(output_layers)}`);
    for (const [key, refs] of [
      ['input_layers', inputs],
      ['output_layers', refsIn(outputs).map((ref) => ref.layer)],
    ] as const) {
      for (const name of refs)
        if (!names.has(name))
          throw new ArgumentError(`${key} names layer ${show(name)}, which is not among its layers`);
    }
    const isInput = new Set(inputs);
    for (const [child] of calls) {
      if (child.kind !== inputLayer || isInput.has(child.name)) continue;
      isInput.add(child.name);
      inputs.push(child.name);
    }
    const shift = shiftOf(layer, calls, outputs);
    const nodes = [...calls].flatMap(([child, own]) =>
      own.map(({ args, kwargs }, index): GraphNode => ({
        layer: child,
        index,
        args: replaceRefs(args, (ref) => shift(ref, false)) as unknown[],
        kwargs: replaceRefs(kwargs, (ref) => shift(ref, false)) as Record<string, unknown>,
      })),
    );
    const shapes = inputs.map((name) =>
      layers.get(name)!.within(() => {
        const shape = layers.get(name)!.values.batch_shape as Dims | null | undefined;
        if (!shape) throw new ArgumentError('it is an input of the model without a batch_shape');
        return shape;
      }),
    );
    layer.graph = Graph.of(
      nodes.filter((node) => !isInput.has(node.layer.name)),
      inputs,
      shapes,
      replaceRefs(outputs, (ref) => shift(ref, true)),
    );
  },
  output: (_, call, layer) => runGraph(call, layer),
  config: functionalConfig,
});

/**
 * Corrects the call indices of Refs to nested models. In some files a nested model counts its own
 * construction as its call 0, so that its first call in this graph is 1: files of tf.keras 2 do so
 * everywhere, and those of Keras 3 in "output_layers" alone. An index beyond the number of calls shows
 * that a file counts so.
 */
function shiftOf(
  layer: Layer,
  calls: ReadonlyMap<Layer, readonly Inbound[]>,
  outputs: unknown,
): (ref: Ref, isOutput: boolean) => Ref {
  const counts = new Map(
    [...calls].map(([child, own]) => [
      child.name,
      { model: child.graph !== undefined, functional: child.className === 'Functional', calls: own.length },
    ]),
  );
  const highest = new Map<string, number>();
  const note = (ref: Ref): void =>
    void highest.set(ref.layer, Math.max(ref.node, highest.get(ref.layer) ?? 0));
  for (const own of calls.values()) for (const { args, kwargs } of own) refsIn([args, kwargs]).forEach(note);
  if (layer.generation === 2) refsIn(outputs).forEach(note);
  return (ref, isOutput) => {
    const target = counts.get(ref.layer);
    if (!target?.model || ref.node === 0) return ref;
    const always = isOutput && layer.generation === 3 && target.functional;
    return always || (highest.get(ref.layer) ?? ref.node) >= target.calls || ref.node >= target.calls
      ? new Ref(ref.layer, ref.node - 1, ref.tensor, ref.shape)
      : ref;
  };
}

export const models: Record<'sequential' | 'functional', Kind<any>> = { sequential, functional };
