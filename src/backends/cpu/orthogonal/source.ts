/** Twin of shaders/kernels/orthogonal.wgsl. */
import { float32Bits, roundBits } from '../../../arithmetic/round';
import { throwIfAborted } from '../../../core/abort';
import type { Dtype, FloatDtype } from '../../../core/dtype';
import { DeviceError } from '../../../core/errors';
import type { Watch } from '../../../core/watch';
import { STANDARD_NORMAL_PARAMETERS } from '../../../distributions/normal';
import { type OrthogonalParameters, sidesOf } from '../../../distributions/orthogonal';
import type { Key } from '../../../streams/key';
import type { Computer, Patterns } from '../computer';
import type { Source } from '../source';
import { inTurns, nextTurn } from '../turns';
import { orthonormalize, type Qr } from './qr';

/** The milliseconds of linear algebra between two looks at the abort signal. */
const TURN_MS = 30;

/**
 * Computes the matrix of an orthogonal tensor. Its elements are then taken from that matrix.
 * @throws DeviceError where there is not enough memory
 */
export async function openOrthogonal(
  computer: Computer,
  params: OrthogonalParameters,
  key: Key,
  dtype: Dtype,
  { signal, onProgress }: Watch,
): Promise<Source> {
  let turn = performance.now();
  const matrix = await orthogonalMatrix(computer, params, key, async (share) => {
    if (performance.now() - turn < TURN_MS) return;
    throwIfAborted(signal);
    onProgress?.(share);
    await nextTurn();
    turn = performance.now();
  });
  return {
    fill: (start, out, watch) =>
      inTurns(out, { signal: watch.signal }, (at, part) =>
        fillOrthogonal(params, matrix, dtype as FloatDtype, start + at, part),
      ),
    close: () => matrix.close(),
  };
}

/**
 * The matrix behind an orthogonal tensor, [m, n] with m >= n orthonormal columns, without the gain. The
 * caller closes it.
 * @param pause is called and awaited many times, with the share of the work that is done
 * @throws DeviceError where there is not enough memory
 */
export async function orthogonalMatrix(
  computer: Computer,
  params: OrthogonalParameters,
  key: Key,
  pause: (share: number) => Promise<void>,
): Promise<Qr> {
  const [m, n] = sidesOf(params);
  const qr = await withMemory(m, n, async () => {
    const normals = new Float32Array(m * n);
    const elements = { params: STANDARD_NORMAL_PARAMETERS, key, dtype: 'float32' } as const;
    await computer.fill(elements, 0, new Uint32Array(normals.buffer), {});
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
