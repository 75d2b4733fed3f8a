import type { Computer } from '../computer';
import { fillReference, loadTwin } from './fill';
import { inTurns } from '../turns';

/** The first part has so many. With 64 attempts for each element they take some 20 ms. */
const LEAST_ELEMENTS = 2 ** 11;

/** The twins of the shaders in plain TypeScript. All other implementations are compared with them. */
export const REFERENCE: Computer = {
  path: 'reference',
  description: 'CPU reference',
  usesOneThread: ({ params: { kernel } }) => kernel !== 'constant' && kernel !== 'eye',
  async fill({ params, key, dtype }, start, out, watch) {
    await loadTwin(params);
    await inTurns(out, LEAST_ELEMENTS, watch, (at, part) =>
      fillReference(params, key, dtype, start + at, part),
    );
  },
  async qr(...matrix) {
    const { plainFactorization } = await import('../orthogonal/plain');
    return plainFactorization(...matrix);
  },
  destroy() {
    // Nothing was started.
  },
};
