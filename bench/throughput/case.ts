import type { Dtype, MathMode } from '../../src/index';
import type { DrawName } from './draws';

/**
 * How a tensor reaches the GPU. encode: all dispatches in one pass and one submit. fill: as
 * `fill` submits them, in portions. ranges: 16 ranges of the tensor, encoded one by one, in one
 * submit. all: every tensor of a model by one `fillAll`.
 */
export type Submission = 'encode' | 'fill' | 'ranges' | 'all';

/** limit: what no draw can beat. ours: this library. peer: another one. */
export type Role = 'limit' | 'ours' | 'peer';

/** Who fills, and what. Plain data, so that processes and pages can pass it on. */
export interface Entry {
  /** A name from makers/. */
  readonly maker: string;
  readonly role: Role;
  readonly draw: DrawName;
  readonly dtype: Dtype;
  /** Of this library's draws; others have but one. */
  readonly math?: MathMode;
  /** The stream of this library's that it draws from, by its name. Default: its own. */
  readonly stream?: string;
  /** On a GPU of this library's. */
  readonly dispatch?: Submission;
  /** So slow that one run has to do: without a warm-up, after the others. */
  readonly once?: boolean;
}

/**
 * Contenders that are measured in turns. The first entry of role
 * limit and draw constant, and that of bits, are the limits.
 */
export interface Case {
  /** Such as normal/float32/16M. */
  readonly name: string;
  /** A key of SIZES. */
  readonly size: string;
  readonly shape: readonly number[];
  /** A preset, whose tensors `all` fills; the shape then is that of one tensor of the same size. */
  readonly model?: string;
  readonly entries: readonly Entry[];
  /** The time that its runs may take; warm-up and verification come on top. */
  readonly seconds: number;
  /** Measured on the first host only, in a process of its own, which is stopped after so many seconds. */
  readonly stopAfter?: number;
}

export function elementsOf({ shape }: Pick<Case, 'shape'>): number {
  return shape.reduce((product, size) => product * size, 1);
}
