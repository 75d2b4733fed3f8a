import { describe, expect, it } from 'vitest';
import type { Case, Entry } from '../../../bench/throughput/case';
import { cpuMakers } from '../../../bench/throughput/makers/cpu';
import type { Contender, Maker } from '../../../bench/throughput/makers/maker';
import { mathRandomMaker } from '../../../bench/throughput/makers/math_random';
import { Absent } from '../../../bench/throughput/reasons';
import { type Paces, pacesOf, runCase } from '../../../bench/throughput/run_case';
import type { Row } from '../../../bench/throughput/row';
import { fillingsOf } from '../../../bench/throughput/tensors';
import { verifyFillings, verifyOrthonormal, verifySample } from '../../../bench/throughput/verify';

const ours: Entry = { maker: 'cpu reference', role: 'ours', draw: 'normal', dtype: 'float32', math: 'exact' };
const peer: Entry = { maker: 'Math.random', role: 'peer', draw: 'normal', dtype: 'float32' };
const CASE: Case = {
  name: 'normal/float32/test',
  size: 'test',
  shape: [1000],
  seconds: 0.05,
  entries: [ours, peer],
};

async function rowsOf(of: Case, makers: Record<string, Maker>, paces: Paces = {}): Promise<Row[]> {
  const rows: Row[] = [];
  await runCase({ device: undefined, makers }, of, paces, (row) => rows.push(row));
  return rows;
}

/** The CPU reference, with one bit of one element of its float32 memory turned over. */
function corrupted(element: number, bit: number): Maker {
  const maker = cpuMakers()['cpu reference'];
  return {
    ...maker,
    async open(entry, of, memory): Promise<Contender> {
      const contender = await maker.open(entry, of, memory);
      return {
        ...contender,
        async run() {
          const timing = await contender.run();
          new Uint32Array(memory.cpu())[element] ^= 1 << bit;
          return timing;
        },
      };
    },
  };
}

const failing = (error: Error): Maker => ({ timed: '', open: () => Promise.reject(error) });

describe('a case', () => {
  it('gives every contender a row with its medians, its checks and its ratio', async () => {
    const rows = await rowsOf(CASE, { ...cpuMakers(), 'Math.random': mathRandomMaker() });
    expect(rows.map(({ maker, status }) => [maker, status])).toEqual([
      ['cpu reference', 'measured'],
      ['Math.random', 'measured'],
    ]);
    const [own, other] = rows;
    expect(own).toMatchObject({
      elements: 1000,
      relative: 1,
      verified: '1,000 of 1,000 elements equal to the CPU reference',
      gpu: null,
      readBack: null,
    });
    expect(own.runs).toBeGreaterThan(0);
    expect(other.relative).toBeCloseTo(other.wall!.median / own.wall!.median, 12);
    expect(own.elementsPerSecond).toBeCloseTo(1e6 / own.wall!.median, 6);
  });

  it.each([
    [0, 0],
    [999, 0],
    [500, 31],
  ])('calls one that has a wrong bit in element %i wrong, and measures it not', async (element, bit) => {
    const [row] = await rowsOf({ ...CASE, entries: [ours] }, { 'cpu reference': corrupted(element, bit) });
    expect(row).toMatchObject({ status: 'wrong', wall: null, runs: 0 });
    expect(row.reason).toContain(`element ${element} is 0x`);
  });

  it('says why a peer is missing or broken, and measures the others', async () => {
    const makers = { ...cpuMakers(), 'Math.random': failing(new Absent('it is not installed')) };
    const [missing, own] = await rowsOf(CASE, makers);
    expect(missing).toMatchObject({ maker: 'Math.random', status: 'absent', reason: 'it is not installed' });
    expect(own.status).toBe('measured');
    const broken = await rowsOf(CASE, { ...makers, 'Math.random': failing(new Error('two\nlines')) });
    expect(broken[0]).toMatchObject({ status: 'failed', reason: 'two lines' });
  });

  it('leaves out what earlier cases foretell to be too slow', async () => {
    const paces = { 'cpu reference normal float32 exact': 1e9 }; // a second an element
    const [row] = await rowsOf({ ...CASE, entries: [ours] }, cpuMakers(), paces);
    expect(row).toMatchObject({
      status: 'left out',
      reason: 'a run would take about 1000 s, of 0.05 s for all contenders',
    });
    const [own] = await rowsOf({ ...CASE, entries: [ours] }, cpuMakers());
    expect(pacesOf({ ...own, elements: 2 ** 24, wall: { ...own.wall!, min: 100 } })).toEqual({
      'cpu reference normal float32 exact': 1e8 / 2 ** 24,
    });
    expect(pacesOf(own)).toEqual({}); // a thousand elements foretell nothing
  });

  it('runs a slow one once, without a warm-up, and verifies it all the same', async () => {
    let runs = 0;
    const counting = (maker: Maker): Maker => ({
      ...maker,
      async open(...words) {
        const contender = await maker.open(...words);
        return { ...contender, run: () => (runs++, contender.run()) };
      },
    });
    const slow = { ...CASE, entries: [{ ...ours, once: true }] };
    const [row] = await rowsOf(slow, { 'cpu reference': counting(cpuMakers()['cpu reference']) });
    expect([row.status, row.runs, runs]).toEqual(['measured', 1, 1]);
    const [bad] = await rowsOf(slow, { 'cpu reference': corrupted(7, 3) });
    expect(bad.status).toBe('wrong');
  });
});

