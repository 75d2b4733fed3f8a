import type { Layer } from './layer';
import type { KerasWeight } from './weight';

export const NAME_STYLES = ['keras', 'path', 'unique'] as const satisfies readonly NameStyle[];
/**
 * How the weights of a Keras model are named: 'keras' as the file does or else as Keras does, 'path' by Keras 3's
 * `variable.path`, 'unique' by the names of all layers on the way to the weight.
 *
 * @example
 * ```ts
 * import { layers, type NameStyle, Sequential } from 'tensorseed/models';
 *
 * const names: NameStyle = 'path';
 * const model = new Sequential([layers.dense({ units: 4, inputShape: [3] })], { names });
 * console.log(model.weights[0].name, model.weights[0].streamName); // sequential/dense/kernel dense/kernel
 * ```
 */
export type NameStyle = 'keras' | 'path' | 'unique';

/** What wrote a model. */
export interface Writer {
  /** The generation of Keras whose JSON it is. */
  readonly generation: 2 | 3;
  /** What the JSON says about the version, such as "2.2.4-tf", "3.4.1" or "tfjs-layers 4.22.0". */
  readonly version: string | undefined;
  /** Whether it is Keras 1, which names weights "dense_1_W". */
  readonly isKeras1: boolean;
}

/**
 * How a version of Keras names weights: by scopes. Building a layer opens the scope of its name in the one in which it
 * is built. The layers of a model that knows its inputs are built before the model is called, and so outside of
 * whatever the model is nested in.
 */
interface Rules {
  /** Whether a Sequential opens a scope for its layers although it knows its input. */
  readonly stacks: boolean;
  /** What a recurrent layer calls its cell: nothing, as the tree of layers does, or by a number within the model. */
  readonly cells: 'none' | 'plain' | 'numbered';
  /** Whether the layer of a TimeDistributed and the cell of a ConvLSTM open scopes. */
  readonly inner: boolean;
}

const KERAS3: Rules = { stacks: true, cells: 'plain', inner: true };

/** The names of all weights of a model in a style; 'keras' stands for what Keras itself gives. */
export function computedNames(
  root: Layer,
  { generation, version, isKeras1 }: Writer,
  style: NameStyle,
): ReadonlyMap<KerasWeight, string> {
  const minor = versionNumber(version);
  // A Sequential that a program makes has no minor version, nor has the JSON of one.
  if (style === 'unique' || (style === 'keras' && generation === 3 && minor === undefined))
    return new Map(root.weights.map((weight) => [weight, weight.name]));
  // Keras 1 has no scopes.
  if (style === 'keras' && isKeras1)
    return new Map(root.weights.map((one) => [one, `${one.layer.split('/').at(-1)}_${one.variable}`]));
  const rules = style === 'path' || generation === 3 ? KERAS3 : keras2(version, minor);
  const names = new Map<KerasWeight, string>();
  const cells = new CellNumbers();
  visit(root, '', '');

  /**
   * @param outer the scope in which the layer is built
   * @param scope its own
   */
  function visit(layer: Layer, outer: string, scope: string): void {
    for (const weight of layer.own) names.set(weight, join(scope, weight.variable));
    const { graph, className } = layer;
    // A Bidirectional makes its two layers anew from the one that it is given.
    if (className === 'Bidirectional') for (const cell of layer.children[0].children) cells.take(cell);
    let inner = scope;
    if (graph) inner = className === 'Sequential' && rules.stacks ? join(outer, layer.name) : '';
    for (const child of layer.children) {
      const around = child.graph?.inputShapes ? '' : inner;
      const isCell = LOOPS.test(className);
      const name = isCell && rules.cells === 'numbered' ? cells.take(child) : child.name;
      const opens =
        !child.graph && !(isCell && rules.cells === 'none') && (rules.inner || !FLAT.test(className));
      visit(child, around, opens ? join(around, name) : around);
    }
  }
  return names;
}

/** The layers that hold cells, and those that open no scope for what they hold. */
const LOOPS = /^(LSTM|GRU|SimpleRNN|RNN|StackedRNNCells)$/;
const FLAT = /^(TimeDistributed|ConvLSTM\dD)$/;

/** The numbers of cells in a model. They count by class from the second on: "lstm_cell", "lstm_cell_1". */
class CellNumbers {
  readonly #next = new Map<string, number>();

  /** The name of a cell. One that the file gives counts, too, where it is such a name. */
  take({ name, parent }: Layer): string {
    const [, base, number = '0'] = /^(.*?)(?:_(\d{1,9}))?$/.exec(name)!;
    const given = parent?.className === 'RNN' || parent?.className === 'StackedRNNCells';
    const next = this.#next.get(base) ?? 0;
    if (given) {
      this.#next.set(base, Math.max(next, Number(number) + 1));
      return name;
    }
    this.#next.set(base, next + 1);
    return next === 0 ? base : `${base}_${next}`;
  }
}

const join = (scope: string, name: string): string => (scope === '' ? name : `${scope}/${name}`);

/**
 * The rules of Keras 2 and tf.keras. TensorFlow.js has those of the oldest. Cells have scopes from TensorFlow 2.2 on,
 * whose Keras is "2.3.0-tf" (layers/recurrent.py), and one name each from 2.13 on (layers/rnn/lstm.py).
 */
function keras2(version: string | undefined, minor = 0): Rules {
  const hasCells = minor > 2.03 || (minor === 2.03 && version!.endsWith('-tf'));
  const cells = !hasCells ? 'none' : minor < 2.13 ? 'numbered' : 'plain';
  return { stacks: false, cells, inner: false };
}

/** A version as a number that can be compared, 3.04 for "3.4.1"; undefined where it has no minor version. */
export function versionNumber(version: string | undefined): number | undefined {
  const found = /^(\d{1,2})\.(\d{1,2})(?!\d)/.exec(version ?? '');
  return found ? Number(found[1]) + Number(found[2]) / 100 : undefined;
}
