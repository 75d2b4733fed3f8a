import type { Dtype } from '../../core/dtype';
import type { KerasModelOptions } from './hooks';
import type { LayerSource } from './config_fields';
import { fansNotes } from './fans_note';
import type { Layer } from './layer';
import { extend, load, type Loaded } from './load';
import type { NameStyle } from './names';
import { type NamedWeights, nameWeights } from './naming';
import { layerConfig, layerJson } from './serialize';
import { type Dims, UnknownShape } from './shape';
import { summarize } from './summary';
import { print, readSummaryOptions, type SummaryArguments, type SummaryOptions } from './summary_options';
import { type KerasWeight, parameters } from './weight';

/**
 * One layer of a KerasModel.
 *
 * @example
 * ```ts
 * import { type KerasLayer, layers, Sequential } from 'tensorseed/models';
 *
 * const model = new Sequential([layers.dense({ units: 4, inputShape: [3] })]);
 * const [dense]: readonly KerasLayer[] = model.layers;
 * console.log(dense.path, dense.parameterCount, JSON.stringify(dense.outputShape)); // dense 16 [null,4]
 * ```
 */
export interface KerasLayer {
  /** The name of Keras's class, such as "Dense". */
  readonly className: string;
  /** The layer's own name, such as "dense_1". */
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
  /** Its weights and those of the layers that it holds, in Keras's order. */
  readonly weights: readonly KerasWeight[];
  /** Whether its weights may train: its own flag and those of the layers around it. */
  readonly trainable: boolean;
  /** The number of elements of its weights together. */
  readonly parameterCount: number;
  /** The layers that it holds: those of a nested model, or the one that a wrapper wraps. */
  readonly layers: readonly KerasLayer[];
}

/** A copy of a model as it is now, which does not change when layers are added; its weights may have other names. */
export let snapshotOf: (model: KerasModel, names?: NameStyle) => KerasModel;
/** Whether it is a Sequential to which no layer was added yet. */
export let isEmpty: (model: KerasModel) => boolean;
/** What `KerasModel.summary` does. Weights without a type of their own have the type `dtype`. */
export let printSummary: (model: KerasModel, args: SummaryArguments, dtype: Dtype) => string;

/**
 * A Keras model: its layers, and its weights as named tensors with their initializers. `kerasModel` reads
 * one, and a Sequential is one. It holds no values: `initModel` fills them.
 *
 * @example
 * ```ts
 * import { type KerasModel, layers, Sequential } from 'tensorseed/models';
 *
 * const model: KerasModel = new Sequential([layers.dense({ units: 4, inputShape: [3] })]);
 * console.log(model.weights.map(({ name, shape }) => `${name} [${shape}]`).join()); // dense/kernel [3,4],dense/bias [4]
 * ```
 */
export class KerasModel {
  /** The model's name, such as "sequential". */
  readonly name: string;
  #seen: Seen;

  /**
   * A model that `load` has made and called.
   * @hidden
   */
  protected constructor(loaded: Loaded) {
    this.#seen = new Seen(loaded);
    this.name = loaded.layer.name;
    made.add(this);
  }

  /** The layers in Keras's order. An InputLayer of a Sequential is not among them. */
  get layers(): readonly KerasLayer[] {
    return this.#seen.layers;
  }

  /** The weights in Keras's order, each under a name of its own. One that layers share is listed once. */
  get weights(): readonly KerasWeight[] {
    return this.#seen.weights;
  }

  /**
   * What its user should know. First what was read without effect, a sentence each, such as keys that no version of
   * Keras has: ten at most, and then one that says how many more there are. Then what there is to say about the weights'
   * names, and whose fans the kernels of einsum and attention layers have, where versions of Keras differ.
   */
  get notes(): readonly string[] {
    return this.#seen.notes;
  }

  /**
   * Adds a layer behind those of a Sequential.
   * @hidden
   */
  protected extend(source: LayerSource): void {
    this.#seen = new Seen(extend(this.#seen.loaded, source));
  }

