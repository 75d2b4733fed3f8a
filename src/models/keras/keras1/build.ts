import type { Shape } from '../../../core/shape';
import { ArgumentError, show } from '../../../core/errors';
import type { Call } from '../call';
import type { Layer } from '../layer';
import { type DataFormat, sizeOf } from '../shape';
import type { JsonObject } from '../structure';
import type { Keras1 } from './detect';
import { fillingOf, type Ordering } from './initializer';

/** The values of a configuration under today's names. A layer has those of its class alone. */
export interface Values {
  readonly units: number;
  readonly filters: number;
  readonly kernel_size: readonly number[];
  readonly depth_multiplier: number;
  readonly use_bias: boolean;
  readonly data_format: DataFormat;
  readonly input_dim: number;
  readonly output_dim: number;
  readonly axis: number;
  readonly return_sequences: boolean;
}

/** The first call of a layer of Keras 1, which adds its weights. */
export class Build {
  constructor(
    readonly layer: Layer,
    /** Its configuration as the file has it. */
    readonly config: JsonObject,
    /** Its configuration under today's names. */
    readonly values: Values,
    readonly call: Call,
    readonly keras1: Keras1,
  ) {}

  /** How many inputs it has along the last axis, or another one. */
  inputs(axis = -1): number {
    return sizeOf(this.call.shape, axis);
  }

  get ordering(): Ordering {
    return orderingOf(this.config, this.keras1);
  }

  /**
   * Adds a weight.
   * @param init the key of its initializer, or the initializer
   * @param ordering what Keras 1 takes for the order of the axes when it counts the fans
   */
  add(variable: string, shape: Shape, init: unknown, ordering: Ordering = 'th', trainable = true): void {
    const { initializer, ...parts } = fillingOf(init, shape, ordering);
    this.layer.weight(variable, shape, initializer, { ...parts, trainable });
  }

  /** Adds a bias of zeros, unless the layer has none. */
  bias(shape: Shape): void {
    if (this.values.use_bias !== false) this.add('b', shape, 'zero');
  }

  /** The shape of a weight that goes with the input element by element, but for the axes that share it. */
  get elementwise(): number[] {
    const { shape } = this.call;
    const shared = [this.config.shared_axes ?? []].flat();
    return shape.slice(1).map((_, i) => (shared.includes(i + 1) ? 1 : sizeOf(shape, i + 1)));
  }
}

/**
 * Where a layer has its channels. Layers that only pad, crop and repeat do not write it: theirs is that of the
 * others.
 */
export function orderingOf({ dim_ordering: own }: JsonObject, { ordering }: Keras1): Ordering {
  const known = own ?? ordering;
  if (known === 'th' || known === 'tf') return known;
  const why = own === undefined ? ', and no other layer of the file tells it' : '';
  throw new ArgumentError(
    `dim_ordering must be "th" for [batch, channels, …] or "tf" for [batch, …, channels], got ${show(own)}${why}`,
  );
}

/** The shape of a convolution's kernel. */
export function kernelShape(
  ordering: Ordering,
  window: Shape,
  inputs: number,
  outputs: number,
): readonly number[] {
  return ordering === 'th' ? [outputs, inputs, ...window] : [...window, inputs, outputs];
}
