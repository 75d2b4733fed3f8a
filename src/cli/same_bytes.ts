import { readExactly } from '../formats/safetensors_file';
import { chunkBuffer } from './each_chunk';
import { withInputFile } from './input_file';

/** Whether two files have the same bytes. What cannot be read is not the same. */
export async function sameBytes(one: string, other: string): Promise<boolean> {
  try {
    return await withInputFile(one, (a) =>
      withInputFile(other, async (b) => {
        const { size } = await a.stat();
        if ((await b.stat()).size !== size) return false;
        const buffers = [chunkBuffer(), chunkBuffer()];
        for (let at = 0; at < size; at += buffers[0].length) {
          const [left, right] = buffers.map((buffer) => buffer.subarray(0, size - at));
          await readExactly(a, one, left, at);
          await readExactly(b, other, right, at);
          if (Buffer.compare(left, right) !== 0) return false;
        }
        return true;
      }),
    );
  } catch {
    return false;
  }
}
