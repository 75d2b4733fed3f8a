/** Twin of shaders/kernels/orthogonal.wgsl. */
import { float32Bits, roundBits } from '../../../arithmetic/round';
import type { Dtype, FloatDtype } from '../../../core/dtype';
import { DeviceError } from '../../../core/errors';
import type { Watch } from '../../../core/watch';
import { type OrthogonalParameters, sidesOf } from '../../../distributions/orthogonal';
import type { KeyWords } from '../../../distributions/key_words';
import type { Computer, Patterns } from '../computer';
import type { Source } from '../source';
import { inTurns, pause } from '../turns';
import { orthonormalize, type Qr } from './qr';

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
  let qr: Qr;
  try {
    const normals = new Float32Array(m * n);
    const elements = { params: params.normals, key, dtype: 'float32' } as const;
    await computer.fill(elements, 0, new Uint32Array(normals.buffer), { signal });
    qr = await computer.qr(normals, m, n, () => pause(signal));
  } catch (error) {
    if (!(error instanceof RangeError) || error === signal?.reason) throw error;
    throw new DeviceError(
      `an orthogonal ${m} x ${n} matrix needs at least ${12 * m * n} bytes of memory, more than there is here`,
    );
  }
  try {
    await orthonormalize(qr, (share) => pause(signal, () => onProgress?.(share)));
  } catch (error) {
    qr.close();
    throw error;
  }
  return qr;
}

/** Fills `out` with the elements of the tensor from `start` on. */
export function fillOrthogonal(
  { rows, columns, offset, gain }: OrthogonalParameters,
  q: Qr,
  dtype: FloatDtype,
  start: number,
  out: Patterns,
): void {
  for (let i = 0; i < out.length; i++) {
    const element = start + i - offset;
    if (element < 0 || element >= rows * columns) {
      out[i] = 0;
      continue;
    }
    const row = Math.floor(element / columns);
    const column = element - row * columns;
    const value = rows < columns ? q.element(column, row) : q.element(row, column);
    out[i] = roundBits(dtype, float32Bits(gain * value));
  }
}
