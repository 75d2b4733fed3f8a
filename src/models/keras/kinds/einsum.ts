import { ArgumentError, show } from '../../../core/errors';
import type { Initializer } from '../../../initializers/initializer';
import { anyInitializer } from '../../../initializers/all';
import { computeFans } from '../../../initializers/fans';
import type { InitializerJson } from '../../../initializers/spec';
import { integer, oneOrList, optional, text } from '../config_fields';
import { kind } from '../kind';
import type { Layer } from '../layer';
import type { Dim, Dims } from '../shape';
import { activation, kernelAndBias, regularized } from './common_fields';
import { TUNING, tuning } from './core';

interface Einsum {
  readonly kernel: Dims;
  readonly bias: Dims | null;
  readonly output: Dims;
  /** The axes of the kernel that are summed over. */
  readonly inputAxes: readonly number[];
  /** The axes of the kernel that the output keeps. */
  readonly outputAxes: readonly number[];
}

/** The forms of an equation; `left` says on which side of the letters the ellipsis is. */
const FORMS = [
  { pattern: /^([a-zA-Z]+),([a-zA-Z]+)->([a-zA-Z]+)$/, left: false },
  { pattern: /^\.\.\.([a-zA-Z]+),([a-zA-Z]+)->\.\.\.([a-zA-Z]+)$/, left: true },
  { pattern: /^([a-zA-Z]{2,})\.\.\.,([a-zA-Z]+)->([a-zA-Z]+)\.\.\.$/, left: false },
];

/**
 * The shapes behind an equation such as "...x,xy->...y".
 * @param partial the output's shape without the batch axis and the axes of an ellipsis; where a size is
 *   null, it is the input's
 * @see keras/src/layers/core/einsum_dense.py, _analyze_split_string
 */
export function analyzeEinsum(equation: string, biasAxes: string | null, input: Dims, partial: Dims): Einsum {
  const form = FORMS.find(({ pattern }) => pattern.test(equation));
  if (!form)
    throw new ArgumentError(
      'equation must be of the form "ab,bc->ac", "...b,bc->...c" or "ab...,bc->ac...", ' +
        `got ${show(equation)}`,
    );
  const [, inputs, weights, outputs] = form.pattern.exec(equation)!;
  const elided = input.length - inputs.length;
  if (elided < 0 || (elided > 0 && !equation.includes('...')))
    throw new ArgumentError(`equation ${show(equation)} does not fit its input's shape ${show(input)}`);
  const between = form.left ? input.slice(1, Math.max(elided, 1)) : [];
  const after = form.left ? [] : input.slice(inputs.length);
  const full = [input[0], ...between, ...partial, ...after];
  const offset = form.left ? elided : 0;
  if (full.length !== outputs.length + elided)
    throw new ArgumentError(
      `output_shape ${show(partial)} does not fit equation ${show(equation)} ` +
        `and its input's shape ${show(input)}`,
    );
  const sizeIn = (letter: string): Dim => input[inputs.indexOf(letter) + offset];
  const sizeOut = (letter: string): Dim => full[outputs.indexOf(letter) + offset];
  const output = full.map((size, i) => {
    const letter = outputs[i - offset];
    if (letter === undefined || !inputs.includes(letter)) return size;
    if (size !== null && sizeIn(letter) !== null && size !== sizeIn(letter))
      throw new ArgumentError(
        `axis ${show(letter)} of equation ${show(equation)} has the size ${sizeIn(letter)} in its input ` +
          `and ${size} in output_shape`,
      );
    return size ?? sizeIn(letter);
  });
  for (const letter of outputs) {
    if (!inputs.includes(letter) && !weights.includes(letter))
      throw new ArgumentError(
        `equation ${show(equation)} has the letter ${show(letter)} in its output alone`,
      );
  }
  const kernel: Dim[] = [];
  const axes = { input: [] as number[], output: [] as number[] };
  for (const [axis, letter] of [...weights].entries()) {
    if (!outputs.includes(letter) && !inputs.includes(letter))
      throw new ArgumentError(
        `equation ${show(equation)} has the letter ${show(letter)} in its kernel alone`,
      );
    axes[outputs.includes(letter) ? 'output' : 'input'].push(axis);
    kernel.push(outputs.includes(letter) ? sizeOut(letter) : sizeIn(letter));
  }
  const bias =
    biasAxes === null ? null : biasShape(biasAxes, outputs, sizeOut, equation, form.left ? 0 : elided);
  return { kernel, bias, output, inputAxes: axes.input, outputAxes: axes.output };
}

