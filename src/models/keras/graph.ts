import { ArgumentError, show } from '../../core/errors';
import { Call, SymbolicTensor } from './call';
import { type Dims, type TensorShape, UnknownShape } from './shape';
import { instancesIn, replaceInstances } from './structure';

/** The place of a tensor in a graph: output `tensor` of call `node` of a layer, as Keras counts them. */
export class Ref {
  /** @param shape what the file says about the tensor's shape, where it does */
  constructor(
    readonly layer: string,
    readonly node: number,
    readonly tensor: number,
    readonly shape?: Dims,
  ) {}
}

/** What a graph needs of the layers that it calls. */
export interface GraphLayer {
  readonly name: string;
  /** The shapes that the layer returned, call by call; the first run of the graph sets them. */
  outputs: readonly (readonly TensorShape[])[];
  call(call: Call): readonly TensorShape[];
  within<T>(body: () => T): T;
}

/** A call of a layer in a graph, with Refs for tensors. */
export interface GraphNode {
  readonly layer: GraphLayer;
  /** Which of the layer's calls in this graph it is, counted from 0. */
  readonly index: number;
  readonly args: readonly unknown[];
  readonly kwargs: Readonly<Record<string, unknown>>;
}

/** The calls of a model's layers, in an order in which each call finds its inputs. */
export class Graph {
  readonly #cache = new Map<string, readonly TensorShape[]>();
  readonly #calls = new Map<GraphLayer, GraphNode[]>();

  /**
   * @param inputs the names of the input layers, in the model's order
   * @param inputShapes their shapes; undefined where the model gets them from its first call
   * @param outputs Refs in the structure in which the model returns them
   */
  private constructor(
    readonly nodes: readonly GraphNode[],
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
  callsOf(layer: GraphLayer): readonly GraphNode[] {
    return this.#calls.get(layer) ?? [];
  }

  /** @throws ArgumentError for a loop, and for a Ref to a call that is not in the graph */
  static of(
    nodes: readonly GraphNode[],
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

  /** The shapes that the model returns for inputs of the given shapes. The first run adds the weights. */
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

  /** The graph with one more layer, which is called here on the model's output and returns the new one. */
  followedBy(layer: GraphLayer): Graph {
    const inputShapes = this.inputShapes!;
    const [shape] = this.run(inputShapes);
    const shapes = layer.call(new Call([new SymbolicTensor(shape)], {}));
    layer.outputs = [shapes];
    const node = { layer, index: 0, args: [this.outputs], kwargs: {} };
    const graph = new Graph([...this.nodes, node], this.inputs, inputShapes, new Ref(layer.name, 0, 0));
    graph.#cache.set(JSON.stringify(inputShapes), shapes.slice(0, 1));
    return graph;
  }

  #evaluate(inputShapes: readonly TensorShape[]): readonly TensorShape[] {
    const values = new Map<string, (readonly TensorShape[])[]>(
      this.inputs.map((name, i) => [name, [[inputShapes[i]]]]),
    );
    for (const { layer, index, args, kwargs } of this.nodes) {
      const lookUp = (ref: Ref) => layer.within(() => new SymbolicTensor(shapeAt(values, ref)));
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
  // A layer of unknown output has one unknown shape, which stands for any number of outputs.
  const computed = outputs[tensor] ?? (outputs[0] instanceof UnknownShape ? outputs[0] : undefined);
  if (computed === undefined)
    throw new ArgumentError(
      `there is no output ${tensor} of layer ${show(layer)}, which has ${outputs.length}`,
    );
  return computed instanceof UnknownShape && shape ? shape : computed;
}

/** A copy of a structure with each Ref replaced. */
export function replaceRefs(structure: unknown, replace: (ref: Ref) => unknown): unknown {
  return replaceInstances(structure, Ref, replace);
}

/** The Refs of a structure, in Keras's order. */
export function refsIn(structure: unknown): Ref[] {
  return instancesIn(structure, Ref);
}

/**
 * The nodes in an order in which each comes after its inputs: Kahn's algorithm.
 * @throws ArgumentError for a loop, and for a Ref to a call that is not in the graph
 */
function ordered(nodes: readonly GraphNode[], inputs: readonly string[]): readonly GraphNode[] {
  const byPlace = new Map(nodes.map((node) => [place(node.layer.name, node.index), node]));
  const waiting = new Map<GraphNode, number>();
  const followers = new Map<GraphNode, GraphNode[]>();
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

/** A call of a layer as the key of a Map. */
const place = (layer: string, node: number): string => `${node} ${layer}`;
