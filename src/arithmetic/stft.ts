/**
 * The kernels of a short-time Fourier transform, as Keras computes them in float32: each operation of its formula is
 * rounded, so that the angles have Keras's errors, which grow with time.
 * @see keras/src/initializers/constant_initializers.py, STFT
 */
import { sinCos } from './elementary';
import { windowValues } from './window';

/** What an element of the kernel follows from. */
export interface StftKernel {
  readonly side: 'real' | 'imag';
  /** The name of a window, its values, or null without one. */
  readonly window: string | readonly number[] | null;
  readonly periodic: boolean;
  readonly scaling: 'density' | 'spectrum' | null;
  readonly frames: number;
  readonly frequencies: number;
}

const { fround } = Math;
const PI = fround(Math.PI);

/** The window of a kernel as float32, and what the products with it are divided by. */
interface Weights {
  readonly window: Float32Array;
  readonly divisor: number;
}

function weightsOf({ window: given, frames, periodic, scaling }: StftKernel): Weights | undefined {
  if (given === null) return undefined;
  const window = Float32Array.from(typeof given === 'string' ? windowValues(given, frames, periodic) : given);
  let divisor = 1;
  if (scaling === 'spectrum') divisor = fround(window.reduce((sum, x) => sum + Math.abs(x), 0));
  if (scaling === 'density')
    divisor = fround(Math.sqrt(fround(window.reduce((sum, x) => sum + fround(x * x), 0))));
  return { window, divisor };
}

/** Whether a kernel would be divided by 0. */
export function dividesByZero(kernel: StftKernel): boolean {
  return weightsOf(kernel)?.divisor === 0;
}

/** What writes the elements from `start` on of a kernel [frames, 1, frequencies] to memory, as float32 bits. */
export function stftElements(kernel: StftKernel): (start: number, out: Uint32Array<ArrayBuffer>) => void {
  const { side, frames, frequencies } = kernel;
  const weights = weightsOf(kernel);
  const lane = side === 'real' ? 1 : 0;
  const both = new Float64Array(2);
  return (start, words) => {
    const out = new Float32Array(words.buffer, words.byteOffset, words.length).fill(0);
    for (let i = 0; i < out.length; i++) {
      const time = Math.floor((start + i) / frequencies);
      if (time >= frames) break;
      const frequency = fround((start + i - time * frequencies) / (2 * (frequencies - 1)));
      sinCos(fround(fround(-2 * time * frequency) * PI), both);
      const value = fround(both[lane]);
      out[i] = weights === undefined ? value : fround(value * weights.window[time]) / weights.divisor;
    }
  };
}
