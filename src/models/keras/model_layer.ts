import type { Dtype } from '../../core/dtype';
import { ArgumentError, show } from '../../core/errors';
import { copyShape, elementCount, type Shape } from '../../core/shape';
import { snakeCase } from '../../core/letter_case';
import type { InitializerSpec } from '../../initializers';
import { clip } from '../../text/clip';
import type { TensorPart } from '../tensor_part';
import { STEPS_OF_A_LAYER } from './budget';
import { Call, Outputs } from './call';
import type { ConfigFields, ConfigValues, LayerSource } from './config_fields';
import type { Context } from './context';
import type { Graph } from './graph';
import { checkNoInput } from './kinds/input';
import type { Kind, Layer, WeightOptions } from './layer';
import { policyName, variableDtype } from './policy';
import { type Dims, isDims, type TensorShape, UnknownShape } from './shape';
import type { KerasWeight } from './weight';
import { weightInitializer } from './weight_initializer';
import { words } from './words';

/** Keys that any layer's configuration may have. They are read where they have an effect. */
const COMMON_KEYS = new Set(
  words(`
    name trainable dtype autocast dynamic activity_regularizer weights create_input sparse ragged batch_size
    batch_input_shape batch_shape input_shape input_dim input_length input_dtype
  `),
);

/**
 * The most characters of a layer's path, and the most axes of a tensor in a model: NumPy has no more axes. Both are
 * far beyond those of any model, and bound what one layer can cost.
 */
const MAX_PATH = 1000;
const MAX_AXES = 64;

/** Errors whose messages already say which layer they are about. */
const located = new WeakSet<Error>();

/** A layer with the state of its construction; see Layer for what its members mean. */
export class ModelLayer implements Layer {
  readonly className: string;
  readonly name: string;
  readonly path: string;
  readonly trainable: boolean;
  readonly policy: string;
  readonly generation: 2 | 3;
  readonly fansByAxes: boolean;
  readonly values: ConfigValues<any>;
  readonly children: Layer[] = [];
  graph?: Graph;
  outputs: readonly (readonly TensorShape[])[] = [];
  readonly #context: Context;
  readonly #own: KerasWeight[] = [];
  readonly #names = new Set<string>();
  readonly #counts = new Map<string, number>();
  #built = false;

