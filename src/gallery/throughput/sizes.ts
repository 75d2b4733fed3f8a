/** The bounds of the sizes of a sweep, in bytes. */
export interface SizeBounds {
  /** The limit of the device; undefined where there is none. */
  readonly limits?: Pick<GPUSupportedLimits, 'maxBufferSize' | 'maxStorageBufferBindingSize'>;
  /**
   * navigator.deviceMemory: roughly the GiB of memory of the machine; undefined where the browser does not
   * say it.
   */
  readonly memoryGiB?: number;
}

const SMALLEST = 2 ** 16;

/** A software GPU holds each tensor twice in the memory of the CPU. So a sweep takes a small part of it. */
const SHARE_OF_MEMORY = 1 / 8;
const MEMORY_GIB = 4;
const MOST_BYTES = 2 ** 30;

/** The bytes of the largest tensor of a sweep. */
export function mostBytes({ limits, memoryGiB = MEMORY_GIB }: SizeBounds): number {
  const own = Math.min(MOST_BYTES, memoryGiB * 2 ** 30 * SHARE_OF_MEMORY);
  return limits === undefined ? own : Math.min(own, limits.maxBufferSize, limits.maxStorageBufferBindingSize);
}

/** The numbers of elements of a sweep: powers of two from 2^16 to the largest that fits into `bytes`. */
export function sizesUpTo(bytes: number, bytesPerElement: number): number[] {
  const sizes: number[] = [];
  for (let size = SMALLEST; size * bytesPerElement <= bytes; size *= 2) sizes.push(size);
  return sizes;
}

/**
 * A power of two in words: 65536 as 2¹⁶.
 * @param elements a power of two
 */
export function powerText(elements: number): string {
  return `2${String(Math.log2(elements)).replace(/\d/g, (digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)])}`;
}
