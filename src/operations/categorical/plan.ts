import { bytesPerElement } from '../../core/dtype';
import { DeviceError } from '../../core/errors';
import type { LogitsDtype } from './options';

/** The rows of logits that dispatches choose from together. */
export interface Batch {
  /** The first choice, and the number of choices. */
  readonly first: number;
  readonly rows: number;
  /** The binding of the logits, in bytes, and the index of the first logit within it. */
  readonly offset: number;
  readonly size: number;
  readonly base: number;
  /** The place of the first choice among those of its row. */
  readonly phase: number;
}

/** How rows are divided among workgroups. */
export interface CategoricalPlan {
  readonly threads: number;
  /** Philox blocks of an invocation. */
  readonly blocks: number;
  /** Workgroups of a row. */
  readonly parts: number;
  /** Whether each row is a whole number of vectors in the buffer, and of blocks. */
  readonly vectors: boolean;
  readonly batches: readonly Batch[];
}

export type PlanLimits = Pick<
  GPUSupportedLimits,
  'maxStorageBufferBindingSize' | 'maxComputeWorkgroupsPerDimension' | 'minStorageBufferOffsetAlignment'
>;

/** The most logits of a dispatch, so that none is long. */
const MOST_ELEMENTS = 2 ** 26;

/** The most results of workgroups between the two dispatches of a batch. */
const MOST_PARTS = 2 ** 20;

/** The workgroups that keep a GPU busy, and the cores of a software driver, for which each workgroup costs time. */
export const BUSY = { gpu: 1024, software: 64 } as const;

/** The most Philox blocks of an invocation. More of them share what is computed once in it. */
const MOST_BLOCKS = 64;

/**
 * Divides rows of logits. It is a pure function, so that tests can reach every path with tiny limits.
 * @param busy the least number of workgroups, where there is so much to do
 * @throws DeviceError where a row does not fit in a binding
 */
export function planCategorical(
  rows: number,
  vocabulary: number,
  dtype: LogitsDtype,
  byteOffset: number,
  bufferBytes: number,
  limits: PlanLimits,
  busy: number,
  samples = 1,
): CategoricalPlan {
  const size = bytesPerElement(dtype);
  const { maxStorageBufferBindingSize: most, minStorageBufferOffsetAlignment: alignment } = limits;
  const fitting = Math.floor((most - alignment - 4) / (vocabulary * size));
  if (fitting < 1) {
    throw new DeviceError(
      `a row of ${vocabulary} logits needs a binding of ${vocabulary * size} bytes, but the device allows at most ${most} (maxStorageBufferBindingSize)`,
    );
  }
  const choices = rows * samples;
  // A row begins inside of a block unless the vocabulary is a multiple of 4.
  const blocksOfRow = Math.floor((vocabulary + 3 + 3) / 4);
  let threads = vocabulary <= 1024 ? 64 : 256;
  while (threads > 4 && threads >= 2 * blocksOfRow) threads /= 2; // Software drivers run idle invocations, too.
  let blocks = 1;
  while (blocks < MOST_BLOCKS && (choices * blocksOfRow) / (2 * blocks * threads) >= busy) blocks *= 2;
  const parts = Math.ceil(blocksOfRow / (blocks * threads));
  const perBatch = Math.max(
    1,
    Math.min(
      limits.maxComputeWorkgroupsPerDimension,
      Math.floor(MOST_ELEMENTS / vocabulary),
      Math.floor(MOST_PARTS / parts),
    ),
  );
  const batches: Batch[] = [];
  let first = 0;
  while (first < choices) {
    const phase = first % samples;
    const count = Math.min(perBatch, choices - first, fitting * samples - phase);
    const from = byteOffset + ((first - phase) / samples) * vocabulary * size;
    const bytes = Math.ceil((phase + count) / samples) * vocabulary * size;
    const offset = from - (from % alignment);
    const end = Math.min(Math.ceil((from + bytes) / 4) * 4, bufferBytes);
    batches.push({ first, rows: count, offset, size: end - offset, base: (from - offset) / size, phase });
    first += count;
  }
  // Bindings begin at whole vectors.
  const vectors = vocabulary % 4 === 0 && byteOffset % 8 === 0;
  return { threads, blocks, parts, vectors, batches };
}
