import { finiteNumber, integerIn, oneOf, readArray, trueOrFalse } from '../core/check';
import { ArgumentError, show } from '../core/errors';
import { dividesByZero, stftElements, type StftKernel } from '../arithmetic/stft';
import { COPIED, type CopiedParameters } from './copied';
import type { Distribution } from './distribution';
import { SAMPLING_NUMBERS } from './sampling';

/**
 * The draw of a kernel of a short-time Fourier transform, [frames, 1, frequencies].
 *
 * @example
 * ```ts
 * import type { initializers } from 'tensorseed';
 * import { stft } from 'tensorseed/distributions';
 *
 * const draw = stft({ window: null }).resolve([4, 1, 3]) as initializers.StftDraw;
 * console.log(draw.frames, draw.frequencies, draw.window); // 4 3 null
 * ```
 */
export interface StftDraw extends StftKernel {
  /** The kind of the draw. */
  readonly kind: 'stft';
  /** Which part of the transform: its cosines, or its sines. */
  readonly side: 'real' | 'imag';
  /** SciPy's name of a window, its values, or null without one. */
  readonly window: string | readonly number[] | null;
  /** Whether a window that has a name is periodic. */
  readonly periodic: boolean;
  /** What the window is divided by: its norm, its sum, or nothing. */
  readonly scaling: 'density' | 'spectrum' | null;
  /** The length of the window, in [1, 2^19]. */
  readonly frames: number;
  /** The number of frequencies, at least 2. */
  readonly frequencies: number;
}

/** How such a kernel is drawn. */
export const stft: Distribution<StftDraw, CopiedParameters> = {
  ...COPIED,
  numbers: SAMPLING_NUMBERS.stft,
  check(members, total) {
    const draw = stftDraw(members as Parameters<typeof stftDraw>[0]);
    if (draw.frames * draw.frequencies === total) return draw;
    throw new ArgumentError(
      `a ${draw.frames} x ${draw.frequencies} kernel must fit a tensor of ${total} elements`,
    );
  },
  random: false,
  fillsMatrix: true,
  parameters: (draw) => ({ kernel: 'copy', random: false, elements: stftElements(draw) }),
};

export const SIDES = ['real', 'imag'] as const;
export const SCALINGS = ['density', 'spectrum'] as const;

/** SciPy's windows without parameters, and its other names of them. */
const WINDOWS = new Map(
  `barthann brthan bth,bartlett bart brt,blackman black blk,blackmanharris blackharr bkh,bohman bman bmn,
  boxcar box ones rect rectangular,cosine halfcosine,exponential poisson,flattop flat flt,hamming hamm ham,
  hann han,lanczos sinc,nuttall nutl nut,parzen parz par,taylor taylorwin,triang triangle tri,tukey tuk`
    .split(/,\s*/)
    .flatMap((names) => names.split(' ').map((name, _, [first]) => [name, first] as const)),
);

/** @throws ArgumentError unless `value` is the name of a window, an array of its values, or null */
export function checkWindow(name: string, value: unknown): StftDraw['window'] {
  if (value === null) return null;
  if (typeof value === 'string') {
    if (WINDOWS.has(value)) return value;
    throw new ArgumentError(
      `${name} must be null, an array of numbers, or one of ${[...new Set(WINDOWS.values())].join(', ')}, got ${show(value)}`,
    );
  }
  return Object.freeze(
    readArray(name, value, 'null, the name of a window, or an array of numbers', (one) => {
      if (Number.isFinite(Math.fround(finiteNumber(name, one)))) return one as number;
      throw new ArgumentError(`${name} must have values that float32 holds, got ${show(one)}`);
    }),
  );
}

/** @throws ArgumentError unless `value` is null or one of the names of scalings */
export function checkScaling(name: string, value: unknown): StftDraw['scaling'] {
  return value === null ? null : oneOf(name, value, SCALINGS);
}

/**
 * The draw of a kernel from members that may be anything.
 * @throws ArgumentError for the first that cannot be right
 */
export function stftDraw(given: Readonly<Record<keyof StftKernel, unknown>>): StftDraw {
  const frames = integerIn('frames', given.frames, 1, 2 ** 19);
  const frequencies = integerIn('frequencies', given.frequencies, 2, Number.MAX_SAFE_INTEGER);
  const side = oneOf('side', given.side, SIDES);
  const asked = checkWindow('window', given.window);
  const periodic = trueOrFalse('periodic', given.periodic);
  const scaling = checkScaling('scaling', given.scaling);
  const window = typeof asked === 'string' ? WINDOWS.get(asked)! : asked;
  if (typeof window === 'object' && window !== null && window.length !== frames)
    throw new ArgumentError(
      `window must have ${frames} values, as the kernel has frames, got ${window.length}`,
    );
  const draw: StftDraw = { kind: 'stft', side, window, periodic, scaling, frames, frequencies };
  if (dividesByZero(draw))
    throw new ArgumentError(
      `window must not be zero throughout where scaling is ${scaling}, got ${show(asked)}`,
    );
  return draw;
}
