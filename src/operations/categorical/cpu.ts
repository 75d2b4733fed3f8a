import { goneError } from '../../backends/cpu/destination';
import { pause } from '../../backends/cpu/turns';
import { CpuOutput } from '../cpu/memory';
import { hostElements } from '../memory';
import {
  checkCategorical,
  type Destined,
  LOGITS_DTYPES,
  type LogitsDtype,
  type LogitsOptions,
  resultShape,
  rowsOf,
} from './options';
import { RowChooser } from './reference';

/** Chooses a column of each row on the CPU. */
export async function categoricalOnCpu(logits: unknown, given: LogitsOptions & Destined): Promise<CpuOutput> {
  const asked = checkCategorical(given);
  const { dtype, patterns } = hostElements('logits', logits, asked.dtype, LOGITS_DTYPES);
  const rows = rowsOf(asked, patterns.length);
  const output = CpuOutput.in(given.buffer, asked.byteOffset, resultShape(asked, rows), 'uint32');
  const chooser = new RowChooser(asked, dtype as LogitsDtype);
  const { vocabulary, firstRow, samples } = asked;
  const { elements } = output;
  const held = patterns.length;
  const choices = rows * samples;
  for (let i = 0; i < choices; i++) {
    const row = Math.floor(i / samples);
    const part = patterns.subarray(row * vocabulary, (row + 1) * vocabulary);
    elements[i] = chooser.choose(part, (firstRow * samples + i) * vocabulary);
    if (i % 64 === 63 || vocabulary > 2 ** 12) await pause(undefined);
  }
  if (elements.length < choices || patterns.length < held) throw goneError();
  return output;
}
