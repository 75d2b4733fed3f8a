/** So many elements are computed at a time, so that all steps find them in the processor's first cache. */
export const SCRATCH_ELEMENTS: i32 = 4096;

/**
 * The address of these elements. They are first words, then integers such as normals, and at last bit
 * patterns.
 */
export const SCRATCH: usize = memory.data(4 * 4096, 16);
