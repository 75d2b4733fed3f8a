import type { Elements, Patterns } from '../../backends/cpu/computer';
import { type Dtype, patternsIn } from '../../core/dtype';
import { unpackWasm } from '../../core/packed_wasm';
import type { ParametersOf } from '../../distributions/parameters';
import type { Stretch } from '../../sampler';

/** What ./assembly exports. All work on its scratch memory. */
interface Kernels {
  readonly memory: WebAssembly.Memory;
  readonly PATTERNS: WebAssembly.Global;
  readonly SCRATCH_ELEMENTS: WebAssembly.Global;
  words(blockLo: number, blockHi: number, key0: number, key1: number, count: number): void;
  normals(count: number): void;
  redraw(
    blockLo: number,
    blockHi: number,
    key0: number,
    key1: number,
    count: number,
    min: number,
    max: number,
  ): void;
  clamp(count: number, least: number, most: number): void;
  clampWords(count: number, least: number, most: number): void;
  setAffine(
    offset0: number,
    offset1: number,
    offset2: number,
    scale0: number,
    scale1: number,
    exponent: number,
  ): void;
  scaled(count: number, shift: number): void;
  affineNarrow(count: number, shift: number): void;
  affineWide(count: number, shift: number): void;
  toFloat16(count: number): void;
  toBfloat16(count: number): void;
  order16(count: number): void;
  order32(count: number): void;
}

const KERNELS = ['bits', 'uniform', 'normal', 'normal_half', 'truncated_normal'] as const;

/** Elements that it knows. */
interface Known {
  readonly params: ParametersOf<(typeof KERNELS)[number]>;
  readonly key: Elements['key'];
  readonly dtype: Dtype;
}

type Affine = ParametersOf<'normal'>['affine'];

/** So many elements are computed together. */
const GROUP = 16;

/**
 * A second implementation of STREAM.md's bits, uniform, normal and truncated normal values, to hold others against.
 * It was written by itself: its generator, its arithmetic and its rounding share no code with what fills tensors on a
 * GPU or a CPU, nor with the reference. It gets what all of them get, a key and a draw as integers, and the
 * constants of the contract.
 */
export class SecondImplementation {
  private readonly patterns: number;
  private readonly elements: number;

  private constructor(private readonly kernels: Kernels) {
    this.patterns = kernels.PATTERNS.value as number;
    this.elements = kernels.SCRATCH_ELEMENTS.value as number;
  }

  /** Undefined where WebAssembly with SIMD is missing. */
  static async open(): Promise<SecondImplementation | undefined> {
    if (typeof WebAssembly !== 'object') return undefined;
    const { default: packed } = await import('./assembly/index.ts?wasm');
    const bytes = await unpackWasm(packed);
    if (!WebAssembly.validate(bytes)) return undefined;
    const { instance } = await WebAssembly.instantiate(bytes);
    return new SecondImplementation(instance.exports as unknown as Kernels);
  }

  /** Whether `fill` knows how to compute elements. */
  knows({ params, key }: Pick<Elements, 'key'> & Pick<Stretch, 'params'>): boolean {
    const isOurs = key.generator === undefined && key.origin === undefined;
    return isOurs && (KERNELS as readonly string[]).includes(params.kernel);
  }

  /**
   * Fills `out` with the elements from `start` on.
   * @param elements that it knows
   */
  fill(elements: Elements, start: number, out: Patterns): void {
    const known = elements as Known;
    const { memory } = this.kernels;
    const patterns = patternsIn(known.dtype, memory.buffer, this.patterns, this.elements);
    const compute = this.computing(known);
    for (let done = 0; done < out.length;) {
      const lead = (start + done) % GROUP;
      const end = Math.min(lead + out.length - done, this.elements);
      compute((start + done - lead) / 4, GROUP * Math.ceil(end / GROUP));
      out.set(patterns.subarray(lead, end), done);
      done += end - lead;
    }
  }

  /** A function that computes `count` elements, from a block on. */
  private computing({ params, key, dtype }: Known): (block: number, count: number) => void {
    const { kernels } = this;
    const words = (block: number, count: number): void =>
      kernels.words(block % 2 ** 32, Math.floor(block / 2 ** 32), key.lo, key.hi, count);
    if (params.kernel === 'bits')
      return (block, count) => {
        words(block, count);
        kernels.order32(count);
      };
    const finish = this.finishing(params.affine, dtype);
    if (params.kernel === 'uniform') {
      const { wordMin, wordMax, center } = params;
      return (block, count) => {
        words(block, count);
        kernels.clampWords(count, wordMin, wordMax);
        finish(count, 2 ** 31 - center);
      };
    }
    return (block, count) => {
      words(block, count);
      kernels.normals(count);
      if (params.kernel === 'truncated_normal') {
        const { acceptMin, acceptMax, clampMin, clampMax } = params;
        const [lo, hi] = [block % 2 ** 32, Math.floor(block / 2 ** 32)];
        kernels.redraw(lo, hi, key.lo, key.hi, count, acceptMin, acceptMax);
        kernels.clamp(count, clampMin, clampMax);
      }
      finish(count, 0);
    };
  }

  /** A function that applies the affine step to signed integers, to each of which it adds `shift`, and rounds. */
  private finishing(affine: Affine, dtype: Dtype): (count: number, shift: number) => void {
    const { kernels } = this;
    kernels.setAffine(...affine.offset, ...affine.scale, affine.exponent);
    return (count, shift) => {
      if (affine.offsetBits === 0) kernels.scaled(count, shift);
      else if (affine.offsetBits === 64) kernels.affineNarrow(count, shift);
      else kernels.affineWide(count, shift);
      if (dtype === 'float16') kernels.toFloat16(count);
      else if (dtype === 'bfloat16') kernels.toBfloat16(count);
      if (dtype === 'float32') kernels.order32(count);
      else kernels.order16(count);
    };
  }
}
