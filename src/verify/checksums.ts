import type { Dtype } from '../core/dtype';
import type { Draw } from '../distributions/draw';
import checksums from './checksums.json';

/** Elements of a stream, as the contract has them (STREAM.md). */
export interface GoldenCase {
  /** Bounds that are infinite are left out, since JSON has no such numbers. */
  readonly draw: Draw;
  readonly dtype: Dtype;
  /** Decimal. */
  readonly seed: string;
  readonly name?: string;
  /** Patterns of the first elements. */
  readonly first: string;
  readonly far?: readonly { readonly start: number; readonly values: string }[];
}

/** Elements with a checksum. */
export interface ChecksummedCase extends GoldenCase {
  /** The SHA-256 of the first 2^24 elements, little endian. */
  readonly sha256: string;
}

/** The number of elements that a checksum is made of. */
export const CHECKSUM_ELEMENTS = 2 ** 24;

/** The golden values that have a checksum. */
export const CHECKSUMMED = checksums as readonly object[] as readonly ChecksummedCase[];

/** A draw as the contract has it, with its infinite bounds. */
export function withBounds(draw: Draw): Draw {
  return draw.kind === 'truncated_normal' ? { ...UNBOUNDED, ...draw } : draw;
}

const UNBOUNDED = { lower: -Infinity, upper: Infinity };
