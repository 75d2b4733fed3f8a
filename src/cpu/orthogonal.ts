/** Twin of shaders/orthogonal.wgsl and shaders/qr, in float64 and without blocks. */
import { type Dtype } from '../dtype';
import { DeviceError } from '../errors';
import type { Key } from '../key';
import { float32Bits, roundBits } from '../round';
import type { ParametersOf } from './block';
import { fillCpu, type Patterns } from './fill';

/**
 * The matrix behind an orthogonal tensor: [m, n] row-major with m >= n orthonormal columns, gain apart.
 * @param pause is awaited after every column with the share of the work that is done
 * @throws DeviceError where there is not enough memory
 */
export async function orthogonalMatrix(
  params: ParametersOf<'orthogonal'>, key: Key, pause: (share: number) => Promise<void>,
): Promise<Float64Array> {
  const m = Math.max(params.rows, params.columns);
  const n = Math.min(params.rows, params.columns);
  const { normals, a } = allocate(m, n);
  fillCpu(params.normals, key, 'float32', 0, new Uint32Array(normals.buffer));
  a.set(normals);
  await orthonormalize(a, m, n, pause);
  return a;
}

function allocate(m: number, n: number): { normals: Float32Array<ArrayBuffer>; a: Float64Array } {
  try {
    return { normals: new Float32Array(m * n), a: new Float64Array(m * n) };
  } catch {
    throw new DeviceError(`an orthogonal ${m} x ${n} matrix needs ${12 * m * n} bytes of memory, more than there is here`);
  }
}

/**
 * Turns a row-major [m, n] matrix, m >= n, into the Q of its Householder QR factorization with a
 * positive diagonal of R (Golub and Van Loan, Matrix Computations, section 5.2).
 */
export async function orthonormalize(a: Float64Array, m: number, n: number, pause: (share: number) => Promise<void>): Promise<void> {
  const taus = new Float64Array(n);
  const signs = new Float64Array(n);
  const share = shareOfColumns(m, n);
  for (let j = 0; j < n; j++) {
    const alpha = a[j * n + j];
    let below = 0;
    for (let r = j + 1; r < m; r++) below += a[r * n + j] ** 2;
    // beta has the other sign than alpha, so that alpha - beta does not cancel.
    const beta = below === 0 ? alpha : alpha >= 0 ? -Math.sqrt(alpha * alpha + below) : Math.sqrt(alpha * alpha + below);
    taus[j] = below === 0 ? 0 : (beta - alpha) / beta;
    signs[j] = beta < 0 ? -1 : 1;
    for (let r = j + 1; r < m; r++) a[r * n + j] /= below === 0 ? 1 : alpha - beta;
    reflect(a, m, n, j, taus[j]);
    await pause(share(j) / 2);
  }
  for (let j = n - 1; j >= 0; j--) {
    // Row j and column j of the product are a unit row and column up to here.
    a.fill(0, j * n + j + 1, j * n + n);
    reflect(a, m, n, j, taus[j]);
    a[j * n + j] = signs[j] * (1 - taus[j]);
    for (let r = j + 1; r < m; r++) a[r * n + j] *= -signs[j] * taus[j];
    await pause(1 - share(j) / 2);
  }
}

/** I - tau v v^T on the columns right of j, where v is 1 in row j and what column j has below it. */
function reflect(a: Float64Array, m: number, n: number, j: number, tau: number): void {
  const w = a.slice(j * n + j + 1, j * n + n);
  for (let r = j + 1; r < m; r++) {
    const v = a[r * n + j];
    for (let c = 0, at = r * n + j + 1; c < w.length; c++, at++) w[c] += v * a[at];
  }
  for (let c = 0; c < w.length; c++) w[c] *= tau;
  for (let c = 0, at = j * n + j + 1; c < w.length; c++, at++) a[at] -= w[c];
  for (let r = j + 1; r < m; r++) {
    const v = a[r * n + j];
    for (let c = 0, at = r * n + j + 1; c < w.length; c++, at++) a[at] -= v * w[c];
  }
}

/** The share of the work that columns 0 to j make up: the integral of (m - x) (n - x). */
function shareOfColumns(m: number, n: number): (j: number) => number {
  const work = (x: number): number => m * n * x - ((m + n) * x * x) / 2 + x ** 3 / 3;
  return (j) => work(j + 1) / work(n);
}

/** Elements [start, start + out.length) of the tensor. */
export function fillOrthogonal(
  { rows, columns, offset, gain }: ParametersOf<'orthogonal'>, matrix: Float64Array, dtype: Exclude<Dtype, 'uint32'>, start: number, out: Patterns,
): void {
  for (let i = 0; i < out.length; i++) {
    const element = start + i - offset;
    const row = Math.floor(element / columns);
    const value = rows < columns ? matrix[(element % columns) * rows + row] : matrix[element];
    out[i] = element < 0 || element >= rows * columns ? 0 : roundBits(dtype, float32Bits(gain * value));
  }
}
