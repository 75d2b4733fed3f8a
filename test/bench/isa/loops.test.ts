import { beforeAll, describe, expect, it } from 'vitest';
import { type Card, CARDS } from '../../../bench/isa/cards';
import { allTrials, type Case, casesOf, Shaders } from '../../../bench/isa/cases';
import { costOf } from '../../../bench/isa/cost';
import { type Instruction, loopsOf, type Program } from '../../../bench/isa/program';
import { attemptsOf, geometric } from '../../../bench/isa/attempts';
import { turnsOfQueue } from '../../../bench/isa/queue';
import { turnsOf, turnsOfWave } from '../../../bench/isa/turns';
import { distributionOf, parameters } from '../../../src/distributions/parameters';
import type { Draw } from '../../../src/distributions/draw';
import { provideAll } from '../../../src/initializers/all';
import { bernoulli, gamma, poisson } from '../../../src/initializers/distributions';
import { readShaders } from '../../../tools/wgsl_plugin';

const navi31 = CARDS.find(({ id }) => id === 'navi31')!;
const h200 = CARDS.find(({ id }) => id === 'sm_90')!;

/** Instructions of one slot each, and branches: a number is where one goes. */
function programOf(...parts: (string | number)[]): Program {
  const instructions: Instruction[] = parts.map((part) =>
    typeof part === 'number' ? { op: 's_cbranch_scc1', target: part } : { op: part },
  );
  return { instructions, registers: 1, spills: 0, codeSize: 1 };
}

function caseOf(draw: Draw, entryPoint = 'main'): Case {
  const dtype = distributionOf(draw).dtypes[0];
  const params = parameters(draw, dtype, 'exact');
  return {
    name: 'x',
    kernel: params.kernel,
    dtype,
    code: '',
    entryPoint,
    constants: {},
    entries: [],
    params,
    members: new Map(),
  };
}

/** The turns of the loop that draws rejected elements again. */
function againOf(draw: Draw, card: Card): number {
  const [, { inner }] = turnsOf(caseOf(draw, 'main_compacted'), card);
  expect(inner).toHaveLength(3);
  return inner[2].turns;
}

beforeAll(() => provideAll());

describe('loops', () => {
  it('are found by their backward branches, one within another', () => {
    const { instructions } = programOf('v_a', 'v_b', 'v_c', 2, 'v_d', 4, 1, 'v_e');
    expect(loopsOf(instructions)).toEqual([
      {
        first: 1,
        last: 6,
        inner: [
          { first: 2, last: 3, inner: [] },
          { first: 4, last: 5, inner: [] },
        ],
      },
    ]);
  });

  it('with two branches to one head are one, and a branch to itself is none', () => {
    const { instructions } = programOf('v_a', 'v_b', 0, 'v_c', 0, 5);
    expect(loopsOf(instructions)).toEqual([{ first: 0, last: 4, inner: [] }]);
  });

  it('that lie across each other are refused', () => {
    expect(() => loopsOf(programOf('v_a', 'v_b', 0, 1).instructions)).toThrow('lies across another');
  });
});

describe('the turns of a wave', () => {
  it('are those of its lane with the most attempts', () => {
    expect(turnsOfWave(geometric(0), 32, 64)).toBeCloseTo(0, 12);
    // One lane draws on until it accepts, which takes 1 / (1 - q) - 1 attempts more.
    expect(turnsOfWave(geometric(0.25), 1, 1)).toBeCloseTo(1 / 3, 9);
    expect(turnsOfWave(geometric(0.25), 5, 1)).toBeCloseTo(5 / 3, 9);
    // Two lanes, one element each: the mean of the larger of two geometric numbers is 2 q / (1 - q) - q^2 / (1 - q^2).
    expect(turnsOfWave(geometric(0.25), 1, 2)).toBeCloseTo(2 / 3 - 1 / 15, 9);
  });

  it('are those of a simulation', () => {
    let state = 1;
    const random = (): number => (state = (Math.imul(state, 48271) >>> 0) % 2147483647 || 1) / 2147483647;
    const q = 0.0455;
    let sum = 0;
    const WAVES = 400;
    for (let wave = 0; wave < WAVES; wave++) {
      let most = 0;
      for (let lane = 0; lane < 64; lane++) {
        let attempts = 0;
        for (let element = 0; element < 32; element++) while (random() < q) attempts++;
        most = Math.max(most, attempts);
      }
      sum += most;
    }
    expect(turnsOfWave(geometric(q), 32, 64)).toBeCloseTo(sum / WAVES, 0);
  });
});