function biasShape(
  biasAxes: string,
  outputs: string,
  sizeOut: (letter: string) => Dim,
  equation: string,
  trailing: number,
): Dims {
  const places = [...biasAxes].map((letter) => outputs.indexOf(letter));
  if (places.length === 0 || places.includes(-1))
    throw new ArgumentError(
      `bias_axes must be letters of the output of equation ${show(equation)}, got ${show(biasAxes)}`,
    );
  const spanned = Array.from(outputs.slice(Math.min(...places)));
  return [
    ...spanned.map((letter) => (biasAxes.includes(letter) ? sizeOut(letter) : 1)),
    ...Array<number>(trailing).fill(1),
  ];
}

/** Layers whose kernel has other fans since Keras 3.15. */
const changed = new WeakSet<Layer>();

/** Whether Keras 3.15 computes the variance of the layer's kernel from other fans than the versions before it. */
export function fansChanged(layer: Layer): boolean {
  return changed.has(layer);
}

/** The initializer of a kernel, where its variance follows from fans and it does not name their axes itself. */
function withoutAxes(source: InitializerJson): Initializer | undefined {
  let initializer: Initializer;
  try {
    initializer = anyInitializer(source);
  } catch {
    return undefined; // Adding the weight refuses it with the weight's name, or a hook replaces it there.
  }
  const config = initializer.getConfig();
  const countsFans = 'input_axes' in config;
  return countsFans && (config.input_axes === null || config.output_axes === null) ? initializer : undefined;
}

/**
 * Adds the kernel of an einsum. Where its initializer leaves the fans to the layer, the fan in counts the axes that
 * are summed over, and the fan out those that the output keeps. Before 3.15 Keras took the fans from the shape alone.
 * @see keras/src/layers/core/einsum_dense.py, EinsumDense.build
 */
function addKernel(layer: Layer, source: InitializerJson, { kernel, inputAxes, outputAxes }: Einsum): void {
  const shape = known(kernel, 'kernel');
  const initializer = withoutAxes(source);
  const axes = { input_axes: inputAxes, output_axes: outputAxes };
  const along = initializer && {
    class_name: initializer.className,
    config: { ...initializer.getConfig(), ...axes },
  };
  layer.weight('kernel', shape, along && layer.fansByAxes ? along : source);
  const [before, since] = [computeFans(shape), computeFans(shape, inputAxes, outputAxes)];
  if (along && (before.fanIn !== since.fanIn || before.fanOut !== since.fanOut)) changed.add(layer);
}

function known(shape: Dims, what: string): readonly number[] {
  if (shape.includes(null))
    throw new ArgumentError(
      `the shape ${show(shape)} of its ${what} depends on a size of its input that is left open`,
    );
  return shape as readonly number[];
}

const partialOf = (shape: number | null | readonly (number | null)[]): Dims =>
  Array.isArray(shape) ? shape : [shape as number | null];

export const einsumDense = kind({
  className: 'EinsumDense',
  fields: {
    equation: text(),
    output_shape: { ...oneOrList(optional(integer())), initial: undefined },
    activation: activation(),
    bias_axes: optional(text()),
    ...kernelAndBias,
    ...regularized('kernel', 'bias'),
    ...tuning,
  },
  ignored: TUNING,
  build(layer, { equation, bias_axes, output_shape, kernel_initializer, bias_initializer }, call) {
    const einsum = analyzeEinsum(equation, bias_axes, call.shape, partialOf(output_shape));
    addKernel(layer, kernel_initializer, einsum);
    if (einsum.bias) layer.weight('bias', known(einsum.bias, 'bias'), bias_initializer);
  },
  output: ({ equation, bias_axes, output_shape }, call) =>
    analyzeEinsum(equation, bias_axes, call.shape, partialOf(output_shape)).output,
});
