import { readFileSync } from 'node:fs';
import { bytesPerElement } from '../../src/core/dtype';
import type { Dtype } from '../../src/index';
import { CHECKSUMMED, type GoldenCase, withBounds } from '../../src/verify/checksums';
import type { FillRequest } from '../harness/request';

export { CHECKSUM_ELEMENTS, CHECKSUMMED } from '../../src/verify/checksums';

const WITHOUT_CHECKSUM: readonly GoldenCase[] = JSON.parse(
  readFileSync(new URL('./golden.json', import.meta.url), 'utf8'),
);

/** All golden values. Those with a checksum are in src, because `tensorseed verify` and the gallery need them. */
export const GOLDEN: readonly GoldenCase[] = [...CHECKSUMMED, ...WITHOUT_CHECKSUM];

export function title({ draw, dtype, seed, name }: GoldenCase): string {
  const { kind, ...numbers } = draw;
  const where = name === undefined ? '' : ` ${name}`;
  return `${kind} ${Object.values(numbers).join(' ')} ${dtype}, seed ${seed}${where}`;
}

/** What to fill for elements [start, start + count) of a case. */
export function goldenRequest(
  { draw, dtype, seed, name }: GoldenCase,
  start: number,
  count: number,
): FillRequest {
  const shape = draw.kind === 'eye' ? [draw.rows, draw.columns] : [lengthOf(draw)];
  return { initializer: { draw: withBounds(draw) }, shape, dtype, seed, name, range: { start, count } };
}

/** How many elements a vector of a draw has: as many as there can be. */
function lengthOf(draw: GoldenCase['draw']): number {
  if (draw.kind === 'permutation') return draw.size;
  if (draw.kind === 'permutation_wide') return Math.min(2 * draw.size, Number.MAX_SAFE_INTEGER - 1);
  return Number.MAX_SAFE_INTEGER;
}

/** The stretches of a case with their patterns. */
export function stretches(
  golden: GoldenCase,
): readonly { readonly start: number; readonly values: string }[] {
  return [{ start: 0, values: golden.first }, ...(golden.far ?? [])];
}

/** Little-endian elements as the patterns that golden.json has. */
export function patterns(bytes: Uint8Array, dtype: Dtype): string {
  const size = bytesPerElement(dtype);
  const words: string[] = [];
  for (let at = 0; at < bytes.length; at += size)
    words.push(
      Buffer.from(bytes.subarray(at, at + size))
        .reverse()
        .toString('hex'),
    );
  return words.join(' ');
}