  /** @param name for a source without a name */
  constructor(
    context: Context,
    readonly source: LayerSource,
    readonly kind: Kind<any>,
    readonly parent: Layer | undefined,
    name?: string,
  ) {
    this.#context = context;
    this.generation = context.generation;
    this.fansByAxes = context.fansByAxes;
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
      context.budget.spend(STEPS_OF_A_LAYER);
      if (typeof given !== 'string' || given === '')
        throw new ArgumentError(`name must be a string that is not empty, got ${show(given)}`);
      const { length } = this.path || this.name;
      if (length > MAX_PATH)
        throw new ArgumentError(
          `the names of it and of the models around it must have at most ${MAX_PATH} characters, got ${length}`,
        );
      return this.#read(kind.fields, source.config);
    });
    this.within(() => {
      kind.children?.(this, this.values);
      // A model whose input shapes are known has its weights before anybody calls it.
      if (this.graph?.inputShapes) this.graph.run(this.graph.inputShapes);
    });
  }

  within<T>(body: () => T): T {
    try {
      return body();
    } catch (error) {
      if (!(error instanceof ArgumentError) || located.has(error)) throw error;
      const what =
        this.parent === undefined
          ? `${clip(this.className)} ${show(this.name)}`
          : `layer ${show(this.path)} (${clip(this.className)})`;
      const better = new ArgumentError(`${what} of ${this.#context.what}: ${error.message}`);
      located.add(better);
      throw better;
    }
  }

  #note(text: string): void {
    this.#context.notes.add(`layer ${show(this.path)} (${clip(this.className)}): ${text}`);
  }

  #read(fields: ConfigFields, config: Readonly<Record<string, unknown>>): ConfigValues<any> {
    const { renamed = {}, ignored = [], keras2 = {}, anyKey } = this.kind;
    const given: Record<string, unknown> = {};
    for (const [key, value] of Object.entries(config)) {
      const known = renamed[key] ?? key;
      if (known in fields) given[known] = value;
      else if (!COMMON_KEYS.has(key) && !ignored.includes(key) && !anyKey)
        this.#note(`${show(key)} is not known and has no effect`);
    }
    const values: Record<string, unknown> = {};
    for (const [key, field] of Object.entries(fields)) {
      const initial = this.generation === 2 && key in keras2 ? keras2[key] : field.initial;
      const value = given[key];
      if (value === undefined && initial === undefined) throw new ArgumentError(`${key} is missing`);
      if (value === undefined) values[key] = initial;
      else if (value === null && !field.takesNull && initial !== undefined)
        values[key] = field.none ?? initial;
      else values[key] = field.read(key, value);
    }
    return values;
  }

  child(source: LayerSource): Layer {
    const base = snakeCase(source.class_name);
    const count = this.#counts.get(base) ?? 0;
    this.#counts.set(base, count + 1);
    const child = this.#context.make(source, this, count === 0 ? base : `${base}_${count}`);
    if (this.#names.has(child.name)) throw new ArgumentError(`it holds two layers named ${show(child.name)}`);
    this.#names.add(child.name);
    this.children.push(child);
    return child;
  }

  /**
   * The same Sequential with one more layer behind the others; undefined where it must be made anew for that. This
   * one stays as it is.
   */
  followedBy(context: Context, source: LayerSource): ModelLayer | undefined {
    const empty = { ...this.source, config: { ...this.source.config, layers: [] } };
    const grown = new ModelLayer(context, empty, this.kind, undefined);
    grown.children.push(...this.children);
    for (const name of this.#names) grown.#names.add(name);
    for (const [base, count] of this.#counts) grown.#counts.set(base, count);
    return grown.within(() => {
      const child = grown.child(source);
      checkNoInput(child);
      // The name of an input without a layer of its own may not be that of a layer.
      if (this.graph!.inputs.includes(child.name)) return undefined;
      grown.graph = this.graph!.followedBy(child);
      return grown;
    });
  }

  weight(
    variable: string,
    shape: Shape,
    initializer: InitializerSpec,
    { trainable = true, parts }: WeightOptions = {},
  ): void {
    const { path } = this;
    const dtype = this.#halfDtype();
    const hooks = this.#context.customInitializers;
    const inPart = (part: TensorPart): TensorPart => ({
      ...part,
      initializer: weightInitializer(hooks, part.initializer, part.shape),
    });
    try {
      const sizes = copyShape(shape);
      elementCount(sizes);
      this.#own.push({
        name: path === '' ? variable : `${path}/${variable}`,
        variable,
        layer: path,
        shape: sizes,
        initializer: weightInitializer(hooks, initializer, sizes),
        ...(parts && { parts: parts.map(inPart) }),
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
  #halfDtype(): Dtype | undefined {
    const name = variableDtype(this.policy);
    return name === 'float16' || name === 'bfloat16' ? name : undefined;
  }

  call(call: Call): readonly TensorShape[] {
    return this.within(() => {
      this.#context.budget.spend(1 + call.size);
      checkAxes(
        'an input',
        call.tensors.map(({ shape }) => shape),
      );
      const unknown = call.tensors.find(({ shape }) => shape instanceof UnknownShape);
      let seen = call;
      if (unknown && !this.kind.takesUnknown) {
        const recorded = this.#recordedInput();
        if (recorded !== undefined) seen = Call.of(recorded);
        else if (!this.#ownsWeights || this.#built) return [unknown.shape];
      }
      if (!this.#built) this.#build(seen);
      const output = this.kind.output(this.values, seen, this);
      return checkAxes('its output', output instanceof Outputs ? output.shapes : [output]);
    });
  }

  #build(call: Call): void {
    this.#built = true;
    this.kind.build?.(this, this.values, call);
    if (this.#own.length > 0 && variableDtype(this.policy) === 'float64')
      this.#note('float64 is not available; its weights are described as float32');
  }

  get #ownsWeights(): boolean {
    return this.kind.build !== undefined || this.children.length > 0;
  }

  /** The input shape that Keras noted when it built the layer (build_config), where there is one. */
  #recordedInput(): Dims | undefined {
    const { build_config: build } = this.source as { build_config?: { input_shape?: unknown } | null };
    const shape = build?.input_shape;
    return isDims(shape) ? shape : undefined;
  }

  get rows(): readonly Layer[] {
    return this.className === 'Sequential'
      ? this.children.filter(({ className }) => className !== 'InputLayer')
      : this.children;
  }

  get shapes(): readonly TensorShape[] {
    const shape = this.className === 'InputLayer' ? (this.values.batch_shape as Dims | null) : null;
    return shape ? [shape] : this.outputs.flat();
  }

  get own(): readonly KerasWeight[] {
    return this.#own;
  }

  get weights(): readonly KerasWeight[] {
    const own = this.#own;
    return this.kind.order?.(this, own) ?? [...own, ...this.children.flatMap(({ weights }) => weights)];
  }
}

/** The same shapes, none of which may have too many axes. */
function checkAxes(what: string, shapes: readonly TensorShape[]): readonly TensorShape[] {
  for (const shape of shapes)
    if (!(shape instanceof UnknownShape) && shape.length > MAX_AXES)
      throw new ArgumentError(`${what} must have at most ${MAX_AXES} axes, got ${shape.length}`);
  return shapes;
}
