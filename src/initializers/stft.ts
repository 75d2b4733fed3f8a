import { trueOrFalse } from '../core/check';
import { ArgumentError, show } from '../core/errors';
import { copyShape, elementCount, type Shape } from '../core/shape';
import type { Draw } from '../distributions/draw';
import { checkScaling, checkWindow, SIDES, stft as distribution, stftDraw } from '../distributions/stft';
import { Configured, readConfig } from './configured';
import type { Row } from './registry';
import { provide } from './sampled';
import { choice, type OptionTableOf } from './options';

/**
 * The options of `STFT`.
 *
 * @example
 * ```ts
 * import { stft, type STFTOptions } from 'tensorseed/distributions';
 *
 * const options: STFTOptions = { side: 'imag', window: 'hamming' };
 * console.log(stft(options).options.scaling); // density
 * ```
 */
export interface STFTOptions {
  /** Which part of the transform the kernel computes: the real one, by cosines, or the imaginary one. Default 'real'. */
  readonly side?: 'real' | 'imag';
  /**
   * The window over the frames: SciPy's name of one without parameters, such as 'hamming', the values of one, or
   * null for none. Default 'hann'.
   */
  readonly window?: string | readonly number[] | null;
  /** Whether a window that has a name is periodic, and not symmetric. Default false. */
  readonly periodic?: boolean;
  /**
   * What the windowed values are divided by: the root of the sum of the window's squares, the sum of its absolute
   * values, or nothing. Default 'density'.
   */
  readonly scaling?: 'density' | 'spectrum' | null;
}

const OPTIONS = {
  side: choice('real', SIDES),
  window: {
    initial: 'hann',
    check: checkWindow,
    toConfig: (value: STFTOptions['window']) => (Array.isArray(value) ? [...(value as number[])] : value!),
  },
  periodic: { initial: false, check: trueOrFalse },
  scaling: { initial: 'density', check: checkScaling },
} satisfies OptionTableOf<STFTOptions>;

/**
 * Fills the kernel of a convolution that computes a short-time Fourier transform, as Keras's STFTSpectrogram needs
 * it.
 *
 * The shape is [frames, 1, frequencies], with 1 to 2^19 frames and at least two frequencies. Element [t, 0, f] is the
 * cosine (or sine) of -pi t f / (frequencies - 1), times the window, divided by the scaling. As in Keras, the angle is
 * computed in float32. Halves are rounded from float32, where Keras computes all of it in halves.
 * @see keras/src/initializers/constant_initializers.py, STFT
 *
 * @example
 * ```ts
 * import { Sampler } from 'tensorseed';
 * import { STFT } from 'tensorseed/distributions';
 *
 * const sampler = await Sampler.create();
 * const kernel = await sampler.fill(new STFT({ window: null }), [2, 1, 3]);
 * console.log((await kernel.float32()).map((x) => Math.round(x))); // Float32Array(6) [ 1, 1, 1, 1, -0, -1 ]
 * sampler.destroy();
 * ```
 */
export class STFT extends Configured<STFTOptions> {
  /** @throws ArgumentError for an option that cannot be right, and for an unknown key */
  constructor(options: STFTOptions = {}) {
    super('STFT', OPTIONS, options);
    provide(STFT_ROW, 'stft', distribution);
  }

  /**
   * Makes the initializer that Keras's configuration describes.
   * @param config an object with the keys `side`, `window`, `periodic` and `scaling`, any of which may be missing
   * @throws ArgumentError naming the key that is unknown, or whose value cannot be right
   *
   * @example
   * ```ts
   * import { STFT } from 'tensorseed/distributions';
   *
   * const initializer = STFT.fromConfig({ side: 'imag', window: 'blackman' });
   * console.log(initializer.options.side); // imag
   * ```
   */
  static fromConfig(config: unknown): STFT {
    return new STFT(readConfig('STFT', OPTIONS, config));
  }

  /**
   * Returns the draw of the kernel.
   * @param shape [frames, 1, frequencies]
   * @throws ArgumentError for any other shape, where the window has another length, and where one that scales is 0
   *   throughout
   *
   * @example
   * ```ts
   * import { stft } from 'tensorseed/distributions';
   *
   * const draw = stft().resolve([256, 1, 129]);
   * console.log(draw.kind === 'stft' && draw.frames); // 256
   * ```
   */
  resolve(shape: Shape): Draw {
    const sizes = copyShape(shape);
    elementCount(sizes);
    const [frames, channels, frequencies] = sizes;
    if (sizes.length !== 3 || channels !== 1)
      throw new ArgumentError(`STFT needs a shape [frames, 1, frequencies], got ${show(sizes)}`);
    const { side, window, periodic, scaling } = this.options;
    return stftDraw({ side, window, periodic, scaling, frames, frequencies });
  }
}

/**
 * Makes an `STFT` initializer: the same as `new STFT(options)`.
 * @throws ArgumentError for an option that cannot be right, and for an unknown key
 *
 * @example
 * ```ts
 * import { stft } from 'tensorseed/distributions';
 *
 * const initializer = stft({ scaling: 'spectrum' });
 * console.log(initializer.getConfig().window); // hann
 * ```
 */
export function stft(options?: STFTOptions): STFT {
  return new STFT(options);
}

/** Its row among the initializers. */
export const STFT_ROW: Row = {
  name: 'STFT',
  type: STFT,
  factory: stft,
  aliases: ['STFTInitializer'],
};
