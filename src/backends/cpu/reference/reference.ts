import type { Computer } from '../computer';
import { fillReference } from './fill';
import { PlainQr } from '../orthogonal/qr';
import { inTurns } from '../turns';

/** The twins of the shaders in plain TypeScript. All other implementations are compared with them. */
export const REFERENCE: Computer = {
  description: 'CPU reference',
  fill: ({ params, key, dtype }, start, out, watch) =>
    inTurns(out, watch, (at, part) => fillReference(params, key, dtype, start + at, part)),
  qr: async (matrix, rows, columns) => new PlainQr(Float64Array.from(matrix), rows, columns),
  destroy() {
    // Nothing was started.
  },
};
