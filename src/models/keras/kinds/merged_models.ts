import { ArgumentError } from '../../../core/errors';
import { layer as layerField, type LayerSource, list } from '../config_fields';
import { Graph, type GraphNode, Ref } from '../graph';
import { type Kind, kind } from '../kind';
import type { Layer } from '../layer';
import { functionalConfig } from '../serialize';
import { models } from './models';

/**
 * A Sequential of Keras 1 and 2.0 that begins with a Merge of other models: a graph with the inputs of all of them.
 * Its first layer has these models in its configuration, as "layers".
 */
export const mergedModels: Kind<any> = kind({
  className: 'Functional',
  fields: { layers: list(layerField()) },
  takesUnknown: true,
  children(layer, { layers }) {
    const [merge, ...rest] = layers as readonly LayerSource[];
    const branches = list(layerField())
      .read('layers', merge.config.layers)
      .map((source) => branch(layer, source));
    const inputs: string[] = [];
    const nodes: GraphNode[] = [];
    for (const child of branches) {
      const shapes = child.graph!.inputShapes!;
      const refs = shapes.map((shape) => {
        const name = `${child.name}_input${shapes.length > 1 ? `_${inputs.length}` : ''}`;
        layer.child({ class_name: 'InputLayer', config: { name, batch_shape: shape } });
        inputs.push(name);
        return new Ref(name, 0, 0);
      });
      nodes.push({ layer: child, index: 0, args: [refs.length === 1 ? refs[0] : refs], kwargs: {} });
    }
    let last: unknown = branches.map(({ name }) => new Ref(name, 0, 0));
    for (const source of [merge, ...rest]) {
      const { layers: _, ...config } = source.config;
      const child = layer.child({ ...source, config });
      nodes.push({ layer: child, index: 0, args: [last], kwargs: {} });
      last = new Ref(child.name, 0, 0);
    }
    const shapes = branches.flatMap((child) => child.graph!.inputShapes!);
    layer.graph = Graph.of(nodes, inputs, shapes, last);
  },
  output: models.functional.output,
  config: functionalConfig,
});

/** One of the models that are merged. A layer alone is a model of one layer. */
function branch(layer: Layer, source: LayerSource): Layer {
  const isModel = Array.isArray(source.config) || source.config.layers !== undefined;
  const child = layer.child(isModel ? source : { class_name: 'Sequential', config: { layers: [source] } });
  if (child.graph?.inputShapes === undefined)
    child.within(() => {
      throw new ArgumentError(
        'it is merged, and has no input shape: its first layer needs a batch_input_shape',
      );
    });
  return child;
}

/** Whether a Sequential begins with a Merge of models. */
export function beginsWithMerge({ config }: LayerSource): boolean {
  const [first] = Array.isArray(config.layers) ? (config.layers as readonly Partial<LayerSource>[]) : [];
  return first?.class_name === 'Merge' && Array.isArray(first.config?.layers);
}
