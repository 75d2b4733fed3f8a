import { readFileSync } from 'node:fs';
import type { Draw, Dtype } from '../../src/index';
import type { FillRequest } from '../harness/request';

export interface GoldenCase {
  readonly draw: Draw;
  readonly dtype: Dtype;
  readonly seed: string;
  readonly name?: string;
  /** Patterns of the first elements. */
  readonly first: string;
  readonly far?: readonly { readonly start: number; readonly values: string }[];
  /** Of the first 2^24 elements. */
  readonly sha256?: string;
}

export const CHECKSUM_ELEMENTS = 2 ** 24;

export const GOLDEN: readonly GoldenCase[] = JSON.parse(
  readFileSync(new URL('./golden.json', import.meta.url), 'utf8'),
);

/** Those with a checksum. */
export const CHECKSUMMED: readonly GoldenCase[] = GOLDEN.filter(({ sha256 }) => sha256 !== undefined);

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
  const shape = draw.kind === 'eye' ? [draw.rows, draw.columns] : [Number.MAX_SAFE_INTEGER];
  const bounded: Draw =
    draw.kind === 'truncated_normal' ? Object.assign({ lower: -Infinity, upper: Infinity }, draw) : draw;
  return { initializer: { draw: bounded }, shape, dtype, seed, name, range: { start, count } };
}

/** The stretches of a case with their patterns. */
export function stretches(
  golden: GoldenCase,
): readonly { readonly start: number; readonly values: string }[] {
  return [{ start: 0, values: golden.first }, ...(golden.far ?? [])];
}

/** Little-endian elements as the patterns that golden.json has. */
export function patterns(bytes: Uint8Array, dtype: Dtype): string {
  const size = dtype === 'float16' || dtype === 'bfloat16' ? 2 : 4;
  const words: string[] = [];
  for (let at = 0; at < bytes.length; at += size)
    words.push(
      Buffer.from(bytes.subarray(at, at + size))
        .reverse()
        .toString('hex'),
    );
  return words.join(' ');
}
