import { log } from '../arithmetic/elementary';
import { integerIn } from '../core/check';
import { ArgumentError } from '../core/errors';
import { COPIED, type CopiedParameters } from './copied';
import type { Distribution } from './distribution';
import { SAMPLING_NUMBERS } from './sampling';

/**
 * The draw of the logarithms of 1, 2, 3 and so on in each row.
 *
 * @example
 * ```ts
 * import { logArange } from 'tensorseed/distributions';
 *
 * console.log(logArange().resolve([64, 16])); // { kind: 'log_arange', columns: 16 }
 * ```
 */
export interface LogArangeDraw {
  /** The kind of the draw. */
  readonly kind: 'log_arange';
  /** The elements of a row, an integer >= 1 that divides the number of elements of the tensor. */
  readonly columns: number;
}

/** How such rows are drawn. */
export const log_arange: Distribution<LogArangeDraw, CopiedParameters> = {
  ...COPIED,
  numbers: SAMPLING_NUMBERS.log_arange,
  check({ columns: given }, total) {
    const columns = integerIn('columns', given, 1, Number.MAX_SAFE_INTEGER);
    if (total % columns === 0) return { kind: 'log_arange', columns };
    throw new ArgumentError(`rows of ${columns} elements must fill a tensor of ${total} elements`);
  },
  random: false,
  fillsMatrix: true,
  parameters: ({ columns }) => ({
    kernel: 'copy',
    random: false,
    elements(start, words) {
      const out = new Float32Array(words.buffer, words.byteOffset, words.length);
      for (let i = 0; i < out.length; i++) out[i] = log(1 + ((start + i) % columns));
    },
  }),
};
