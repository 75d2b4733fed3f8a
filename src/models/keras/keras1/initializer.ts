import { product, type Shape } from '../../../core/shape';
import type { InitializerJson } from '../../../initializers';
import type { TensorPart } from '../../tensor_part';

/** How the channels of images are ordered: 'th' is [batch, channels, …], and 'tf' is [batch, …, channels]. */
export type Ordering = 'th' | 'tf';

/** What fills a weight, and its parts where it is filled as a tensor of another shape. */
export interface Filled {
  readonly initializer: InitializerJson;
  readonly parts?: readonly TensorPart[];
}

/** The initializers of Keras 1 that heed the fans: their variance is `scale` divided by the fan. */
const SCALED = new Map<unknown, { scale: number; mode: string; uniform?: string }>([
  ['lecun_uniform', { scale: 1, mode: 'fan_in', uniform: 'LecunUniform' }],
  ['glorot_uniform', { scale: 1, mode: 'fan_avg', uniform: 'GlorotUniform' }],
  ['he_uniform', { scale: 2, mode: 'fan_in', uniform: 'HeUniform' }],
  ['glorot_normal', { scale: 1, mode: 'fan_avg' }],
  ['he_normal', { scale: 2, mode: 'fan_in' }],
]);

const FIXED = new Map<unknown, InitializerJson>([
  ['uniform', randomUniform(0.05)],
  ['normal', randomNormal(0.05)],
  ['orthogonal', { class_name: 'Orthogonal', config: { gain: 1.1 } }],
  ['identity', 'identity'],
  ['zero', 'zeros'],
  ['one', 'ones'],
]);

function randomUniform(limit: number): InitializerJson {
  return { class_name: 'RandomUniform', config: { minval: -limit, maxval: limit } };
}

function randomNormal(stddev: number): InitializerJson {
  return { class_name: 'RandomNormal', config: { mean: 0, stddev } };
}

/** An initializer of Keras 1 as one of today's, for weights with the fans of today. */
export function modernInitializer(init: unknown): unknown {
  return scaled(init, {}) ?? FIXED.get(init) ?? init;
}

function scaled(init: unknown, axes: object): InitializerJson | undefined {
  const found = SCALED.get(init);
  if (found === undefined) return undefined;
  const { scale, mode, uniform } = found;
  return uniform === undefined
    ? { class_name: 'VarianceScaling', config: { scale, mode, distribution: 'untruncated_normal', ...axes } }
    : { class_name: uniform, config: { ...axes } };
}

/**
 * What fills a weight of that shape. A name that is none of Keras 1's is kept, so that a hook may stand for it.
 * @see keras/initializations.py at 1.2.2, get_fans and orthogonal
 */
export function fillingOf(init: unknown, shape: Shape, ordering: Ordering): Filled {
  if (init === 'orthogonal' && shape.length > 2) {
    // Keras 1 makes a matrix of it whose rows are along the first axis.
    const initializer = FIXED.get(init)!;
    return { initializer, parts: [{ start: 0, shape: [shape[0], product(shape.slice(1))], initializer }] };
  }
  const { scale, uniform } = SCALED.get(init) ?? {};
  const axes = fanAxes(shape.length, ordering);
  if (scale !== undefined && axes === undefined) {
    const variance = scale / Math.sqrt(product(shape));
    return {
      initializer:
        uniform === undefined ? randomNormal(Math.sqrt(variance)) : randomUniform(Math.sqrt(3 * variance)),
    };
  }
  return { initializer: scaled(init, axes ?? {}) ?? FIXED.get(init) ?? (init as InitializerJson) };
}

/**
 * The axes whose sizes multiply to the fans, where they are not those of today. Undefined where both fans are the
 * square root of all sizes.
 */
function fanAxes(rank: number, ordering: Ordering): object | undefined {
  if (rank === 2) return {};
  if (rank !== 4 && rank !== 5) return undefined;
  const space = Array.from({ length: rank - 2 }, (_, i) => i + 2);
  if (ordering === 'th') return { input_axes: [1, ...space], output_axes: [0, ...space] };
  // Of a kernel in three dimensions Keras 1 counts the first two alone.
  return rank === 4 ? {} : { input_axes: [0, 1, 3], output_axes: [0, 1, 4] };
}
