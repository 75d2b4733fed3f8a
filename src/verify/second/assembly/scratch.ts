/** So many elements are computed at a time. */
export const SCRATCH_ELEMENTS: i32 = 4096;

/**
 * The address of these elements. Sixteen elements are four blocks side by side: the first vector has element 0 of
 * each, the next one element 1, and so on. They are first words, then normals, and then float32 bits.
 */
export const SCRATCH: usize = memory.data(4 * 4096, 16);

/** The address of the bit patterns of the same elements in order. */
export const PATTERNS: usize = memory.data(4 * 4096, 16);
