import type { InitializerSpec } from '../../src/index';
import { exponential, gumbel, laplace, logistic, lognormal } from '../../src/initializers/distributions';
import type { ContinuousLaw } from '../../src/statistics/laws';
import { exponentialLaw } from '../../src/statistics/laws/exponential';
import { gumbelLaw } from '../../src/statistics/laws/gumbel';
import { laplaceLaw } from '../../src/statistics/laws/laplace';
import { logisticLaw } from '../../src/statistics/laws/logistic';
import { lognormalLaw } from '../../src/statistics/laws/lognormal';
import { values } from './genuine';
import type { Subject } from './subject';

/** Changes elements, whose indices in a chunk it gets, and the chunk as it was. */
type Defect = (value: number, index: number, chunk: ArrayLike<number>) => number;

/** Bits of the uniform that has too few. */
const FEW_BITS = 12;

/** The library's own continuous draws beyond Keras's, with one deliberate defect each. */
export const BROKEN_SAMPLED: readonly Subject[] = [
  broken(
    'coarse-uniform',
    'an exponential from a uniform of 12 bits, so that no value is beyond 9.01',
    exponential(),
    exponentialLaw(1),
    (x) => -Math.log((Math.floor(Math.exp(-x) * 2 ** FEW_BITS) + 0.5) / 2 ** FEW_BITS),
  ),
  broken(
    'shared-signs',
    'a Laplace value takes the sign of its neighbour',
    laplace(),
    laplaceLaw(0, 1),
    (x, i, chunk) => Math.abs(x) * Math.sign(chunk[i & ~1]),
  ),
  broken(
    'stddev-as-scale',
    'a logistic with the scale as its standard deviation',
    logistic(),
    logisticLaw(0, 1),
    (x) => (x * Math.sqrt(3)) / Math.PI,
  ),
  broken(
    'mirrored',
    'the Gumbel of least values, with the mean of that of greatest ones',
    gumbel(),
    gumbelLaw(0, 1),
    (x) => 2 * gumbelLaw(0, 1).mean - x,
  ),
  broken(
    'linear-power',
    'a lognormal with 1 + f in place of 2^f, f the fraction of the exponent',
    lognormal({ stddev: 0.25 }),
    lognormalLaw(0, 0.25),
    (x) => {
      const whole = Math.floor(Math.log2(x));
      return 2 ** whole * (1 + (Math.log2(x) - whole));
    },
  ),
];

function broken(
  name: string,
  about: string,
  initializer: InitializerSpec,
  law: ContinuousLaw,
  defect: Defect,
): Subject {
  const change = (chunk: ArrayLike<number>): Float32Array =>
    Float32Array.from(chunk, (value, i) => defect(value, i, chunk));
  return values(
    `broken/${name}`,
    about,
    () => initializer,
    () => law,
    'float32',
    change,
  );
}
