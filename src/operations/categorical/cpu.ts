import { goneError } from '../../backends/cpu/destination';
import { pause } from '../../backends/cpu/turns';
import { CpuOutput } from '../cpu/memory';
import { hostElements } from '../memory';
import { type Categorical, LOGITS_DTYPES, type LogitsDtype, rowsOf } from './options';
import { RowChooser } from './reference';

/** Chooses a column of each row on the CPU. */
export async function categoricalOnCpu(
  asked: Categorical,
  logits: unknown,
  buffer: unknown,
  byteOffset: number,
): Promise<CpuOutput> {
  const { dtype, patterns } = hostElements('logits', logits, asked.dtype, LOGITS_DTYPES);
  const rows = rowsOf(asked, patterns.length);
  const output = CpuOutput.in(buffer, byteOffset, [rows], 'uint32');
  const chooser = new RowChooser(asked, dtype as LogitsDtype);
  const { vocabulary, firstRow } = asked;
  const { elements } = output;
  const held = patterns.length;
  for (let row = 0; row < rows; row++) {
    const part = patterns.subarray(row * vocabulary, (row + 1) * vocabulary);
    elements[row] = chooser.choose(part, (firstRow + row) * vocabulary);
    if (row % 64 === 63 || vocabulary > 2 ** 12) await pause(undefined);
  }
  if (elements.length < rows || patterns.length < held) throw goneError();
  return output;
}
