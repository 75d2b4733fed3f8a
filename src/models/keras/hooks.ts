import type { Shape } from '../../core/shape';
import type { InitializerSpec } from '../../initializers';
import type { ManifestEntry } from './manifest';
import type { NameStyle } from './names';
import type { Dims } from './shape';

/**
 * A weight that a hook describes.
 *
 * @example
 * ```ts
 * import type { CustomWeight } from 'tensorseed/models';
 *
 * const kernel: CustomWeight = { name: 'kernel', shape: [8, 4], initializer: 'glorot_uniform' };
 * console.log(kernel.name); // kernel
 * ```
 */
export interface CustomWeight {
  /** The variable's own name, such as "kernel"; each weight of a layer has another one. */
  readonly name: string;
  /** Its sizes in elements. */
  readonly shape: Shape;
  /** What fills it. */
  readonly initializer: InitializerSpec;
  /** Whether it trains. Default true. */
  readonly trainable?: boolean;
}

/**
 * What a hook says about a layer: its weights, and the shape of what it returns.
 *
 * @example
 * ```ts
 * import type { CustomLayerResult } from 'tensorseed/models';
 *
 * const result: CustomLayerResult = {
 *   weights: [{ name: 'factor', shape: [8], initializer: 'ones' }],
 *   outputShape: [null, 8],
 * };
 * console.log(result.outputShape?.length); // 2
 * ```
 */
export interface CustomLayerResult {
  /** The weights in Keras's order. Default: none. */
  readonly weights?: readonly CustomWeight[];
  /** The shape of the output, or of each of several, batch axis included. Default: the first input's. */
  readonly outputShape?: Dims | readonly Dims[];
}

/**
 * Describes a layer whose class is not one of Keras's.
 * @param config the layer's configuration
 * @param inputShapes the shapes of its input tensors, batch axis included; null where a size is open
 * @returns its weights and the shape of its output
 *
 * @example
 * ```ts
 * import { type CustomLayer, Sequential } from 'tensorseed/models';
 *
 * const scale: CustomLayer = (_config, [input]) => ({
 *   weights: [{ name: 'factor', shape: [Number(input.at(-1))], initializer: 'ones' }],
 * });
 * const layer = { class_name: 'Scale', config: { batch_input_shape: [null, 8] } };
 * const model = new Sequential([layer], { customLayers: { Scale: scale } });
 * console.log(model.weights[0].name, model.weights[0].shape.join()); // scale/factor 8
 * ```
 */
export type CustomLayer = (
  config: Readonly<Record<string, any>>,
  inputShapes: readonly Dims[],
) => CustomLayerResult;

/**
 * Replaces an initializer that is not one of Keras's by one that is.
 * @param config the initializer's configuration
 * @param shape the shape of the weight
 * @returns what fills the weight
 *
 * @example
 * ```ts
 * import { type CustomInitializer, fillingLabel, layers, Sequential } from 'tensorseed/models';
 *
 * const fixup: CustomInitializer = ({ depth }) => ({
 *   class_name: 'RandomNormal',
 *   config: { stddev: 1 / Math.sqrt(depth) },
 * });
 * const kernelInitializer = { class_name: 'Fixup', config: { depth: 4 } };
 * const model = new Sequential([layers.dense({ units: 2, inputShape: [3], kernelInitializer })], {
 *   customInitializers: { Fixup: fixup },
 * });
 * console.log(fillingLabel(model.weights[0].initializer)); // RandomNormal(mean=0, stddev=0.5)
 * ```
 */
export type CustomInitializer = (config: Readonly<Record<string, any>>, shape: Shape) => InitializerSpec;

/**
 * How kerasModel reads a model that has layers or initializers of its own.
 *
 * @example
 * ```ts
 * import { kerasModel, type KerasModelOptions } from 'tensorseed/models';
 *
 * const options: KerasModelOptions = { what: 'net.json', customLayers: { Noise: () => ({}) } };
 * const layers = [{ class_name: 'Noise', config: { batch_input_shape: [null, 8] } }];
 * const model = kerasModel({ class_name: 'Sequential', config: { layers } }, options);
 * console.log(model.layers[0].className); // Noise
 * ```
 */
export interface KerasModelOptions {
  /** What messages call the source, such as a file's name. Default "the model". */
  readonly what?: string;
  /**
   * What describes layers that are not Keras's, by class name or by the name that the class is registered
   * under ("Package>Name"). They come before Keras's own layers.
   */
  readonly customLayers?: Readonly<Record<string, CustomLayer>>;
  /**
   * What replaces initializers that are not Keras's, by class name or registered name. They come before
   * Keras's own initializers.
   */
  readonly customInitializers?: Readonly<Record<string, CustomInitializer>>;
  /**
   * How weights are named:
   * - 'keras', the default: by the file's own list of weights (`manifest`) where there is one, and else as the version
   *   of Keras that wrote the file names them: "dense/kernel". Without a version in the file, as 'unique';
   * - 'path': as Keras 3's `variable.path`, "sequential/dense/kernel", also for a file of Keras 2;
   * - 'unique': by the names of all layers on the way, "model1/Conv1/kernel". No two weights have the same one.
   *
   * A weight's values follow from its unique path, whatever it is called.
   */
  readonly names?: NameStyle;
  /**
   * The weights of the file as it lists them, in its order. Default: the `weightsManifest` of TensorFlow.js, where
   * there is one. `notes` says what of it does not fit the model.
   */
  readonly manifest?: readonly ManifestEntry[];
}
