/** Twin of shaders/kernels/orthogonal.wgsl. */
import { float32Bits, roundBits } from '../../../arithmetic/round';
import type { Dtype, FloatDtype } from '../../../core/dtype';
import { DeviceError } from '../../../core/errors';
import type { Watch } from '../../../core/watch';
import { type OrthogonalParameters, sidesOf } from '../../../distributions/orthogonal';
import type { KeyWords } from '../../../distributions/key_words';
import type { Computer, Factorization, Patterns } from '../computer';
import type { Source } from '../source';
import { inTurns, pause } from '../turns';
import type { Qr } from './qr';

const ELEMENTS_PER_PART = 2 ** 15;

/**
 * Computes the matrix of an orthogonal tensor. Its elements are then taken from that matrix.
 * @throws DeviceError where there is not enough memory
 */
export async function openOrthogonal(
  computer: Computer,
  params: OrthogonalParameters,
  key: KeyWords,
  dtype: Dtype,
  watch: Watch,
): Promise<Source> {
  const matrix = await orthogonalMatrix(computer, params, key, watch);
  return {
    fill: (start, out, { signal }) =>
      inTurns(out, ELEMENTS_PER_PART, { signal }, (at, part) =>
        fillOrthogonal(params, matrix, dtype as FloatDtype, start + at, part),
      ),
    close: () => matrix.close(),
  };
}

/**
 * The matrix behind an orthogonal tensor, [m, n] with m >= n orthonormal columns, without the gain. The
 * caller closes it.
 * @throws DeviceError where there is not enough memory
 */
export async function orthogonalMatrix(
  computer: Computer,
  params: OrthogonalParameters,
  key: KeyWords,
  { signal, onProgress }: Watch,
): Promise<Qr> {
  const [m, n] = sidesOf(params);
  const load = async (): Promise<Float32Array> => {
    const normals = new Float32Array(m * n);
    const elements = { params: params.normals, key, dtype: 'float32' } as const;
    await computer.fill(elements, 0, new Uint32Array(normals.buffer), { signal });
    return normals;
  };
  let factorization: Factorization;
  try {
    factorization = await computer.qr(load, m, n, () => pause(signal));
  } catch (error) {
    if (!(error instanceof RangeError) || error === signal?.reason) throw error;
    throw new DeviceError(
      `an orthogonal ${m} x ${n} matrix needs at least ${12 * m * n} bytes of memory, more than there is here`,
    );
  }
  const { qr } = factorization;
  try {
    await factorization.run((share) => pause(signal, () => onProgress?.(share)), signal);
  } catch (error) {
    qr.close();
    throw error;
  }
  return qr;
}

/** So many columns are read together, because the fast path has them side by side. */
const COLUMNS_TOGETHER = 4;

/** Fills `out` with the elements of the tensor from `start` on. */
export function fillOrthogonal(
  { rows, columns, offset, gain }: OrthogonalParameters,
  q: Qr,
  dtype: FloatDtype,
  start: number,
  out: Patterns,
): void {
  // Of the matrix, from its element `begin` on.
  const begin = Math.max(0, start - offset);
  const end = Math.min(start - offset + out.length, rows * columns);
  const shift = offset - start;
  if (end - begin < out.length) out.fill(0);
  const lastRow = Math.ceil(end / columns);
  for (let first = 0; first < columns; first += COLUMNS_TOGETHER) {
    const lastColumn = Math.min(first + COLUMNS_TOGETHER, columns);
    for (let row = Math.floor(begin / columns); row < lastRow; row++) {
      for (let column = first; column < lastColumn; column++) {
        const element = row * columns + column;
        if (element < begin || element >= end) continue;
        const value = rows < columns ? q.element(column, row) : q.element(row, column);
        out[element + shift] = roundBits(dtype, float32Bits(gain * value));
      }
    }
  }
}
