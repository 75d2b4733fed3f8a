import { ArgumentError, show } from '../core/errors';
import { copyShape, elementCount, product, type Shape } from '../core/shape';
import type { Draw } from '../distributions/draw';
import { dirac as distribution } from '../distributions/dirac';
import { Configured, readConfig } from './configured';
import type { Row } from './registry';
import { provide } from './sampled';
import { choice, count, type OptionTableOf } from './options';

/**
 * The options of `Dirac`.
 *
 * @example
 * ```ts
 * import { dirac, type DiracOptions } from 'tensorseed/distributions';
 *
 * const options: DiracOptions = { groups: 2, layout: 'torch' };
 * console.log(dirac(options).getConfig()); // { groups: 2, layout: 'torch' }
 * ```
 */
export interface DiracOptions {
  /** The number of groups of outputs, each of which passes on the first inputs: an integer >= 1. Default 1. */
  readonly groups?: number;
  /**
   * How the kernel lies in the tensor: as [...window, inputs, outputs], or as torch has it, [outputs, inputs,
   * ...window]. Default 'keras'.
   */
  readonly layout?: 'keras' | 'torch';
}

const OPTIONS = {
  groups: count(1),
  layout: choice('keras', ['keras', 'torch']),
} satisfies OptionTableOf<DiracOptions>;

/**
 * Fills the kernel of a convolution so that it passes its inputs on, as torch.nn.init.dirac_ does.
 *
 * Output i is input i, at the element of the window in its middle: size div 2 in each direction. With `groups`
 * that holds for the outputs of each group. Outputs beyond the number of inputs are 0. The shape has rank 3, 4 or
 * 5. Keras does not have it.
 * @see https://docs.pytorch.org/docs/stable/nn.init.html, dirac_
 *
 * @example
 * ```ts
 * import { Sampler } from 'tensorseed';
 * import { Dirac } from 'tensorseed/distributions';
 *
 * const sampler = await Sampler.create();
 * const kernel = await sampler.fill(new Dirac(), [3, 1, 2]);
 * console.log(await kernel.data()); // Float32Array(6) [ 0, 0, 1, 0, 0, 0 ]
 * sampler.destroy();
 * ```
 */
export class Dirac extends Configured<DiracOptions> {
  /** @throws ArgumentError where `groups` or `layout` cannot be right, or a key is unknown */
  constructor(options: DiracOptions = {}) {
    super('Dirac', OPTIONS, options);
    provide(DIRAC, 'dirac', distribution);
  }

  /**
   * Makes the initializer that a configuration describes.
   * @param config an object with the keys `groups` and `layout`, any of which may be missing
   * @throws ArgumentError naming the key that is unknown, or whose value cannot be right
   *
   * @example
   * ```ts
   * import { Dirac } from 'tensorseed/distributions';
   *
   * const initializer = Dirac.fromConfig({ groups: 4 });
   * console.log(initializer.options.groups); // 4
   * ```
   */
  static fromConfig(config: unknown): Dirac {
    return new Dirac(readConfig('Dirac', OPTIONS, config));
  }

  /**
   * Returns the draw that says which elements are 1.
   * @param shape of rank 3, 4 or 5
   * @throws ArgumentError where the shape is malformed or has another rank, or where `groups` does not divide the
   *   number of outputs
   *
   * @example
   * ```ts
   * import { dirac } from 'tensorseed/distributions';
   *
   * const draw = dirac({ layout: 'torch' }).resolve([4, 4, 3, 3]);
   * console.log(draw.kind === 'dirac' && [draw.offset, draw.count, draw.step]); // [ 4, 4, 45 ]
   * ```
   */
  resolve(shape: Shape): Draw {
    const sizes = copyShape(shape);
    const size = elementCount(sizes);
    const { length } = sizes;
    if (length < 3 || length > 5)
      throw new ArgumentError(`Dirac needs a shape of rank 3, 4 or 5, got ${show(sizes)} of rank ${length}`);
    const { groups, layout } = this.options;
    const torch = layout === 'torch';
    const outputs = torch ? sizes[0] : sizes[length - 1];
    const inputs = torch ? sizes[1] : sizes[length - 2];
    if (outputs % groups !== 0) {
      const axis = `shape[${torch ? 0 : length - 1}] = ${outputs}`;
      throw new ArgumentError(`groups must divide the number of outputs, ${axis}, got ${groups}`);
    }
    if (size === 0) return { kind: 'dirac', size, offset: 0, count: 0, step: 0, repeats: 0, period: 0 };
    const window = torch ? sizes.slice(2) : sizes.slice(0, -2);
    const centre = window.reduce((at, side) => at * side + Math.floor(side / 2), 0);
    const perGroup = outputs / groups;
    const most = Math.min(perGroup, inputs);
    if (torch) {
      const elements = product(window);
      const period = perGroup * inputs * elements;
      return {
        kind: 'dirac',
        size,
        offset: centre,
        count: most,
        step: (inputs + 1) * elements,
        repeats: groups,
        period,
      };
    }
    const offset = centre * inputs * outputs;
    // Each input has a row of outputs, with a 1 for each group.
    return { kind: 'dirac', size, offset, count: groups, step: perGroup, repeats: most, period: outputs + 1 };
  }
}

/**
 * Makes a `Dirac` initializer: the same as `new Dirac(options)`.
 * @throws ArgumentError where `groups` or `layout` cannot be right, or a key is unknown
 *
 * @example
 * ```ts
 * import { Sampler } from 'tensorseed';
 * import { dirac } from 'tensorseed/distributions';
 *
 * const sampler = await Sampler.create();
 * const kernel = await sampler.fill(dirac({ groups: 2 }), [1, 1, 4]);
 * console.log(await kernel.data()); // Float32Array(4) [ 1, 0, 1, 0 ]
 * sampler.destroy();
 * ```
 */
export function dirac(options?: DiracOptions): Dirac {
  return new Dirac(options);
}

/** Its row among the initializers. */
export const DIRAC: Row = {
  name: 'Dirac',
  type: Dirac,
  factory: dirac,
  registeredName: 'tensorseed>Dirac',
};