  static {
    snapshotOf = (model, names) => {
      const { loaded } = model.#seen;
      const { naming } = loaded;
      return new KerasModel({ ...loaded, naming: { ...naming, style: names ?? naming.style } });
    };
    isEmpty = (model) => model.#seen.loaded.layer.children.length === 0;
    printSummary = (model, args, dtype) => {
      const options = readSummaryOptions(args);
      return print(summarize(model.#seen.loaded.layer, options, dtype), options);
    };
  }

  /**
   * The model that a JSON describes; see kerasModel, which is the same.
   * @throws ArgumentError as kerasModel
   *
   * @example
   * ```ts
   * import { KerasModel } from 'tensorseed/models';
   *
   * const layers = [{ class_name: 'Dense', config: { units: 4, batch_input_shape: [null, 3] } }];
   * console.log(KerasModel.from({ class_name: 'Sequential', config: { layers } }).name); // sequential
   * ```
   */
  static from(source: string | object, options: KerasModelOptions = {}): KerasModel {
    return new KerasModel(load(source, options));
  }

  /**
   * The number of elements of all weights together.
   *
   * @example
   * ```ts
   * import { layers, Sequential } from 'tensorseed/models';
   *
   * const model = new Sequential([layers.dense({ units: 4, inputShape: [3] })]);
   * console.log(model.countParams()); // 16
   * ```
   */
  countParams(): number {
    return parameters(this.weights);
  }

  /**
   * Prints Keras's table of layers, output shapes and parameters, with their totals: each line by `printFn`, which
   * is `console.log` by default. A size that is open is None, and a shape that is not known is "?". TensorFlow.js's
   * arguments are taken, too: `summary(lineLength, positions, printFn)`.
   * @returns the same lines as one text
   * @throws ArgumentError for an unknown option, or one that cannot be right
   *
   * @example
   * ```ts
   * import { layers, Sequential } from 'tensorseed/models';
   *
   * const model = new Sequential([layers.dense({ units: 4, inputShape: [3] })]);
   * const lines: string[] = [];
   * model.summary({ printFn: (line) => lines.push(line) });
   * console.log(lines.at(-3)); //  Total params: 16 (64.00 B)
   * ```
   */
  summary(options?: SummaryOptions): string;
  summary(
    lineLength?: number | null,
    positions?: readonly number[] | null,
    printFn?: ((line: string) => void) | null,
  ): string;
  summary(...args: SummaryArguments): string {
    return printSummary(this, args, 'float32');
  }

  /**
   * The model's configuration, complete and under Keras 3's names. Each call gives a new object.
   *
   * @example
   * ```ts
   * import { layers, Sequential } from 'tensorseed/models';
   *
   * const model = new Sequential([layers.dense({ units: 4, inputShape: [3] })]);
   * console.log(JSON.stringify(model.getConfig().build_input_shape)); // [null,3]
   * ```
   */
  getConfig(): Record<string, unknown> {
    return structuredClone(layerConfig(this.#seen.loaded.layer));
  }

  /**
   * The JSON of the model, which Keras 3's `model_from_json` reads, and `kerasModel`.
   *
   * @example
   * ```ts
   * import { kerasModel, layers, Sequential } from 'tensorseed/models';
   *
   * const model = new Sequential([layers.dense({ units: 4, inputShape: [3] })]);
   * console.log(kerasModel(model.toJson()).weights[0].name); // dense/kernel
   * ```
   */
  toJson(): string {
    return JSON.stringify(layerJson(this.#seen.loaded.layer));
  }
}

/**
 * The model in a Keras JSON, which is the text of `model.to_json()`, of the config.json in a .keras file
 * or of a model.json of TensorFlow.js, or the object that this text parses to. The model may be
 * Sequential or Functional, with such models nested in it, and written by Keras 3, tf.keras or Keras 2.
 * Shapes are inferred through all layers. A size that is left open is refused only where a weight's
 * shape depends on it.
 *
 * @throws ArgumentError, one line that names the layer and the value: for malformed JSON, an unknown
 *   layer or initializer without a hook, a graph with a loop or with loose ends, arguments that cannot
 *   be right, and shapes that do not fit
 * @example
 * ```ts
 * import { fillingLabel, kerasModel } from 'tensorseed/models';
 *
 * const json = `{"class_name": "Sequential", "config": {"layers": [
 *   {"class_name": "Dense", "config": {"units": 4, "batch_input_shape": [null, 3]}}
 * ]}}`;
 * const [kernel] = kerasModel(json).weights;
 * console.log(kernel.name, kernel.shape.join(), fillingLabel(kernel.initializer)); // dense/kernel 3,4 GlorotUniform
 * ```
 */
export function kerasModel(source: string | object, options: KerasModelOptions = {}): KerasModel {
  return KerasModel.from(source, options);
}

/** What users see of a model. Lists are made where they are read: a Sequential has others after each layer. */
class Seen {
  #layers?: readonly KerasLayer[];
  #weights?: readonly KerasWeight[];
  #names?: NamedWeights;
  #notes?: readonly string[];

  constructor(readonly loaded: Loaded) {}

  get #named(): NamedWeights {
    return (this.#names ??= nameWeights(this.loaded.layer, this.loaded.naming));
  }

  get notes(): readonly string[] {
    const { context, layer } = this.loaded;
    return (this.#notes ??= [...context.notes.list(), ...this.#named.notes, ...fansNotes(layer)]);
  }

  get layers(): readonly KerasLayer[] {
    return (this.#layers ??= views(this.loaded.layer, (weight) => this.#named.named(weight)));
  }

  get weights(): readonly KerasWeight[] {
    return (this.#weights ??= this.loaded.layer.weights.map(this.#named.named));
  }
}

/** The models that the constructor made. An object of the same prototype need not have a model's members. */
const made = new WeakSet<object>();

export function isKerasModel(value: object): value is KerasModel {
  return made.has(value);
}

/** The layers of a model as Keras lists them. */
function views(layer: Layer, named: NamedWeights['named']): KerasLayer[] {
  return layer.rows.filter(({ kind }) => !kind.isOperation).map((row) => view(row, named));
}

/** Lists are made where they are read: all those of nested layers together may be long. */
function view(layer: Layer, named: NamedWeights['named']): KerasLayer {
  let weights: readonly KerasWeight[] | undefined;
  let inner: readonly KerasLayer[] | undefined;
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
    get weights() {
      return (weights ??= layer.weights.map(named));
    },
    trainable: layer.trainable,
    get parameterCount() {
      return parameters(this.weights);
    },
    get layers() {
      return (inner ??= views(layer, named));
    },
  };
}
