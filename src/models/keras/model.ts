import type { KerasModelOptions } from './hooks';
import type { Layer } from './layer';
import { load } from './load';
import { layerConfig, layerJson } from './serialize';
import { type Dims, UnknownShape } from './shape';
import { type SummaryOptions, summarize } from './summary';
import { type KerasWeight, parameters } from './weight';

/** One layer of a KerasModel. */
export interface KerasLayer {
  readonly className: string;
  readonly name: string;
  /** The names from the model's top to this layer, joined by "/". */
  readonly path: string;
  /** The layer's configuration, complete and under Keras 3's names. Each read gives a new object. */
  readonly config: Record<string, unknown>;
  /**
   * The shape of its first output, batch axis included: null where a size is open, undefined where not
   * even the rank is known.
   */
  readonly outputShape: Dims | undefined;
  /** The shapes of all outputs of all its calls in the model. */
  readonly outputShapes: readonly (Dims | undefined)[];
  readonly weights: readonly KerasWeight[];
  readonly trainable: boolean;
  /** The number of elements of its weights together. */
  readonly parameterCount: number;
  /** The layers that it holds: those of a nested model, or the one that a wrapper wraps. */
  readonly layers: readonly KerasLayer[];
}

/** A Keras model: its layers, and its weights as named tensors with their initializers. */
export class KerasModel {
  readonly name: string;
  /** In Keras's order. An InputLayer of a Sequential is not among them. */
  readonly layers: readonly KerasLayer[];
  /** In Keras's order, each under a name of its own. A weight that layers share is listed once. */
  readonly weights: readonly KerasWeight[];
  /** What was read without effect, a sentence each, such as keys that no version of Keras has. */
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

  /** The model that a JSON describes; see kerasModel. */
  static from(source: string | object, options: KerasModelOptions = {}): KerasModel {
    return new KerasModel(...load(source, options));
  }

  /** The number of elements of all weights together. */
  countParams(): number {
    return parameters(this.weights);
  }

  /**
   * Keras's table of layers, output shapes and parameters, with their totals, ready to print.
   * @throws ArgumentError for an unknown option
   */
  summary(options: SummaryOptions = {}): string {
    return summarize(this.#layer, options);
  }

  /** The model's configuration, complete and under Keras 3's names. Each call gives a new object. */
  getConfig(): Record<string, unknown> {
    return structuredClone(layerConfig(this.#layer));
  }

  /** The text that Keras 3's `model_from_json` reads. */
  toJson(): string {
    return JSON.stringify(layerJson(this.#layer));
  }
}

/**
 * The model in a Keras JSON, which is the text of `model.to_json()`, of the config.json in a .keras file
 * or of a model.json of TensorFlow.js, or the object that this text parses to. The model may be
 * Sequential or Functional, with such models nested in it, and written by Keras 3, tf.keras or Keras 2.
 * Shapes are inferred through all layers. A size that is left open is refused only where a weight's
 * shape depends on it.
 * @throws ArgumentError, one line that names the layer and the value: for malformed JSON, an unknown
 *   layer or initializer without a hook, a graph with a loop or with loose ends, arguments that cannot
 *   be right, and shapes that do not fit
 */
export function kerasModel(source: string | object, options: KerasModelOptions = {}): KerasModel {
  return KerasModel.from(source, options);
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
