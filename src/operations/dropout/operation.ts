import { multiplyFloats } from '../../arithmetic/float_arithmetic';
import { float32Bits, roundHalfEven } from '../../arithmetic/round';
import { ArgumentError, show } from '../../core/errors';
import type { Operation } from '../elementwise/operation';

/** @throws ArgumentError unless `rate` is a number in [0, 1) */
export function checkRate(rate: unknown): number {
  if (typeof rate === 'number' && rate >= 0 && rate < 1) return rate;
  throw new ArgumentError(`rate must be a number in [0, 1), got ${show(rate)}`);
}

/**
 * Dropout as integers.
 * @throws ArgumentError unless `rate` is a number in [0, 1)
 */
export function dropoutOperation(rate: number): Operation {
  const threshold = Math.min(roundHalfEven(checkRate(rate) * 2 ** 32), 2 ** 32 - 1);
  const scale = float32Bits(1 / (1 - rate));
  return {
    name: 'dropout',
    code: () => import('../../../shaders/operations/dropout.wgsl'),
    constants: {},
    words: [threshold, scale],
    random: 'bits',
    apply: (x, word) => (word >= threshold ? multiplyFloats(x, scale) : 0),
  };
}
