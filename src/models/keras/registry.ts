import { attentions } from './kinds/attention';
import { convLstmCells, convLstms } from './kinds/conv_lstm';
import { convolutions } from './kinds/convolution';
import { core } from './kinds/core';
import { cudnn } from './kinds/cudnn';
import { einsumDense } from './kinds/einsum';
import { elementwise } from './kinds/elementwise';
import { mergings } from './kinds/merging';
import { inputLayer } from './kinds/input';
import { models } from './kinds/models';
import { normalizations } from './kinds/normalization';
import { tensorflowOperations } from './kinds/operations';
import { poolings } from './kinds/pooling';
import { preprocessings } from './kinds/preprocessing';
import { recurrents } from './kinds/recurrent';
import { reshapings } from './kinds/reshaping';
import { wrappers } from './kinds/wrappers';
import type { Kind } from './layer';

/**
 * The type is written out. One that the compiler infers would stand in the declarations as a copy of all groups
 * without their docstrings.
 */
type LayerKinds = {
  /** The input of a model, whose shape is `shape` without the batch axis, or `batchShape` with it. No weights. */
  inputLayer: typeof inputLayer;
  /**
   * A fully connected layer along the axes that `equation` names, such as "abc,cd->abd". Weights: kernel, whose
   * axes are those of the equation's second operand; with `biasAxes` also bias, of the sizes of these axes.
   */
  einsumDense: typeof einsumDense;
} & typeof core &
  typeof convolutions &
  typeof poolings &
  typeof reshapings &
  typeof mergings &
  typeof elementwise &
  typeof normalizations &
  typeof attentions &
  typeof recurrents &
  typeof convLstms &
  typeof cudnn &
  typeof wrappers &
  typeof preprocessings;

/** Every kind of layer that a Sequential can be made of, by the name of its factory in `layers`. */
export const LAYER_KINDS: LayerKinds = {
  inputLayer,
  einsumDense,
  ...core,
  ...convolutions,
  ...poolings,
  ...reshapings,
  ...mergings,
  ...elementwise,
  ...normalizations,
  ...attentions,
  ...recurrents,
  ...convLstms,
  ...cudnn,
  ...wrappers,
  ...preprocessings,
};

/** Every kind that a file may name, those without a factory included. */
export const ALL_KINDS: readonly Kind<any>[] = [
  ...Object.values<Kind<any>>(LAYER_KINDS),
  ...Object.values(models),
  ...Object.values(convLstmCells),
  ...tensorflowOperations,
];

// This is a Map because an object would also find "constructor".
const byClassName = new Map<string, Kind<any>>(
  ALL_KINDS.flatMap((kind) => [kind.className, ...(kind.aliases ?? [])].map((name) => [name, kind])),
);

/** The names of all classes, older ones included. */
export const CLASS_NAMES: readonly string[] = [...byClassName.keys()];

/** The names of classes whose layers are code, or functions that may have no rule, so that a hook can describe them. */
export const CODE_NAMES: readonly string[] = [
  core.lambda.className,
  ...tensorflowOperations.map(({ className }) => className),
];

/** The kind of a class of Keras's, by its name today or an older one. */
export function kindNamed(className: string): Kind<any> | undefined {
  return byClassName.get(className);
}
