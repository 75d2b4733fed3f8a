/** The linked WGSL of a kernel, for whole groups and for ragged ones. */
export interface KernelCode {
  readonly body: string;
  readonly edge: string;
}

/** The words that a kernel is keyed by: 64 bits of key, and what else the counters of a stream have. */
export interface KeyWords {
  /** The lower 32 bits of the key, as an unsigned integer. */
  readonly lo: number;
  /** The upper 32 bits of the key, as an unsigned integer. */
  readonly hi: number;
  /**
   * The block that element 0 lies in, as two words. Default 0.
   * @internal
   */
  readonly origin?: readonly [lo: number, hi: number];
  /**
   * The third and the fourth word of the counters of kernels that a stream brings. Default 0.
   * @internal
   */
  readonly upper?: readonly [number, number];
  /**
   * What takes Philox's place.
   * @internal
   */
  readonly generator?: Generator;
}

/** A counter-based generator that takes the place of Philox below the draws of STREAM.md. */
export interface Generator {
  /** What labels call it, such as "threefry". No other generator has that name. */
  readonly name: string;
  /** The linked WGSL of the kernels of draws that it serves, with its shader in place of shared/stream.wgsl. */
  readonly code: Readonly<Record<string, KernelCode>>;
  /**
   * The twin of its shader: the four words of a block, into `out[0..3]`.
   * @param attempt 0, but for the candidates of a rejection
   */
  block(key: KeyWords, blockLo: number, blockHi: number, attempt: number, out: Uint32Array): void;
}

/**
 * The words of the block `block` blocks after the origin. They wrap around as words of 64 bits do.
 * @param block an integer, which is negative only for the masked slots before element 0
 */
export function blockFrom(origin: KeyWords['origin'], block: number): readonly [lo: number, hi: number] {
  const hi = Math.floor(block / 2 ** 32);
  if (origin === undefined) return [block >>> 0, hi >>> 0];
  const lo = (block >>> 0) + origin[0];
  return [lo >>> 0, (hi + origin[1] + (lo >= 2 ** 32 ? 1 : 0)) >>> 0];
}
