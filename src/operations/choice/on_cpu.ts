import { goneError } from '../../backends/cpu/destination';
import { pause } from '../../backends/cpu/turns';
import { CpuOutput } from '../cpu/memory';
import { chooseDistinct } from './distinct';
import { checkChoice, type Given } from './options';
import { sizeOf } from './population';
import { chooseReplaced } from './reference';
import { thresholdsOf } from './thresholds';

/** The elements between two looks at the clock. */
const PART = 2 ** 12;

/** Chooses indices on the CPU. */
export async function chooseOnCpu(from: unknown, wanted: unknown, given: Given): Promise<CpuOutput> {
  const { key, population, count, replacement, byteOffset } = checkChoice(from, wanted, given);
  const distinct = replacement ? undefined : chooseDistinct(key, population, count);
  const output = CpuOutput.in(given.buffer, byteOffset, [count], 'uint32');
  const out = output.elements as Uint32Array;
  if (distinct !== undefined) {
    out.set(distinct);
    return output;
  }
  const thresholds = typeof population === 'number' ? undefined : thresholdsOf(population.probabilities);
  for (let at = 0; at < count; at += PART) {
    chooseReplaced(key, at, sizeOf(population), thresholds, out.subarray(at, at + PART));
    await pause(undefined);
  }
  if (out.length < count) throw goneError();
  return output;
}
