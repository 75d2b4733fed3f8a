import type { CheckResult } from './check';
import type { ChartData } from './chart_data';

/** What a run of the command is about: plain data, so that processes can pass it on. */
export interface Conditions {
  /** Elements per distribution. */
  readonly count: number;
  /** Decimal. */
  readonly seed: string;
  readonly backend: 'cpu' | 'gpu';
}

export interface Findings {
  readonly results: readonly CheckResult[];
  /** Absent for a pair of tensors. */
  readonly chartData?: ChartData;
}

/** A generator to be examined: one of the library's, or a deliberately wrong one. */
export interface Subject {
  readonly name: string;
  readonly about: string;
  /** Wrong on purpose: some check must fail. */
  readonly broken: boolean;
  /** Tensors that it takes. */
  readonly tensors: 1 | 2;
  /** With fewer elements the defect cannot show at this significance. */
  readonly needs?: number;
  /** @param onProgress called with the number of elements examined since the last call */
  examine(conditions: Conditions, onProgress: (elements: number) => void): Promise<Findings>;
}

/** Elements as they come from a generator: numbers, or words. */
export type SampleChunk = Float32Array | Float64Array | Uint32Array;
export type SampleChunks = AsyncIterable<SampleChunk> | Iterable<SampleChunk>;

/**
 * The near-square matrix of about `count` elements as which
 * a stream is laid out; rows hold whole Philox blocks.
 */
export function matrixOf(count: number): readonly [rows: number, columns: number] {
  const columns = 4 * Math.floor(Math.sqrt(count) / 4);
  return [Math.floor(count / columns), columns];
}
