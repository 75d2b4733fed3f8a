import { ArgumentError, show } from '../../core/errors';
import { knownKeys } from '../../core/check';
import type { Context, KerasModelOptions } from './context';
import type { LayerSource } from './fields';
import type { Layer } from './layer';
import { readModel } from './read';
import { makeLayer } from './registry';
import { layerConfig, layerJson } from './serialize';
import { type Dims, UnknownShape } from './shape';
import { type SummaryOptions, summarize } from './summary';
import { type KerasWeight, parameters } from './weight';

/** One layer of a model, as it is seen from outside. */
export interface KerasLayer {
  readonly className: string;
  readonly name: string;
  /** The names from the model's top on, joined by "/". */
  readonly path: string;
  /** Complete, under Keras 3's names. A fresh object each time. */
  readonly config: Record<string, unknown>;
  /** Of its first output, batch axis included; null where a size is open, undefined where not even the rank is known. */
  readonly outputShape: Dims | undefined;
  /** Of all outputs of all its calls in the model. */
  readonly outputShapes: readonly (Dims | undefined)[];
  readonly weights: readonly KerasWeight[];
  readonly trainable: boolean;
  readonly parameterCount: number;
  /** The layers that it holds: a nested model's, or what a wrapper wraps. */
  readonly layers: readonly KerasLayer[];
}

/** A Keras model: its layers, and its weights as named tensors with the initializers that were configured. */
export class KerasModel {
  readonly name: string;
  /** In Keras's order; those of a Sequential without its InputLayer. */
  readonly layers: readonly KerasLayer[];
  /** In Keras's order; the names are unique in the model. A weight that layers share is listed once. */
  readonly weights: readonly KerasWeight[];
  /** What was read without effect and might have been meant to have one, such as keys that no version of Keras has. */
  readonly notes: readonly string[];
  readonly #layer: Layer;

  /** @param layer the model itself, made and called */
  protected constructor(layer: Layer, notes: readonly string[]) {
    this.#layer = layer;
    this.name = layer.name;
    this.layers = views(layer);
    this.weights = layer.weights;
    this.notes = notes;
  }

  /** The model that a JSON describes: see kerasModel. */
  static from(source: string | object, options: KerasModelOptions = {}): KerasModel {
    return new KerasModel(...load(source, options));
  }

  /** The number of all weights' elements. */
  countParams(): number {
    return parameters(this.weights);
  }

  /** Keras's table of layers, output shapes and parameters, with their totals, ready to print. */
  summary(options: SummaryOptions = {}): string {
    return summarize(this.#layer, options);
  }

  /** The model's configuration, complete and under Keras 3's names. A fresh object each time. */
  getConfig(): Record<string, unknown> {
    return structuredClone(layerConfig(this.#layer));
  }

  /** The text that Keras 3's `model_from_json` reads. */
  toJson(): string {
    return JSON.stringify(layerJson(this.#layer));
  }
}

/**
 * The model in a Keras JSON: the text, or the object that it parses to, of `model.to_json()`, of
 * the config.json in a .keras file, or of a model.json of TensorFlow.js. Keras 2, tf.keras and
 * Keras 3; Sequential and Functional models, nested in one another as they like. Shapes are inferred
 * through all layers, and an open size is refused only where a weight's shape depends on it.
 * @throws ArgumentError, one line, that names the layer, and the value where there is one: for
 *   malformed JSON, an unknown layer or initializer without a hook, a graph with a loop or with
 *   loose ends, arguments that cannot be right, shapes that do not fit
 */
export function kerasModel(source: string | object, options: KerasModelOptions = {}): KerasModel {
  return KerasModel.from(source, options);
}

/** The layer that a model's JSON describes, with its weights, and notes on what had no effect. */
export function load(source: string | object, options: KerasModelOptions): [Layer, readonly string[]] {
  knownKeys('options', options, ['what', 'customLayers', 'customInitializers']);
  const what = options.what ?? 'the model';
  const { source: root, generation } = readModel(what, source);
  for (const hooks of ['customLayers', 'customInitializers'] as const) {
    for (const [name, hook] of Object.entries(options[hooks] ?? {})) {
      if (typeof hook !== 'function')
        throw new ArgumentError(`options.${hooks}[${show(name)}] must be a function, got ${show(hook)}`);
    }
  }
  const context: Context = {
    what,
    generation,
    customLayers: new Map(Object.entries(options.customLayers ?? {})),
    customInitializers: new Map(Object.entries(options.customInitializers ?? {})),
    notes: [],
    make: (child: LayerSource, parent, name) => makeLayer(context, child, parent, name),
  };
  const layer = context.make(root, undefined);
  if (!layer.graph)
    throw new ArgumentError(`${what} must hold a Sequential or Functional model, got a ${layer.className}`);
  if (!layer.graph.inputShapes) {
    throw new ArgumentError(
      `Sequential ${show(layer.name)} of ${what} has no input shape: no InputLayer, no batch_input_shape in its first layer, no build_input_shape; its weights' shapes depend on it`,
    );
  }
  const names = new Set<string>();
  for (const { name } of layer.weights) {
    if (names.has(name)) throw new ArgumentError(`${what} has two weights named ${show(name)}`);
    names.add(name);
  }
  return [layer, context.notes];
}

/** The layers of a model as Keras lists them. */
function views(layer: Layer): KerasLayer[] {
  return layer.rows.filter(({ kind }) => !kind.isOperation).map(view);
}

function view(layer: Layer): KerasLayer {
  const shapes = layer.shapes.map((shape) => (shape instanceof UnknownShape ? undefined : shape));
  return {
    className: layer.className,
    name: layer.name,
    path: layer.path,
    get config() {
      return structuredClone(layerConfig(layer));
    },
    outputShape: shapes[0],
    outputShapes: shapes,
    weights: layer.weights,
    trainable: layer.trainable,
    parameterCount: parameters(layer.weights),
    layers: views(layer),
  };
}
