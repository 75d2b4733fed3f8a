import { ArgumentError, show } from '../../core/errors';
import { Call, Tensor } from './call';
import type { Layer } from './layer';
import { type Dims, type TensorShape, UnknownShape } from './shape';

/** The place of a tensor in a graph: output `tensor` of call `node` of a layer. */
export class Ref {
  /** @param shape what the file says about the tensor, if it does */
  constructor(
    readonly layer: string,
    readonly node: number,
    readonly tensor: number,
    readonly shape?: Dims,
  ) {}
}

/** A call of a layer: arguments with Refs for tensors. */
export interface Node {
  readonly layer: Layer;
  /** The how many-eth call of the layer in this graph. */
  readonly index: number;
  readonly args: readonly unknown[];
  readonly kwargs: Readonly<Record<string, unknown>>;
}

/** The graph of a model: calls in an order in which each finds its inputs. */
export class Graph {
  readonly #cache = new Map<string, readonly TensorShape[]>();
  readonly #calls = new Map<Layer, Node[]>();

  /**
   * @param inputs the names of the input layers, in the model's order
   * @param inputShapes their shapes; undefined where the model waits for its first call
   * @param outputs Refs in the structure in which the model returns them
   */
  private constructor(
    readonly nodes: readonly Node[],
    readonly inputs: readonly string[],
    readonly inputShapes: readonly Dims[] | undefined,
    readonly outputs: unknown,
  ) {
    for (const node of nodes) {
      const calls = this.#calls.get(node.layer) ?? [];
      calls[node.index] = node;
      this.#calls.set(node.layer, calls);
    }
  }

  /** The calls of a layer, in order. */
  callsOf(layer: Layer): readonly Node[] {
    return this.#calls.get(layer) ?? [];
  }

  static of(
    nodes: readonly Node[],
    inputs: readonly string[],
    inputShapes: readonly Dims[] | undefined,
    outputs: unknown,
  ): Graph {
    const given = new Set([
      ...inputs.map((name) => place(name, 0)),
      ...nodes.map(({ layer, index }) => place(layer.name, index)),
    ]);
    for (const { layer, node, tensor } of refsIn(outputs)) {
      if (!given.has(place(layer, node)))
        throw new ArgumentError(
          `its output ${show([layer, node, tensor])} is no call of a layer in the graph`,
        );
    }
    return new Graph(ordered(nodes, inputs), inputs, inputShapes, outputs);
  }

  /** The shapes that the model returns for inputs of the given shapes; the first run adds the weights. */
  run(inputShapes: readonly TensorShape[]): readonly TensorShape[] {
    if (inputShapes.length !== this.inputs.length)
      throw new ArgumentError(`it takes ${this.inputs.length} inputs, got ${inputShapes.length}`);
    const key = JSON.stringify(inputShapes);
    let outputs = this.#cache.get(key);
    if (!outputs) {
      outputs = this.#evaluate(inputShapes);
      this.#cache.set(key, outputs);
    }
    return outputs;
  }

  #evaluate(inputShapes: readonly TensorShape[]): readonly TensorShape[] {
    const values = new Map<string, (readonly TensorShape[])[]>(
      this.inputs.map((name, i) => [name, [[inputShapes[i]]]]),
    );
    for (const { layer, index, args, kwargs } of this.nodes) {
      const lookUp = (ref: Ref): Tensor => layer.within(() => new Tensor(shapeAt(values, ref)));
      const call = new Call(
        replaceRefs(args, lookUp) as unknown[],
        replaceRefs(kwargs, lookUp) as Record<string, unknown>,
      );
      const calls = values.get(layer.name) ?? [];
      calls[index] = layer.call(call);
      values.set(layer.name, calls);
    }
    for (const { layer } of this.nodes)
      if (layer.outputs.length === 0) layer.outputs = values.get(layer.name)!;
    return refsIn(this.outputs).map((ref) => shapeAt(values, ref));
  }
}

function shapeAt(
  values: ReadonlyMap<string, readonly (readonly TensorShape[])[]>,
  { layer, node, tensor, shape }: Ref,
): TensorShape {
  const outputs = values.get(layer)![node];
  // An unknown shape may be all that there is to a layer's outputs, however many they are.
  const computed = outputs[tensor] ?? (outputs[0] instanceof UnknownShape ? outputs[0] : undefined);
  if (computed === undefined)
    throw new ArgumentError(
      `there is no output ${tensor} of layer ${show(layer)}, which has ${outputs.length}`,
    );
  return computed instanceof UnknownShape && shape ? shape : computed;
}

/** A structure with each Ref replaced; lists and objects are copied. */
export function replaceRefs(structure: unknown, replace: (ref: Ref) => unknown): unknown {
  if (structure instanceof Ref) return replace(structure);
  if (Array.isArray(structure)) return structure.map((item) => replaceRefs(item, replace));
  if (typeof structure !== 'object' || structure === null) return structure;
  return Object.fromEntries(
    Object.entries(structure).map(([key, item]) => [key, replaceRefs(item, replace)]),
  );
}

/** The Refs of a structure, in Keras's order: lists as they are, objects by their sorted keys. */
export function refsIn(structure: unknown): Ref[] {
  if (structure instanceof Ref) return [structure];
  if (Array.isArray(structure)) return structure.flatMap(refsIn);
  if (typeof structure !== 'object' || structure === null) return [];
  return Object.keys(structure)
    .sort()
    .flatMap((key) => refsIn((structure as Record<string, unknown>)[key]));
}

/** Kahn's algorithm. @throws ArgumentError for a loop, or a Ref to a call that there is none of */
function ordered(nodes: readonly Node[], inputs: readonly string[]): readonly Node[] {
  const byPlace = new Map(nodes.map((node) => [place(node.layer.name, node.index), node]));
  const waiting = new Map<Node, number>();
  const followers = new Map<Node, Node[]>();
  const given = new Set(inputs);
  for (const node of nodes) {
    let count = 0;
    for (const ref of refsIn([node.args, node.kwargs])) {
      if (ref.node === 0 && given.has(ref.layer)) continue;
      const source = byPlace.get(place(ref.layer, ref.node));
      if (!source)
        node.layer.within(() => {
          throw new ArgumentError(
            `its input ${show([ref.layer, ref.node, ref.tensor])} is no call of a layer in the graph`,
          );
        });
      count++;
      const known = followers.get(source!);
      if (known) known.push(node);
      else followers.set(source!, [node]);
    }
    waiting.set(node, count);
  }
  const ready = nodes.filter((node) => waiting.get(node) === 0);
  for (const node of ready) {
    for (const next of followers.get(node) ?? []) {
      waiting.set(next, waiting.get(next)! - 1);
      if (waiting.get(next) === 0) ready.push(next);
    }
  }
  const stuck = nodes.find((node) => waiting.get(node)! > 0);
  if (stuck)
    stuck.layer.within(() => {
      throw new ArgumentError('its inputs depend on its own output: the graph has a loop');
    });
  return ready;
}

const place = (layer: string, node: number): string => `${node} ${layer}`;
