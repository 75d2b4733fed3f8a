/** The 32 bits of each element, as plain numbers that leave the page. */
export function words({
  buffer,
  byteOffset,
  length,
}: Float32Array | Int32Array | Uint32Array | Uint8Array): number[] {
  return Array.from(new Uint32Array(buffer, byteOffset, length));
}

/** The message of the error that `work` ends with. */
export async function errorOf(work: () => unknown): Promise<string> {
  try {
    await work();
  } catch (error) {
    return `${(error as Error).name}: ${(error as Error).message}`;
  }
  return 'no error';
}
