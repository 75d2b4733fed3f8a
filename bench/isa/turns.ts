import { type Dispatch, GROUPS_PER_INVOCATION } from '../../src/jobs/plan';
import { type Attempts, attemptsOf, geometric } from './attempts';
import { type Case, groupElements } from './cases';
import type { Card } from './cards';
import { turnsOfQueue } from './queue';

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

/** The loops of a kernel. The outermost ones turn as often as is their share of an element. */
export function turnsOf(one: Case, card: Card): Turns[] {
  const { kernel, dtype, entryPoint, constants, params } = one;
  const group = groupElements(dtype);
  const blocks = kernel === 'orthogonal' ? Math.min(group / 4, 2) : (group / 4) * (constants.REALIGN ? 2 : 1);
  const draw = LOOPS[kernel]?.(params, card) ?? [];
  if (entryPoint === 'main') return [{ turns: 1 / group, inner: repeat(draw, blocks) }];
  // main_compacted in shaders/entry/rejection.wgsl. There is a loop around the four blocks of a group of bytes.
  const bytes = group === 16;
  const first = bytes
    ? [{ turns: 4, constant: true, inner: repeat(draw, blocks / 4) }]
    : repeat(draw, blocks);
  const { enqueue, draw: again } = turnsOfQueue(
    attemptsOf(one),
    group,
    REJECTION_ELEMENTS / group,
    card.lanes,
  );
  // Before an invocation begins, it clears its share of the queue, which has a word for 8 groups of each invocation.
  const clear = { turns: 8 / (GROUPS_PER_INVOCATION * group), constant: true, inner: [] };
  return [
    clear,
    {
      turns: 1 / REJECTION_ELEMENTS,
      inner: [
        { turns: REJECTION_ELEMENTS / group, inner: first },
        { turns: enqueue, inner: [] },
        { turns: again, inner: draw },
      ],
    },
  ];
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
