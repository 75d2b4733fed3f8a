import type { FillRequest } from '../../sampler';

/** The linked WGSL of an operation: `body` from one buffer to another, and `edge` in place. */
export type OperationCode = Readonly<Record<'body' | 'edge', string>>;

/** What becomes of each element, on the GPU and on the CPU. */
export interface Operation {
  /** What labels call it. */
  readonly name: string;
  /** Loads the kernel. */
  code(): Promise<OperationCode>;
  /** The values of the kernel's overrides beside those that all have. */
  readonly constants: Readonly<Record<string, number>>;
  /** The kernel's parameters behind the slots. */
  readonly words: readonly number[];
  /** What draws the random number of an element: bits, or a float32 whose bits it is. */
  readonly random: FillRequest['initializer'];
  /** The float32 bits of a result, from those of the element and its random number. */
  apply(x: number, random: number): number;
}
