/**
 * Windows of a short-time Fourier transform, with SciPy's formulas.
 * @see scipy/signal/windows/_windows.py
 */
import { exp, sinCos } from './elementary';

/** Coefficients of 1, cos x, cos 2x and so on, for x from -pi to pi. */
const COSINES: Readonly<Record<string, readonly number[]>> = {
  boxcar: [1],
  hann: [0.5, 0.5],
  hamming: [0.54, 1 - 0.54],
  blackman: [0.42, 0.5, 0.08],
  nuttall: [0.3635819, 0.4891775, 0.1365995, 0.0106411],
  blackmanharris: [0.35875, 0.48829, 0.14128, 0.01168],
  flattop: [0.21557895, 0.41663158, 0.277263158, 0.083578947, 0.006947368],
};

/** Coefficients of Taylor's window with four sidelobes at 30 dB: those of cos x, cos 2x and cos 3x. */
const TAYLOR = [0.2926560110171551, -0.01578375064105314, 0.0021810393128200286];

const both = new Float64Array(2);

function sin(angle: number): number {
  sinCos(angle, both);
  return both[0];
}

function cos(angle: number): number {
  sinCos(angle, both);
  return both[1];
}

function taylor(x: number): number {
  return (
    1 + 2 * TAYLOR.reduce((sum, coefficient, k) => sum + coefficient * cos(2 * Math.PI * (k + 1) * x), 0)
  );
}

/** The value at n of a symmetric window of m values, m > 1. */
const SHAPES: Readonly<Record<string, (n: number, m: number) => number>> = {
  barthann(n, m) {
    const x = Math.abs(n / (m - 1) - 0.5);
    return 0.62 - 0.48 * x + 0.38 * cos(2 * Math.PI * x);
  },
  bartlett: (n, m) => (n <= (m - 1) / 2 ? (2 * n) / (m - 1) : 2 - (2 * n) / (m - 1)),
  bohman(n, m) {
    const x = Math.abs(n * (2 / (m - 1)) - 1);
    return n === 0 || n === m - 1 ? 0 : (1 - x) * cos(Math.PI * x) + (1 / Math.PI) * sin(Math.PI * x);
  },
  cosine: (n, m) => sin((Math.PI / m) * (n + 0.5)),
  // A quotient below e^-700 is 0 in float32.
  exponential: (n, m) => exp(-Math.min(Math.abs(n - (m - 1) / 2), 700)),
  lanczos(n, m) {
    const x = (2 * Math.max(n, m - 1 - n)) / (m - 1) - 1;
    return x === 0 ? 1 : sin(Math.PI * x) / (Math.PI * x);
  },
  parzen(n, m) {
    const distance = Math.abs(n - (m - 1) / 2);
    const x = distance / (m / 2);
    return distance <= (m - 1) / 4 ? 1 - 6 * x ** 2 + 6 * x ** 3 : 2 * (1 - x) ** 3;
  },
  taylor: (n, m) => taylor((n - m / 2 + 0.5) / m) / taylor(0),
  triang(n, m) {
    const i = Math.min(n, m - 1 - n);
    return m % 2 === 0 ? (2 * i + 1) / m : (2 * (i + 1)) / (m + 1);
  },
  tukey(n, m) {
    const width = Math.floor((m - 1) / 4);
    const x = (4 * n) / (m - 1);
    if (n > width && n < m - width - 1) return 1;
    return 0.5 * (1 + cos(Math.PI * (n <= width ? x - 1 : x - 3)));
  },
};

/**
 * The values of a window in float64, the same on every engine.
 * @param name one of SciPy's names of a window without parameters, no alias
 * @param periodic whether the value after the last one would be the first
 */
export function windowValues(name: string, length: number, periodic: boolean): Float64Array {
  if (length < 2) return new Float64Array(length).fill(1);
  const m = periodic ? length + 1 : length;
  const cosines = COSINES[name];
  const step = (2 * Math.PI) / (m - 1);
  const at =
    cosines === undefined
      ? SHAPES[name]
      : (n: number): number => {
          const x = n === m - 1 ? Math.PI : n * step - Math.PI;
          return cosines.reduce((sum, coefficient, k) => sum + coefficient * cos(k * x), 0);
        };
  return Float64Array.from({ length }, (_, n) => at(n, m));
}
