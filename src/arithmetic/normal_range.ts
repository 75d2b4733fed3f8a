/** Standard normals are integers with this many bits after the binary point. */
export const FRACTION_BITS = 28;

/** A bound that no normal exceeds; the largest is sqrt(-2 ln 2^-33) = 6.7637. */
export const LARGEST_NORMAL = 6.78125;