describe('the turns of a wave that shares a queue', () => {
  // docs/decisions.md has these from another simulation, of shares that are rounded here.
  it.each([
    [0.0455, 4, 3.2],
    [0.21, 4, 12.3],
    [0.5, 4, 40],
    [0.87, 4, 250],
    [0.0455, 8, 3.6],
    [0.21, 8, 13.3],
    [0.0455, 1, 2.8],
  ])('with a share of %d rejected, and %d elements in an item, are %d', (rejected, elements, expected) => {
    const { draw } = turnsOfQueue(geometric(rejected), elements, 32 / elements, 64);
    expect(Math.abs(draw / expected - 1)).toBeLessThan(0.04);
  });

  it('are those of the largest number of attempts, where no lane has more than one item', () => {
    for (const rejected of [0.05, 0.5]) {
      const { enqueue, draw } = turnsOfQueue(geometric(rejected), 1, 1, 64, 20_000);
      expect(draw).toBeCloseTo(turnsOfWave(geometric(rejected), 1, 64), 1);
      expect(enqueue).toBeCloseTo(1 - (1 - rejected) ** 64, 1);
    }
  });

  it('are the same in each run, and none where nothing is rejected', () => {
    const turns = () => turnsOfQueue(geometric(0.1), 4, 8, 32, 100);
    expect(turns()).toEqual(turns());
    expect(turnsOfQueue(geometric(0), 4, 8, 64, 100)).toEqual({ enqueue: 0, draw: 0 });
  });

  it('of a truncated normal follow from the share that is rejected', () => {
    const draw = { kind: 'truncated_normal', mean: 0, stddev: 1, lower: -2, upper: 2 } as const;
    expect(againOf(draw, navi31)).toBeCloseTo(3.2, 1); // one wave of 64 lanes
    // Two warps of 32 lanes: neither turns longer than until the queue is empty and its own lanes are done.
    expect(againOf(draw, h200)).toBeLessThan(againOf(draw, navi31));
    expect(againOf(draw, h200)).toBeGreaterThan(2.5);
  });

  it.each([
    ['bfloat16', 1000],
    ['float16', 125],
  ] as const)('of normals in %s follow from the one in %d that is undecided', async (dtype, one) => {
    const trials = await allTrials(['normal_half']);
    const first = trials.filter(({ name }) => name === `normal_half/${dtype}`).slice(0, 1);
    const [half] = await casesOf(first, new Shaders(readShaders()));
    const attempts = attemptsOf(half);
    expect(1 / attempts(1) / one).toBeGreaterThan(0.85);
    expect(1 / attempts(1) / one).toBeLessThan(1.25);
    expect(attempts(0) + attempts(1)).toBe(1);
    expect(attempts(2)).toBe(0); // An attempt settles each.
  });

  it('of a gamma are more where its concentration is small', () => {
    const again = (concentration: number) => againOf(gamma({ concentration }).resolve([4]), navi31);
    expect(again(1)).toBeGreaterThan(again(3));
    expect(again(3)).toBeGreaterThan(again(1000));
    expect(again(1000)).toBeGreaterThan(0);
  });
});

describe('the cost of an element', () => {
  it('counts a search as often as it turns', () => {
    const one = caseOf(poisson({ rate: 3 }).resolve([4]));
    const table = 'table' in one.params ? one.params.table.length : 0;
    const steps = Math.log2(table + 1);
    expect(Number.isInteger(steps)).toBe(true);
    // Two instructions outside of the inner loop, and one in it, for four elements.
    const { cycles } = costOf(programOf('v_xor_b32', 'v_and_b32', 1, 'v_or_b32', 0), one, navi31);
    expect(cycles).toBe((2 + steps) / 4);
  });

  it('knows loops of a constant number of turns, unrolled or not', () => {
    const one = caseOf(bernoulli({ probability: 0.5, packed: true }).resolve([4]));
    const cycles = (...parts: (string | number)[]): number =>
      costOf(programOf('v_xor_b32', ...parts), one, navi31).cycles;
    expect(cycles('v_and_b32', 'v_or_b32', 2, 1, 0)).toBe((1 + 4 * (1 + 8)) / 4); // neither
    expect(cycles('v_and_b32', 1, 0)).toBe((1 + 4) / 4); // the inner one
    expect(cycles(0)).toBe(1 / 4); // both
  });

  it('is not known where the loops are others', () => {
    const one = caseOf({ kind: 'bits' });
    expect(() => costOf(programOf('v_xor_b32', 'v_and_b32', 1, 0), one, navi31)).toThrow(
      'the compiler made the loops (()) of (), so how often each turns is not known',
    );
    expect(() => costOf(programOf('v_xor_b32'), one, navi31)).toThrow('the loops none of ()');
  });
});
