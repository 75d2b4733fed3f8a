import type { FloatDtype } from '../../core/dtype';
import { type StreamDistribution, FLOATS } from '../../distributions/distribution';
import { type ForeignDraw, type ForeignKernel, type ForeignParameters } from '../../distributions/foreign';
import type { KernelCode } from '../../distributions/key_words';
import { streamBlock } from '../stream';

export interface Values {
  readonly dtype: FloatDtype;
}

/**
 * A draw without parameters, each of whose elements follows from its own word.
 * @param element makes the float32 bits of an element of a dtype from its word
 */
export function unary(
  name: string,
  code: KernelCode,
  element: (dtype: FloatDtype) => (word: number) => number,
): StreamDistribution<ForeignDraw, ForeignParameters<Values>> {
  const source: ForeignKernel<Values> = {
    name,
    code,
    members: () => [],
    twin({ dtype }, key) {
      const bitsOf = element(dtype);
      return (lo, hi, out) => {
        streamBlock(key, lo, hi, 0, out);
        for (let lane = 0; lane < 4; lane++) out[lane] = bitsOf(out[lane]);
      };
    },
  };
  return {
    dtypes: FLOATS,
    parameters: (_draw, dtype) => ({
      kernel: 'foreign',
      source,
      values: { dtype: dtype as FloatDtype },
      affine: undefined,
    }),
  };
}
