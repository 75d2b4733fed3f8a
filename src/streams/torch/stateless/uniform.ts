/** The twin of shaders/torch/stateless_uniform.wgsl. */
import { float32Bits, roundTo } from '../../../arithmetic/round';
import type { FloatDtype } from '../../../core/dtype';
import { ArgumentError } from '../../../core/errors';
import { type StreamDistribution, FLOATS } from '../../../distributions/distribution';
import { fitting } from '../../../distributions/fitting';
import { type ForeignKernel, type ForeignParameters } from '../../../distributions/foreign';
import type { UniformDraw } from '../../../distributions/uniform';
import { streamBlock } from '../../stream';
import * as code from '../../../../shaders/torch/stateless_uniform.wgsl';

interface Values {
  /** The bits of a word that count: as many as the dtype's significand has. */
  readonly bits: number;
  /** Float32 numbers. */
  readonly width: number;
  readonly low: number;
}

const BITS: Readonly<Record<FloatDtype, number>> = { float32: 24, float16: 11, bfloat16: 8 };

/** With numbers that are smaller, and not 0, there could be subnormal values, which the shader does not have. */
const SMALLEST_WIDTH = 2 ** -79;
const SMALLEST_LOW = 2 ** -102;

const kernel: ForeignKernel<Values> = {
  name: 'torch_stateless_uniform',
  code,
  members: ({ bits, width, low }) => [
    ['bits', bits],
    ['width', float32Bits(width)],
    ['low', float32Bits(low)],
  ],
  twin({ bits, width, low }, key) {
    const unit = 2 ** -bits;
    const mask = 2 ** bits - 1;
    return (lo, hi, out) => {
      streamBlock(key, lo, hi, 0, out);
      for (let lane = 0; lane < 4; lane++)
        out[lane] = float32Bits(Math.fround((out[lane] & mask) * unit * width) + low);
    };
  },
};

/** How `torch.func._random.uniform` draws. */
export const uniform: StreamDistribution<UniformDraw, ForeignParameters<Values>> = {
  dtypes: FLOATS,
  parameters({ low: exactLow, high: exactHigh }, given) {
    const dtype = given as FloatDtype;
    const low = roundTo(dtype, fitting('low', exactLow, dtype));
    const high = roundTo(dtype, fitting('high', exactHigh, dtype));
    if (exactHigh < exactLow) throw new ArgumentError(`high must be >= low = ${exactLow}, got ${exactHigh}`);
    const width = roundTo(dtype, fitting('high - low', high - low, dtype));
    if (width !== 0 && width < SMALLEST_WIDTH)
      throw new ArgumentError(`high - low must be 0 or >= 2^-79 in the stream torch-stateless, got ${width}`);
    if (low !== 0 && Math.abs(low) < SMALLEST_LOW)
      throw new ArgumentError(
        `low must be 0 or of magnitude >= 2^-102 in the stream torch-stateless, got ${low}`,
      );
    return {
      kernel: 'foreign',
      source: kernel,
      values: { bits: BITS[dtype], width, low },
      affine: undefined,
    };
  },
};
