/** Elements that are computed at a time: what is on the way stays in the processor's first cache. */
export const SCRATCH_ELEMENTS: i32 = 4096;

/** Where they are, in order: first words, then normals or the like, then bit patterns. */
export const SCRATCH: usize = memory.data(4 * 4096, 16);