describe('verification', () => {
  /** Elements of a tensor that are looked at. */
  async function looked(count: number): Promise<Set<number>> {
    const seen = new Set<number>();
    const of = { ...CASE, shape: [count] };
    const memory = await cpuMakers()['cpu reference'].open(ours, of, {
      cpu: () => new ArrayBuffer(4 * count),
    } as never);
    await memory.run();
    const buffer = new ArrayBuffer(4 * count);
    const maker = await cpuMakers()['cpu reference'].open(ours, of, { cpu: () => buffer } as never);
    await maker.run();
    await verifyFillings(fillingsOf(ours, of), async (_filling, start, length) => {
      for (let i = start; i < start + length; i++) seen.add(i);
      return buffer.slice(4 * start, 4 * (start + length));
    });
    return seen;
  }

  it('looks at every element of a small tensor, and at both ends and the middle of a large one', async () => {
    expect((await looked(100_001)).size).toBe(100_001);
    const count = 400_003;
    const seen = await looked(count);
    expect(seen.has(0) && seen.has(count - 1)).toBe(true);
    const tenths = Array.from(
      { length: 10 },
      (_, i) => [...seen].filter((at) => Math.floor((10 * at) / count) === i).length,
    );
    expect(Math.min(...tenths)).toBeGreaterThan(4096);
  });

  it('takes a peer by its moments', () => {
    const ramp = Float32Array.from({ length: 10_000 }, (_, i) => (i + 0.5) / 10_000);
    expect(verifySample('uniform', ramp)).toContain('mean 0.5000');
    expect(() => verifySample('normal', ramp)).toThrow('are not those of normal');
    expect(() =>
      verifySample(
        'uniform',
        ramp.map((x) => 0.9 * x),
      ),
    ).toThrow('are not those of uniform');
    expect(() => verifySample('uniform', new Float32Array(1000))).toThrow('are not those of uniform');
    expect(() => verifySample('uniform', ramp.fill(NaN, 5, 6))).toThrow('are not those of uniform');
  });

  it('takes a matrix by its columns', () => {
    const [c, s] = [Math.cos(1), Math.sin(1)];
    expect(verifyOrthonormal(2, [c, -s, s, c], 1e-6)).toContain('max |Q^T Q - I|');
    expect(() => verifyOrthonormal(2, [c, s, s, c], 1e-6)).toThrow('not orthonormal');
    expect(() => verifyOrthonormal(2, [NaN, 0, 0, 1], 1e-6)).toThrow('not orthonormal');
    expect(() => verifyOrthonormal(2, [2, 0, 0, 1], 1e-6)).toThrow('not orthonormal');
  });
});
