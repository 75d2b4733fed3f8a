import { type Dtype, patternsIn } from '../../../core/dtype';
import type { Affine } from '../../../arithmetic/affine_map';
import type { ParametersOf } from '../../../distributions/parameters';
import type { Elements, Patterns } from '../computer';
import { doublesOf } from './doubles';

/** What ./assembly exports. */
interface Kernels {
  readonly memory: WebAssembly.Memory;
  readonly SCRATCH: WebAssembly.Global;
  readonly SCRATCH_ELEMENTS: WebAssembly.Global;
  bits(blockLo: number, blockHi: number, key0: number, key1: number, count: number): void;
  threefryBits(elementLo: number, elementHi: number, key0: number, key1: number, count: number): void;
  boxMuller(at: number, count: number): void;
  redraw(
    blockLo: number,
    blockHi: number,
    key0: number,
    key1: number,
    count: number,
    min: number,
    max: number,
  ): void;
  clamp(count: number, flip: number, min: number, max: number): void;
  setAffine(
    offset0: number,
    offset1: number,
    offset2: number,
    scale0: number,
    scale1: number,
    exponent: number,
  ): void;
  affine(count: number, shift: number, offset: number, scale: number, small: number, slack: number): void;
  toFloat16(count: number): void;
  toBfloat16(count: number): void;
}

/** A stream of elements: plain data, so that threads can pass it on. */
export interface Stream {
  readonly params: ParametersOf<FastKernel>;
  readonly key: { readonly lo: number; readonly hi: number };
  readonly dtype: Dtype;
  /** What makes the words: Philox, or the name of another generator. */
  readonly generator: Generator;
}

const FAST_KERNELS = ['bits', 'uniform', 'normal', 'normal_half', 'truncated_normal'] as const;
type FastKernel = (typeof FAST_KERNELS)[number];
type Generator = 'philox' | 'threefry';

/**
 * The stream of elements that the engine computes, or undefined for others. Constants are no work, and native normals
 * differ between devices.
 */
export function fastStream({ params, key, dtype }: Elements): Stream | undefined {
  const { lo, hi, origin } = key;
  const generator = key.generator === undefined ? 'philox' : key.generator.name;
  const fast =
    origin === undefined &&
    (generator === 'threefry'
      ? params.kernel === 'bits'
      : generator === 'philox' && (FAST_KERNELS as readonly string[]).includes(params.kernel));
  return fast
    ? { params: params as Stream['params'], key: { lo, hi }, dtype, generator: generator as Generator }
    : undefined;
}

/** So many elements are computed together. The first of them is at a multiple of this number. */
const GROUP = 32;

/** The number of elements whose indices have the same high word; so have their blocks. */
const SAME_HIGH_WORD = 2 ** 32;

/** Computes elements with the WebAssembly kernels, as many at a time as the scratch memory holds. */
export class Engine {
  private readonly scratch: number;
  private readonly elements: number;

  private constructor(private readonly kernels: Kernels) {
    this.scratch = kernels.SCRATCH.value as number;
    this.elements = kernels.SCRATCH_ELEMENTS.value as number;
  }

  static async open(module: WebAssembly.Module): Promise<Engine> {
    const { exports } = await WebAssembly.instantiate(module);
    return new Engine(exports as unknown as Kernels);
  }

  /** Fills `out` with the elements from `start` on, in the same bits as the reference. */
  fill(stream: Stream, start: number, out: Patterns): void {
    const { memory } = this.kernels;
    const results = patternsIn(stream.dtype, memory.buffer, this.scratch, this.elements);
    const finish = this.finisher(stream);
    for (let done = 0; done < out.length;) {
      const lead = (start + done) % GROUP;
      const first = start + done - lead;
      const last = Math.min(
        lead + out.length - done,
        this.elements,
        SAME_HIGH_WORD - (first % SAME_HIGH_WORD),
      );
      finish(first / 4, Math.ceil(last / GROUP) * GROUP);
      out.set(results.subarray(lead, last), done);
      done += last - lead;
    }
  }

  /** A function that computes elements into the scratch memory: `count` of them, from a block on. */
  private finisher({ params, key, dtype, generator }: Stream): (block: number, count: number) => void {
    const { kernels, scratch } = this;
    const words = (block: number, count: number): void => {
      if (generator === 'threefry') {
        const element = 4 * block;
        kernels.threefryBits(element % 2 ** 32, Math.floor(element / 2 ** 32), key.lo, key.hi, count);
      } else kernels.bits(block % 2 ** 32, Math.floor(block / 2 ** 32), key.lo, key.hi, count);
    };
    if (params.kernel === 'bits') return words;
    const round = this.rounder(
      params.affine,
      params.kernel === 'uniform' ? 2 ** 31 - params.center : 0,
      dtype,
    );
    if (params.kernel === 'uniform') {
      const { wordMin, wordMax } = params;
      return (block, count) => {
        words(block, count);
        // 2^31 is subtracted from the words, which makes signed numbers of them.
        kernels.clamp(count, 2 ** 31, wordMin - 2 ** 31, wordMax - 2 ** 31);
        round(count);
      };
    }
    return (block, count) => {
      words(block, count);
      kernels.boxMuller(scratch, count);
      if (params.kernel === 'truncated_normal') {
        const { acceptMin, acceptMax, clampMin, clampMax } = params;
        kernels.redraw(
          block % 2 ** 32,
          Math.floor(block / 2 ** 32),
          key.lo,
          key.hi,
          count,
          acceptMin,
          acceptMax,
        );
        kernels.clamp(count, 0, clampMin, clampMax);
      }
      round(count);
    };
  }

  /** A function that adds `shift` to signed integers, applies the affine step and rounds to the dtype. */
  private rounder(affine: Affine, shift: number, dtype: Dtype): (count: number) => void {
    const { kernels } = this;
    const { offset, scale, small, slack } = doublesOf(affine, 2 ** 32);
    kernels.setAffine(...affine.offset, ...affine.scale, affine.exponent);
    return (count) => {
      kernels.affine(count, shift, offset, scale, small, slack);
      if (dtype === 'float16') kernels.toFloat16(count);
      else if (dtype === 'bfloat16') kernels.toBfloat16(count);
    };
  }
}
