import { describe, expect, it } from 'vitest';
import { judge } from '../../../bench/throughput/goals';
import { caseChart } from '../../../bench/throughput/report/charts';
import { page } from '../../../bench/throughput/report/page';
import { text } from '../../../bench/throughput/report/text';
import type { Measurement } from '../../../bench/throughput/row';
import { faults } from '../../../bench/throughput/run';
import { spreadOf } from '../../../bench/throughput/spread';

const about = {
  host: 'dawn-lavapipe',
  runtime: 'Node 20',
  adapter: 'llvmpipe',
  driver: 'Mesa',
  software: true,
  commit: 'abc',
  dirty: true,
  label: 'a label',
  timed: 'the call',
  verified: 'all',
  runs: 3,
  gpu: null,
  readBack: null,
  shareOfFill: null,
  shareOfBits: null,
  relative: null,
  stoppedAfter: null,
  status: 'measured',
  reason: null,
} as const;

function row(name: string, size: string, milliseconds: number, more: Partial<Measurement>): Measurement {
  return {
    ...about,
    case: name,
    size,
    shape: [4],
    elements: 4,
    maker: 'gpu',
    role: 'ours',
    draw: 'normal',
    dtype: 'float32',
    math: 'exact',
    wall: spreadOf([milliseconds]),
    elementsPerSecond: 4000 / milliseconds,
    ...more,
  };
}

const verdicts = (rows: Measurement[]) =>
  Object.fromEntries(
    judge(rows)
      .filter(({ verdict }) => verdict !== 'not measured')
      .map(({ goal, verdict, value }) => [goal, [verdict, value]]),
  );

describe('the goals', () => {
  it('are not measured by nothing', () => {
    const results = judge([]);
    expect(results.length).toBeGreaterThan(10);
    expect(results.every(({ verdict, value }) => verdict === 'not measured' && value === null)).toBe(true);
  });

  it('take shares of the fill at 16M', () => {
    const shares = (share: number, size = '16M') =>
      verdicts([row(`normal/float32/${size}`, size, 10, { shareOfFill: share })]);
    expect(shares(0.36)).toEqual({ 'normal, exact, share of the constant fill': ['PASS', 0.36] });
    expect(shares(0.34)).toEqual({ 'normal, exact, share of the constant fill': ['MISS', 0.34] });
    expect(shares(0.36, 'small')).toEqual({});
    expect(
      verdicts([row('normal/float32/16M', '16M', 10, { shareOfFill: 0.36, adapter: 'another' })]),
    ).toEqual({});
  });

  it('take the draw that is least ahead of a peer', () => {
    const against = (normal: number, uniform: number) =>
      verdicts([
        row('normal/float32/16M', '16M', 10, {}),
        row('normal/float32/16M', '16M', normal, { maker: 'tfjs', role: 'peer', math: undefined }),
        row('uniform/float32/16M', '16M', 5, { draw: 'uniform' }),
        row('uniform/float32/16M', '16M', uniform, {
          maker: 'tfjs',
          role: 'peer',
          math: undefined,
          draw: 'uniform',
        }),
      ]);
    expect(against(110, 60)).toEqual({
      'every draw ahead of every peer on the GPU': ['PASS', 11],
      'every draw against tf.js': ['PASS', 11],
    });
    expect(against(110, 40)).toEqual({
      'every draw ahead of every peer on the GPU': ['PASS', 8],
      'every draw against tf.js': ['MISS', 8],
    });
    expect(against(9, 60)['every draw ahead of every peer on the GPU']).toEqual(['MISS', 0.9]);
  });

  it('count a peer that was stopped with the time it had', () => {
    const orthogonal = (more: Partial<Measurement>) =>
      verdicts([
        row('orthogonal/float32/512x512', '512x512', 200, { draw: 'orthogonal' }),
        row('orthogonal/float32/512x512', '512x512', 1, {
          draw: 'orthogonal',
          maker: 'tfjs',
          role: 'peer',
          math: undefined,
          wall: null,
          ...more,
        }),
      ]);
    expect(orthogonal({ stoppedAfter: 120_000 })).toEqual({
      'orthogonal 512 x 512 against tf.js': ['PASS', 600],
    });
    expect(orthogonal({ stoppedAfter: null })).toEqual({});
  });

  it('take the worst of the rows that are relative to another', () => {
    const halves = (...relative: number[]) =>
      verdicts(
        relative.map((value, i) => row(`${i}/dtypes/16M`, '16M', 1, { dtype: 'float16', relative: value })),
      );
    expect(halves(0.8, 0.99)).toEqual({ 'float16 against float32, an element': ['PASS', 0.99] });
    expect(halves(0.8, 1.2)).toEqual({ 'float16 against float32, an element': ['MISS', 1.2] });
    const model = verdicts([row('normal/float32/gpt2', 'gpt2', 1, { dispatch: 'all', relative: 1.09 })]);
    expect(model).toEqual({ "GPT-2's 148 tensors against one tensor of the same size": ['PASS', 1.09] });
  });
});

describe('the exit code', () => {
  it('is for this library where it is wrong or breaks, not for peers', () => {
    const all = (['ours', 'peer', 'limit'] as const).flatMap((role) =>
      (['measured', 'wrong', 'failed', 'absent', 'left out'] as const).map((status) =>
        row('normal/float32/16M', '16M', 1, { role, status }),
      ),
    );
    expect(faults(all).map(({ role, status }) => `${role} ${status}`)).toEqual([
      'ours wrong',
      'ours failed',
      'limit wrong',
      'limit failed',
    ]);
  });
});

describe('the report', () => {
  const rows = [
    row('normal/float32/16M', '16M', 100, {
      shareOfFill: 0.5,
      shareOfBits: 0.9,
      relative: 1,
      readBack: spreadOf([3, 5]),
    }),
    row('normal/float32/16M', '16M', 0, {
      maker: '<b>&',
      role: 'peer',
      math: undefined,
      wall: null,
      elementsPerSecond: null,
      status: 'failed',
      reason: '<script>',
    }),
  ];
  const { runtime, adapter, driver } = about;
  const results = {
    rows,
    goals: judge(rows),
    hosts: [{ host: about.host, runtime, adapter, driver, software: true, features: [], makers: ['gpu'] }],
    coldStarts: [],
    bundle: null,
    notes: ['chromium left out: none'],
    conditions: {
      date: '2026-01-01',
      commit: 'abc',
      dirty: true,
      version: '1',
      quick: false,
      cpu: 'a <cpu>',
      cores: 2,
      load: [0, 1] as const,
      seconds: 1,
    },
  };

  it('is a page that needs nothing else, and says that the driver is software and the tree dirty', () => {
    const html = page(results, caseChart);
    expect(html).toContain('<svg');
    expect(html).toContain('a program on the CPU');
    expect(html).toContain('abc with changes');
    expect(html).toContain('chromium left out: none');
    expect(html).toContain('&#60;script&#62;');
    expect(html).not.toMatch(/<script|<b>&|NaN|undefined|https?:/);
  });

  it('is a table for terminals, with what broke', () => {
    const words = text(results);
    expect(words).toMatch(
      /normal\/float32\/16M +gpu float32 +100 +100 to 100 +- +4\.00 +50 % +90 % +1\.00 +3\n/,
    );
    expect(words).toContain('failed: <script>');
    expect(words).toContain('abc with changes, 2 cores');
  });
});
