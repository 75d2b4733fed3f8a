import type { Computer, Factorization } from '../computer';
import { orthonormalize, PlainQr } from './qr';

/** Elements that are copied between two pauses. */
const ELEMENTS_PER_COPY = 2 ** 20;

/** The factorization of a `Computer` in plain TypeScript. */
export async function plainFactorization(
  ...[load, rows, columns, pause]: Parameters<Computer['qr']>
): Promise<Factorization> {
  const matrix = await load();
  const a = new Float64Array(matrix.length);
  for (let at = 0; at < a.length; at += ELEMENTS_PER_COPY) {
    a.set(matrix.subarray(at, at + ELEMENTS_PER_COPY), at);
    await pause();
  }
  const qr = new PlainQr(a, rows, columns);
  return { qr, run: (pause) => orthonormalize(qr, pause) };
}
