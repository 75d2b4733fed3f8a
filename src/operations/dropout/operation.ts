import { multiplyFloats } from '../../arithmetic/float_arithmetic';
import { float32Bits } from '../../arithmetic/round';
import { ArgumentError, show } from '../../core/errors';
import type { Operation } from '../elementwise/operation';

/**
 * Dropout as integers.
 * @throws ArgumentError unless `rate` is a number in [0, 1)
 */
export function dropoutOperation(rate: number): Operation {
  if (typeof rate !== 'number' || !(rate >= 0 && rate < 1))
    throw new ArgumentError(`rate must be a number in [0, 1), got ${show(rate)}`);
  const threshold = Math.min(roundToEven(rate * 2 ** 32), 2 ** 32 - 1);
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

/** The nearest integer, of two the even one. */
function roundToEven(x: number): number {
  const below = Math.floor(x);
  const rest = x - below;
  return below + Number(rest > 0.5 || (rest === 0.5 && below % 2 === 1));
}
