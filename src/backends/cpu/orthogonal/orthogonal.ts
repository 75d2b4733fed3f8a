/** Twin of shaders/kernels/orthogonal.wgsl. */
import { type FloatDtype } from '../../../core/dtype';
import { DeviceError } from '../../../core/errors';
import type { Key } from '../../../streams/key';
import { float32Bits, roundBits } from '../../../arithmetic/round';
import type { ParametersOf } from '../reference/block';
import type { Computer } from '../computer';
import type { Patterns } from '../reference/fill';
import { orthonormalize, type Qr } from './qr';

/**
 * The matrix behind an orthogonal tensor: [m, n] with m >= n orthonormal columns, gain apart; to be closed by the caller.
 * @param pause is awaited again and again with the share of the work that is done
 * @throws DeviceError where there is not enough memory
 */
export async function orthogonalMatrix(
  computer: Computer,
  params: ParametersOf<'orthogonal'>,
  key: Key,
  pause: (share: number) => Promise<void>,
): Promise<Qr> {
  const m = Math.max(params.rows, params.columns);
  const n = Math.min(params.rows, params.columns);
  const qr = await withMemory(m, n, async () => {
    const normals = new Float32Array(m * n);
    await computer.fill(
      { params: params.normals, key, dtype: 'float32' },
      0,
      new Uint32Array(normals.buffer),
      {},
    );
    return computer.qr(normals, m, n);
  });
  try {
    await orthonormalize(qr, pause);
  } catch (error) {
    qr.close();
    throw error;
  }
  return qr;
}

async function withMemory<T>(m: number, n: number, make: () => Promise<T>): Promise<T> {
  try {
    return await make();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new DeviceError(
      `an orthogonal ${m} x ${n} matrix needs at least ${12 * m * n} bytes of memory, more than there is here`,
    );
  }
}

/** Elements [start, start + out.length) of the tensor. */
export function fillOrthogonal(
  { rows, columns, offset, gain }: ParametersOf<'orthogonal'>,
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
