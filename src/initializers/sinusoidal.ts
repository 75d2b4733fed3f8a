import { trueOrFalse } from '../core/check';
import { ArgumentError, show } from '../core/errors';
import { copyShape, elementCount, type Shape } from '../core/shape';
import type { Draw } from '../distributions/draw';
import {
  checkExtent,
  checkGrid,
  checkMaxPeriod,
  checkZeroRows,
  LAYOUTS,
  sinusoidal as distribution,
  sinusoidalDraw,
} from '../distributions/sinusoidal';
import { Configured, readConfig } from './configured';
import { choice, type OptionTableOf } from './options';
import type { Row } from './registry';
import { provide } from './sampled';

/**
 * The options of `Sinusoidal`.
 *
 * @example
 * ```ts
 * import { sinusoidal, type SinusoidalOptions } from 'tensorseed/distributions';
 *
 * const whisper: SinusoidalOptions = { endpoint: true };
 * console.log(sinusoidal(whisper).options.layout); // halves
 * ```
 */
export interface SinusoidalOptions {
  /**
   * Whether a row has all sines in its first half and all cosines in its second, or each sine before its cosine.
   * With a grid these are the halves of each axis. Default 'halves'.
   */
  readonly layout?: 'halves' | 'interleaved';
  /**
   * Whether frequency i of n is maxPeriod^(-i / (n - 1)), so that the last one is 1 / maxPeriod itself, and not
   * maxPeriod^(-i / n). Default false.
   */
  readonly endpoint?: boolean;
  /** 2 pi of it is the longest period, a number in [1, 1e300]. Default 10000. */
  readonly maxPeriod?: number;
  /**
   * The height and the width of a grid, whose positions follow one another row by row, or null for positions in a
   * line. Half of the columns of the table are made of each axis of the grid. Default null.
   */
  readonly grid?: readonly [height: number, width: number] | null;
  /** Whether the first half of a row is made of the column in the grid, and not of the row. Default true. */
  readonly columnsFirst?: boolean;
  /** A number in (0, 2^20] by which position i of n is i extent / n on each axis, or null for i. Default null. */
  readonly extent?: number | null;
  /** How many rows of zeros come before the first position, such as that of a class token. Default 0. */
  readonly zeroRows?: number;
}

const OPTIONS = {
  layout: choice('halves', LAYOUTS),
  endpoint: { initial: false, check: trueOrFalse },
  maxPeriod: { initial: 10000, check: checkMaxPeriod },
  grid: {
    initial: null,
    check: checkGrid,
    toConfig: (value: SinusoidalOptions['grid']) => (value ? [...value] : null),
  },
  columnsFirst: { initial: true, check: trueOrFalse },
  extent: { initial: null, check: checkExtent },
  zeroRows: { initial: 0, check: checkZeroRows },
} satisfies OptionTableOf<SinusoidalOptions>;

/**
 * Fills a table of positions with sines and cosines, as models have it that learn no positions.
 *
 * The shape is [positions, width], with axes of size 1 before it, where there are any. There are at most 2^20
 * positions and 2^16 columns. An element is the sine or the cosine of its position times a frequency, computed in
 * float64 and rounded once. So are the tables of transformers that are computed in float64. Those with angles in
 * float32, as Whisper's and timm's, differ by up to 2^-23 times the position. Keras has no such initializer, so its
 * JSON has the registered name 'tensorseed>Sinusoidal'.
 *
 * - Whisper: `{ endpoint: true }`. Marian and Pegasus: the defaults. DistilBERT and XLM: `{ layout: 'interleaved' }`.
 * - ViT-MAE and the original DiT: `{ grid, zeroRows }`. Others that take the rows of the grid first, as timm does:
 *   `{ grid, columnsFirst: false }`.
 * - diffusers: `{ grid, extent: base_size / interpolation_scale }`.
 * @see Vaswani et al., 2017, https://arxiv.org/abs/1706.03762
 * @see transformers/models/whisper/modeling_whisper.py, sinusoids
 * @see transformers/models/vit_mae/modeling_vit_mae.py, build_2d_sinusoidal_position_embedding
 * @see diffusers/models/embeddings.py, get_2d_sincos_pos_embed
 *
 * @example
 * ```ts
 * import { Sampler } from 'tensorseed';
 * import { Sinusoidal } from 'tensorseed/distributions';
 *
 * const sampler = await Sampler.create();
 * const table = await sampler.fill(new Sinusoidal({ layout: 'interleaved' }), [2, 4]);
 * console.log(Array.from(await table.float32(), (x) => x.toFixed(2)).join(' ')); // 0.00 1.00 0.00 1.00 0.84 0.54 0.01 1.00
 * sampler.destroy();
 * ```
 */
export class Sinusoidal extends Configured<SinusoidalOptions> {
  /** @throws ArgumentError for an option that cannot be right, and for an unknown key */
  constructor(options: SinusoidalOptions = {}) {
    super('Sinusoidal', OPTIONS, options);
    provide(SINUSOIDAL, 'sinusoidal', distribution);
  }

  /**
   * Makes the initializer that a configuration describes.
   * @param config an object with the options in snake_case, such as `max_period`, any of which may be missing
   * @throws ArgumentError naming the key that is unknown, or whose value cannot be right
   *
   * @example
   * ```ts
   * import { Sinusoidal } from 'tensorseed/distributions';
   *
   * const initializer = Sinusoidal.fromConfig({ max_period: 100 });
   * console.log(initializer.options.maxPeriod); // 100
   * ```
   */
  static fromConfig(config: unknown): Sinusoidal {
    return new Sinusoidal(readConfig('Sinusoidal', OPTIONS, config));
  }

  /**
   * Returns the draw of the table.
   * @param shape [positions, width], or with axes of size 1 before
   * @throws ArgumentError for any other shape, where the grid has other positions, and where the width cannot be
   *   divided as the options say
   *
   * @example
   * ```ts
   * import { sinusoidal } from 'tensorseed/distributions';
   *
   * const draw = sinusoidal().resolve([1500, 384]);
   * console.log(draw.kind === 'sinusoidal' && draw.positions); // 1500
   * ```
   */
  resolve(shape: Shape): Draw {
    const sizes = copyShape(shape);
    elementCount(sizes);
    if (sizes.length < 2 || sizes.slice(0, -2).some((size) => size !== 1))
      throw new ArgumentError(`Sinusoidal needs a shape [1, ..., positions, width], got ${show(sizes)}`);
    const [positions, width] = sizes.slice(-2);
    return sinusoidalDraw({ ...this.options, positions, width });
  }
}

/**
 * Makes a `Sinusoidal` initializer: the same as `new Sinusoidal(options)`.
 * @throws ArgumentError for an option that cannot be right, and for an unknown key
 *
 * @example
 * ```ts
 * import { sinusoidal } from 'tensorseed/distributions';
 *
 * const initializer = sinusoidal({ grid: [14, 14], zeroRows: 1 });
 * console.log(initializer.getConfig().zero_rows); // 1
 * ```
 */
export function sinusoidal(options?: SinusoidalOptions): Sinusoidal {
  return new Sinusoidal(options);
}

/** Its row among the initializers. */
export const SINUSOIDAL: Row = {
  name: 'Sinusoidal',
  type: Sinusoidal,
  factory: sinusoidal,
  registeredName: 'tensorseed>Sinusoidal',
};
