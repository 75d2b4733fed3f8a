import type { Shape } from '../../core/shape';
import type { Dtype } from '../../core/dtype';
import { ArgumentError, show } from '../../core/errors';
import type { InitializerSource } from '../initializer_source';
import type { TensorPart } from '../parts';
import { Call, Many } from './call';
import type { Context } from './context';
import type { Fields, LayerSource, Values } from './fields';
import type { Graph } from './graph';
import type { Kind } from './kind';
import { policyName, variableDtype } from './policy';
import { layerJson } from './serialize';
import { type Dims, isDims, type TensorShape, UnknownShape } from './shape';
import { checkedShape, initializerOf, type KerasWeight } from './weight';

interface WeightOptions {
  /** Default true. */
  readonly trainable?: boolean;
  readonly parts?: readonly TensorPart[];
}

/** Keys that any layer's configuration may have, read where they matter. */
const COMMON = [
  'name',
  'trainable',
  'dtype',
  'batch_input_shape',
  'batch_shape',
  'input_shape',
  'input_dim',
  'input_length',
  'input_dtype',
  'autocast',
  'dynamic',
  'activity_regularizer',
  'weights',
  'create_input',
  'sparse',
  'ragged',
  'batch_size',
];

const located = new WeakSet<Error>();

/** A layer of a Keras model: its configuration, its weights once it was called, and the layers it holds. */
export class Layer {
  readonly className: string;
  readonly name: string;
  /** The names from the model's top to this layer; empty for the outermost model. */
  readonly path: string;
  /** Whether its weights may train: its own flag and those of the layers around it. */
  readonly trainable: boolean;
  /** The name of its dtype policy. */
  readonly policy: string;
  /** The arguments in force, under Keras's names. */
  readonly values: Values<any>;
  readonly children: Layer[] = [];
  /** What a model does with its layers; undefined for any other layer. */
  graph?: Graph;
  /** The shapes it returned in its model, call by call. */
  outputs: readonly (readonly TensorShape[])[] = [];
  protected readonly own: KerasWeight[] = [];
  readonly #names = new Set<string>();
  readonly #counts = new Map<string, number>();
  #built = false;

  constructor(
    readonly context: Context,
    readonly source: LayerSource,
    readonly kind: Kind<any>,
    readonly parent: Layer | undefined,
    name?: string,
  ) {
    this.className = kind.className;
    // Calls refer to a layer of a graph by the name beside its config.
    const given = source.name ?? source.config.name ?? name;
    this.name = typeof given === 'string' ? given : '';
    this.path = parent === undefined ? '' : parent.path === '' ? this.name : `${parent.path}/${this.name}`;
    const { trainable } = source.config;
    this.trainable = trainable !== false && (parent?.trainable ?? true);
    this.policy = this.within(() => policyName(source.config.dtype));
    this.values = this.within(() => {
      if (trainable !== undefined && trainable !== null && typeof trainable !== 'boolean')
        throw new ArgumentError(`trainable must be true or false, got ${show(trainable)}`);
      if (typeof given !== 'string' || given === '')
        throw new ArgumentError(`name must be a string that is not empty, got ${show(given)}`);
      return this.#read(kind.fields, source.config);
    });
    this.within(() => {
      kind.children?.(this, this.values);
      // A model whose inputs are known has its weights before anybody calls it.
      if (this.graph?.inputShapes) this.graph.run(this.graph.inputShapes);
    });
  }

  /** Runs `body`; an ArgumentError from it says which layer it is about. */
  within<T>(body: () => T): T {
    try {
      return body();
    } catch (error) {
      if (!(error instanceof ArgumentError) || located.has(error)) throw error;
      const what =
        this.parent === undefined
          ? `${this.className} ${show(this.name)}`
          : `layer ${show(this.path)} (${this.className})`;
      const better = new ArgumentError(`${what} of ${this.context.what}: ${error.message}`);
      located.add(better);
      throw better;
    }
  }

