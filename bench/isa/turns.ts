import type { Dispatch } from '../../src/jobs/plan';
import { type Case, groupElements } from './cases';
import type { Card } from './cards';

type Parameters = Dispatch['params'];

/** A loop of a kernel's source, and how often it turns whenever it is reached. */
export interface Turns {
  readonly turns: number;
  /** Whether that is a constant, so that compilers may do away with the loop. */
  readonly constant?: boolean;
  readonly inner: readonly Turns[];
}

/** An invocation of a rejecting kernel draws so many elements before it draws the rejected ones again. */
const REJECTION_ELEMENTS = 32;

/** The loops of a kernel. The outermost one turns as often as is its share of an element. */
export function turnsOf({ kernel, dtype, code, constants, params }: Case, card: Card): Turns {
  const group = groupElements(dtype);
  const blocks = kernel === 'orthogonal' ? Math.min(group / 4, 2) : (group / 4) * (constants.REALIGN ? 2 : 1);
  const draw = LOOPS[kernel]?.(params, card) ?? [];
  if (!code.includes('store_again')) return { turns: 1 / group, inner: repeat(draw, blocks) };
  // entry/rejection.wgsl has a loop around the four blocks of a group of bytes.
  const bytes = group === 16;
  const first = bytes
    ? [{ turns: 4, constant: true, inner: repeat(draw, blocks / 4) }]
    : repeat(draw, blocks);
  return {
    turns: 1 / REJECTION_ELEMENTS,
    inner: [
      { turns: REJECTION_ELEMENTS / group, inner: first },
      { turns: turnsOfWave(attemptsOf(params), REJECTION_ELEMENTS, card.lanes), inner: draw },
    ],
  };
}

function repeat(loops: readonly Turns[], count: number): Turns[] {
  return Array.from({ length: count }, () => loops).flat();
}

/** The loops within the kernels themselves. */
const LOOPS: Readonly<Record<string, (params: Parameters, card: Card) => readonly Turns[]>> = {
  bernoulli_packed: () => [{ turns: 4, constant: true, inner: [{ turns: 8, constant: true, inner: [] }] }],
  orthogonal: () => [{ turns: 4, constant: true, inner: [] }],
  permutation: (params, card) => [walkOf(params, card)],
  poisson: (params) => [{ turns: Math.log2(('table' in params ? params.table.length : 0) + 1), inner: [] }],
  sparse: (params, card) => [{ turns: 5, constant: true, inner: [] }, walkOf(params, card)],
};

/** The walk of shaders/shared/permutation.wgsl. A wave walks until all of its elements, four a lane, have arrived. */
function walkOf(params: Parameters, card: Card): Turns {
  if (!('grid' in params)) throw new Error(`${params.kernel} has no grid to walk on`);
  const { columnBits, rowLast, columnLast, pairs } = params.grid;
  const columns = 2 ** columnBits;
  const places = (rowLast + 1) * columns;
  const outside = (columns - 1 - columnLast) / places;
  const walk = 1 + turnsOfWave(geometric(outside), 1, 4 * card.lanes);
  return { turns: walk, inner: [{ turns: pairs, inner: [] }] };
}

/** How probable it is that an element is drawn again so many times. */
export type Attempts = (times: number) => number;

/** Each attempt is rejected with the same probability. */
export function geometric(rejected: number): Attempts {
  return (times) => (1 - rejected) * rejected ** times;
}

/** The times that an element of a kernel is drawn again. */
function attemptsOf(params: Parameters): Attempts {
  if (params.kernel === 'gamma') return gammaAttempts(params);
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
 * How often the loop of a wave turns on average, in which each lane draws its rejected elements again one by one: the
 * mean of the largest of the lanes' sums of attempts.
 * @param elements of a lane
 */
export function turnsOfWave(attempts: Attempts, elements: number, lanes: number): number {
  const NEGLIGIBLE = 1e-12;
  const one: number[] = [];
  for (let total = 0, times = 0; total < 1 - NEGLIGIBLE && times < 4096; times++) {
    one.push(attempts(times));
    total += one[times];
  }
  let sum = [1];
  for (let i = 0; i < elements; i++) sum = convolved(sum, one, NEGLIGIBLE);
  let below = 0;
  let mean = 0;
  for (const share of sum) {
    below = Math.min(below + share, 1);
    mean += 1 - below ** lanes;
  }
  return mean;
}

/** The distribution of the sum of two numbers, without a tail that weighs nothing. */
function convolved(a: readonly number[], b: readonly number[], negligible: number): number[] {
  const sum = Array.from({ length: a.length + b.length - 1 }, () => 0);
  a.forEach((x, i) => b.forEach((y, j) => (sum[i + j] += x * y)));
  for (let tail = sum[sum.length - 1]; tail < negligible && sum.length > 1; tail += sum[sum.length - 1])
    sum.pop();
  return sum;
}
