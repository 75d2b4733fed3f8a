import { float32FromBits } from '../../src/core/bit_pattern';
import type { Dtype } from '../../src/core/dtype';
import type { Case } from './cases';

/** How probable it is that an element is drawn again so many times. */
export type Attempts = (times: number) => number;

/** Each attempt is rejected with the same probability. */
export function geometric(rejected: number): Attempts {
  return (times) => (1 - rejected) * rejected ** times;
}

/** The times that an element of a kernel is drawn again. */
export function attemptsOf({ params, dtype, members }: Pick<Case, 'params' | 'dtype' | 'members'>): Attempts {
  if (params.kernel === 'gamma') return gammaAttempts(params);
  if (params.kernel === 'normal_half') return halfAttempts(members, dtype);
  if ('attempts' in params) return geometric(1 - 1 / params.attempts);
  throw new Error(`the parameters of ${params.kernel} do not say how many attempts an element needs`);
}

/**
 * The block of shaders/kernels/gamma.wgsl accepts candidate 0 where a bound without a logarithm is enough. The lanes
 * begin with candidate 0 again. Both shares are integrals over the normals z.
 */
function gammaAttempts({ quartic }: { readonly quartic: number }): Attempts {
  const d = 2 ** 38 / (108 * quartic);
  const c = 1 / Math.sqrt(9 * d);
  const STEP = 2 ** -10;
  let surely = 0;
  let accepted = 0;
  for (let z = -8; z <= 8; z += STEP) {
    const share = (STEP * Math.exp((-z * z) / 2)) / Math.sqrt(2 * Math.PI);
    const x = c * z;
    if (x <= -1) continue;
    surely += share * Math.max(1 - (5 / 2) * (z ** 4 / (108 * d)), 0);
    accepted += share * Math.exp(-d * (3 * x - (3 / 2) * x * x + x ** 3 - 3 * Math.log1p(x)));
  }
  return (times) => {
    if (times === 0) return surely;
    return times === 1 ? accepted - surely : accepted * (1 - accepted) ** (times - 1);
  };
}

/**
 * shaders/kernels/normal_half.wgsl draws undecided elements once more: those whose interval of error has a number in
 * it at which the rounding changes. The share is an integral over the normals z.
 */
function halfAttempts(members: ReadonlyMap<string, number>, dtype: Dtype): Attempts {
  const [mean, stddev, relative, absolute] = ['mean', 'stddev', 'relative', 'absolute'].map((name) =>
    float32FromBits(members.get(name)!),
  );
  const digits = dtype === 'float16' ? 10 : 7;
  const STEP = 2 ** -14;
  let undecided = 0;
  for (let z = STEP / 2 - 8; z <= 8; z += STEP) {
    const magnitude = Math.abs(mean + stddev * z);
    const exponent = Math.floor(Math.log2(magnitude));
    // Of subnormal halves the kernel asks for half a unit of a normal one.
    const unit = 2 ** (exponent - digits - Number(dtype === 'float16' && exponent < -14));
    const share = (STEP * Math.exp((-z * z) / 2)) / Math.sqrt(2 * Math.PI);
    undecided += share * Math.min((2 * (magnitude * relative + absolute)) / unit, 1);
  }
  return (times) => [1 - undecided, undecided][times] ?? 0;
}