  #read(fields: Fields, config: Readonly<Record<string, unknown>>): Values<any> {
    const { renamed = {}, ignored = [], keras2 = {} } = this.kind;
    const given: Record<string, unknown> = {};
    for (const [key, value] of Object.entries(config)) {
      const known = renamed[key] ?? key;
      if (known in fields) given[known] = value;
      else if (!COMMON.includes(key) && !ignored.includes(key) && !this.kind.anyKey) {
        this.context.notes.push(
          `layer ${show(this.path)} (${this.className}): ${show(key)} is not known and has no effect`,
        );
      }
    }
    const values: Record<string, unknown> = {};
    for (const [key, field] of Object.entries(fields)) {
      const initial = this.context.generation === 2 && key in keras2 ? keras2[key] : field.initial;
      const value = given[key];
      if (value === undefined && initial === undefined) throw new ArgumentError(`${key} is missing`);
      values[key] = value === undefined ? initial : field.read(key, value);
    }
    return values;
  }

  /** Adds a layer that this one holds. Those without a name are counted as Keras does: "dense", "dense_1". */
  child(source: LayerSource): Layer {
    const base = snakeCase(source.class_name);
    const count = this.#counts.get(base) ?? 0;
    this.#counts.set(base, count + 1);
    const child = this.context.make(source, this, count === 0 ? base : `${base}_${count}`);
    if (this.#names.has(child.name)) throw new ArgumentError(`it holds two layers named ${show(child.name)}`);
    this.#names.add(child.name);
    this.children.push(child);
    return child;
  }

  /** Adds a weight. `initializer` is JSON; each weight of a layer has another variable name. */
  weight(
    variable: string,
    shape: Shape,
    initializer: InitializerSource,
    { trainable = true, parts }: WeightOptions = {},
  ): void {
    const { context, path, dtype } = this;
    try {
      this.own.push({
        name: path === '' ? variable : `${path}/${variable}`,
        variable,
        layer: path,
        shape: checkedShape(shape),
        initializer: initializerOf(context, initializer, shape),
        ...(parts && {
          parts: parts.map((part) => ({
            ...part,
            initializer: initializerOf(context, part.initializer, part.shape),
          })),
        }),
        ...(dtype && { dtype }),
        trainable: trainable && this.trainable,
      });
    } catch (error) {
      if (error instanceof ArgumentError)
        throw new ArgumentError(`weight ${show(variable)}: ${error.message}`);
      throw error;
    }
  }

  /** The type of its variables, where it is one of the halves. */
  get dtype(): Dtype | undefined {
    const name = variableDtype(this.policy);
    return name === 'float16' || name === 'bfloat16' ? name : undefined;
  }

  /** Calls the layer on symbolic tensors; the first call adds its weights. */
  call(call: Call): readonly TensorShape[] {
    return this.within(() => {
      const unknown = call.tensors.find(({ shape }) => shape instanceof UnknownShape);
      let seen = call;
      if (unknown && !this.kind.takesUnknown) {
        const recorded = this.#recordedInput();
        if (recorded !== undefined) seen = Call.of(recorded);
        else if (!this.ownsWeights || this.#built) return [unknown.shape];
      }
      if (!this.#built) this.#build(seen);
      const output = this.kind.output(this.values, seen, this);
      return output instanceof Many ? output.shapes : [output];
    });
  }

  #build(call: Call): void {
    this.#built = true;
    this.kind.build?.(this, this.values, call);
    if (this.own.length > 0 && variableDtype(this.policy) === 'float64') {
      this.context.notes.push(
        `layer ${show(this.path)} (${this.className}): float64 is not available; its weights are described as float32`,
      );
    }
  }

  private get ownsWeights(): boolean {
    return this.kind.build !== undefined || this.children.length > 0;
  }

  /** The input shape that Keras noted when it built the layer (build_config), if there is one. */
  #recordedInput(): Dims | undefined {
    const { build_config: build } = this.source as { build_config?: { input_shape?: unknown } | null };
    const shape = build?.input_shape;
    return isDims(shape) ? shape : undefined;
  }

  /** Of a model, what Keras's summary has rows for: an input layer of a Sequential is not among its layers. */
  get rows(): readonly Layer[] {
    return this.className === 'Sequential'
      ? this.children.filter(({ className }) => className !== 'InputLayer')
      : this.children;
  }

  /** What it returns, call by call; an input layer's own shape. */
  get shapes(): readonly TensorShape[] {
    const shape = this.className === 'InputLayer' ? (this.values.batch_shape as Dims | null) : null;
    return shape ? [shape] : this.outputs.flat();
  }

  /** The layer in Keras 3's envelope. */
  toJson(): Record<string, unknown> {
    return layerJson(this);
  }

  /** In Keras's order: the layer's own, then those of the layers it holds. */
  get weights(): readonly KerasWeight[] {
    return (
      this.kind.order?.(this, this.own) ?? [...this.own, ...this.children.flatMap(({ weights }) => weights)]
    );
  }
}

/** A class's name as Keras makes names of layers from it: "conv2d", "batch_normalization". */
function snakeCase(className: string): string {
  return className
    .replace(/\W+/g, '')
    .replace(/(.)([A-Z][a-z]+)/g, '$1_$2')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase();
}
