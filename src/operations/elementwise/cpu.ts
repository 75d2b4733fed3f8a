import { float32ToBfloat16, float32ToFloat16 } from '../../arithmetic/float';
import { pause } from '../../backends/cpu/turns';
import { ArgumentError } from '../../core/errors';
import type { Sampler } from '../../sampler';
import type { Key } from '../../streams/key';
import { float16ToFloat32 } from '../categorical/score';
import { CpuOutput } from '../cpu/memory';
import { hostElements } from '../memory';
import type { Operation } from './operation';
import { countOf, ELEMENT_DTYPES, type ElementDtype, type Elements } from './options';

/** The elements whose random numbers are in memory at once. */
const ELEMENTS_PER_PIECE = 2 ** 18;

/** Changes elements on the CPU. */
export async function elementsOnCpu(
  sampler: Sampler,
  operation: Operation,
  key: Key,
  asked: Elements,
  input: unknown,
): Promise<CpuOutput> {
  const { dtype, patterns } = hostElements('input', input, asked.dtype, ELEMENT_DTYPES);
  const count = countOf(asked, patterns.length);
  const output = CpuOutput.in(asked.buffer, asked.byteOffset, [count], dtype);
  const results = new (patterns.constructor as typeof Uint32Array)(output.buffer, output.byteOffset, count);
  refuseOverlap(patterns, results);
  const { toBits, fromBits } = CONVERSIONS[dtype as ElementDtype];
  for (let done = 0; done < count; done += ELEMENTS_PER_PIECE) {
    const range = {
      start: asked.firstElement + done,
      count: Math.min(ELEMENTS_PER_PIECE, count - done),
    };
    const tensor = await sampler.fill(operation.random, [Number.MAX_SAFE_INTEGER], { seed: key, range });
    const { buffer, byteOffset } = await tensor.data();
    const random = new Uint32Array(buffer, byteOffset, range.count);
    for (let i = 0; i < range.count; i++)
      results[done + i] = fromBits(operation.apply(toBits(patterns[done + i]), random[i]));
    tensor.destroy();
    await pause(undefined);
  }
  return output;
}

/** @throws ArgumentError where results would be written over elements that are not read yet */
function refuseOverlap(input: Uint32Array | Uint16Array, output: Uint32Array | Uint16Array): void {
  if (input.buffer !== output.buffer || input.byteOffset === output.byteOffset) return;
  const isApart =
    input.byteOffset + output.byteLength <= output.byteOffset ||
    output.byteOffset + output.byteLength <= input.byteOffset;
  if (!isApart)
    throw new ArgumentError(
      `buffer must be the input from its start, or apart from it, got bytes ${output.byteOffset} and ${input.byteOffset} of one`,
    );
}

/** Patterns of each dtype to float32 bits, and back. What is infinite or no number is the same again. */
const CONVERSIONS: Readonly<
  Record<ElementDtype, { toBits(pattern: number): number; fromBits(bits: number): number }>
> = {
  float32: { toBits: (bits) => bits, fromBits: (bits) => bits },
  float16: {
    toBits: float16ToFloat32,
    fromBits: (bits) =>
      isFinite32(bits) ? float32ToFloat16(bits) : ((bits >>> 16) & 0x8000) | 0x7c00 | ((bits >>> 13) & 0x3ff),
  },
  bfloat16: { toBits: (pattern) => (pattern << 16) >>> 0, fromBits: float32ToBfloat16 },
};

function isFinite32(bits: number): boolean {
  return (bits & 0x7f800000) !== 0x7f800000;
}
