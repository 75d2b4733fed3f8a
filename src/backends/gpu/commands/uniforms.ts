import type { Dispatch } from '../../../jobs/plan';
import { COPY_DST } from '../device/buffer';
import type { Owned } from '../device/owned';
import { paramsOf } from '../pipelines/params';
import { ROWS } from './rows';

const UNIFORM = 0x40; // GPUBufferUsage; the global is missing where the caller brings its own WebGPU

/** The bytes of the parameters of a row. The parameters of every kernel fit. */
export const ROW_BYTES = 96;

/** Where the rows of a dispatch may begin in a uniform: WebGPU's default minUniformBufferOffsetAlignment. */
export const OFFSET_ALIGNMENT = 256;

/** The contents of a uniform buffer. */
export interface ParameterWords {
  /** Its size is a multiple of the alignment, and reaches as far as the binding of the last dispatch. */
  readonly words: Uint32Array<ArrayBuffer>;
  /** Where each row of each dispatch begins, in bytes. */
  readonly offsets: readonly (readonly number[])[];
}

export function parameterWords(dispatches: readonly (readonly Dispatch[])[]): ParameterWords {
  let end = 0;
  let last = 0;
  const offsets = dispatches.map((rows) => {
    last = end;
    end += align(rows.length * ROW_BYTES);
    return rows.map((_, row) => last + row * ROW_BYTES);
  });
  const words = new Uint32Array(align(last + ROWS * ROW_BYTES) / 4);
  dispatches.forEach((rows, i) => {
    rows.forEach((dispatch, row) => {
      paramsOf(dispatch).forEach(([, word], k) => (words[offsets[i][row] / 4 + k] = word));
    });
  });
  return { words, offsets };
}

function align(bytes: number): number {
  return Math.ceil(bytes / OFFSET_ALIGNMENT) * OFFSET_ALIGNMENT;
}

/**
 * A buffer that holds the words once for each slot.
 * @param usage what it is used for beside
 */
export function createUniforms(
  device: GPUDevice,
  words: Uint32Array,
  slots: number,
  owned: Owned,
  usage = 0,
): GPUBuffer {
  const size = words.byteLength * slots;
  const uniforms = owned.add(
    device.createBuffer({
      label: 'tensorseed parameters',
      size,
      usage: UNIFORM | COPY_DST | usage,
      mappedAtCreation: true,
    }),
  );
  const mapped = new Uint32Array(uniforms.getMappedRange());
  for (let slot = 0; slot < slots; slot++) mapped.set(words, slot * words.length);
  uniforms.unmap();
  return uniforms;
}
