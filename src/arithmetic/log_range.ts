/** Logarithms in fixed point have this many bits after the binary point. */
export const LOG_FRACTION_BITS = 27;

/** A bound that no -ln((w + 1/2) / 2^32) exceeds; the largest is 33 ln 2 = 22.8739. */
export const LARGEST_LOG = 22.875;
