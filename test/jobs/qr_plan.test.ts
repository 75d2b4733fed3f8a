import { describe, expect, it } from 'vitest';
import { PANEL, qrBuffers, qrSteps, qrWork, TILE_COLUMNS, TILE_ROWS } from '../../src/jobs/qr_plan';

/** WebGPU's defaults, which every device has. */
const LIMITS = {
  maxBufferSize: 2 ** 28,
  maxStorageBufferBindingSize: 2 ** 27,
  maxComputeWorkgroupsPerDimension: 65535,
};

/** The last two take several workgroups to factor a panel. */
const SIDES = [
  [1, 1],
  [5, 1],
  [32, 32],
  [33, 33],
  [64, 64],
  [100, 37],
  [5000, 70],
  [2 ** 20, 32],
];

describe('the dispatches of a QR factorization', () => {
  it.each(SIDES)(
    '%i x %i: every panel is factored once from left to right, and taken back from right to left',
    (rows, columns) => {
      const steps = [...qrSteps(rows, columns, LIMITS)];
      const factored = steps
        .filter(({ kernel }) => kernel === 'factor')
        .flatMap(({ panel }) =>
          Array.from({ length: panel.column_end - panel.column }, (_, i) => [panel.first, panel.column + i]),
        );
      const panels = Array.from({ length: Math.ceil(columns / PANEL) }, (_, i) => PANEL * i);
      const want = panels.flatMap((first) =>
        Array.from({ length: Math.min(PANEL, columns - first) + 1 }, (_, step) => [first, step]),
      );
      expect(factored).toEqual(want);
      const unpacked = steps.filter(({ kernel }) => kernel === 'unpack').map(({ panel }) => panel.first);
      expect(unpacked).toEqual(panels.reverse());
    },
  );

  it.each(SIDES)(
    '%i x %i: each panel is applied to all columns on its right, and for Q to its own too',
    (rows, columns) => {
      for (const kernel of ['project', 'update'] as const) {
        for (const transposed of [1, 0]) {
          for (let first = 0; first < columns; first += PANEL) {
            const of = [...qrSteps(rows, columns, LIMITS)].filter(
              (step) =>
                step.kernel === kernel && step.panel.first === first && step.panel.transposed === transposed,
            );
            let next = transposed === 1 ? Math.min(first + PANEL, columns) : first;
            for (const { panel, workgroups } of of) {
              expect(panel.column).toBe(next);
              expect(TILE_COLUMNS * workgroups[0]).toBeGreaterThanOrEqual(panel.column_end - panel.column);
              const covered =
                kernel === 'project' ? panel.slice_rows * workgroups[1] : TILE_ROWS * workgroups[1];
              expect(covered).toBeGreaterThanOrEqual(rows - first);
              next = panel.column_end;
            }
            expect(next).toBe(columns);
          }
        }
      }
    },
  );

  it.each(SIDES)(
    '%i x %i: the workgroups that factor a panel have all its rows, in one dispatch a step unless it is one',
    (rows, columns) => {
      for (const { panel, workgroups } of [...qrSteps(rows, columns, LIMITS)].filter(
        ({ kernel }) => kernel === 'factor',
      )) {
        expect(workgroups).toEqual([panel.slices, 1]);
        expect(panel.slice_rows * panel.slices).toBeGreaterThanOrEqual(rows - panel.first);
        expect(panel.slice_rows).toBeGreaterThanOrEqual(Math.min(rows - panel.first, PANEL)); // the first has all pivots
        if (panel.slices > 1) expect(panel.column_end - panel.column).toBe(1);
      }
    },
  );

  it('none of them is long, whatever the shape', () => {
    for (const [rows, columns] of [
      [5792, 5792],
      [2 ** 20, 32],
      [2 ** 21 - 32, 16],
      [2 ** 17, 200],
    ]) {
      for (const { kernel, work, workgroups } of qrSteps(rows, columns, LIMITS)) {
        if (kernel === 'factor') expect(work / workgroups[0]).toBeLessThan(2 ** 22);
        expect(work).toBeLessThanOrEqual(
          kernel === 'factor' ? 2 ** 27 : kernel === 'project' || kernel === 'update' ? 2 ** 32 : 2 ** 30,
        );
        expect(Math.max(...workgroups)).toBeLessThanOrEqual(65535);
      }
    }
  });

  it('works in little more memory than the matrix', () => {
    const total = (rows: number, columns: number): number =>
      Object.values(qrBuffers(rows, columns, LIMITS)).reduce((a, b) => a + b) / (4 * rows * columns);
    expect(total(4096, 4096)).toBeLessThan(1.1);
    expect(total(512, 512)).toBeLessThan(1.2);
    expect(total(2 ** 20, 32)).toBeLessThan(2.1);
    expect(total(2 ** 20, 1)).toBeLessThan(5.1); // V has four columns at least
  });

  it('refuses what the device cannot have', () => {
    expect(() => qrBuffers(5793, 5793, LIMITS)).toThrow(
      'an orthogonal 5793 x 5793 matrix needs 134235396 bytes in one buffer, but the device allows at most 134217728 (maxBufferSize, maxStorageBufferBindingSize)',
    );
    expect(() => qrBuffers(2 ** 22, 2, LIMITS)).toThrow(
      'an orthogonal matrix can have at most 2097120 rows on this device, got 4194304',
    );
  });
});

describe('the steps of a large matrix', () => {
  const LARGE = { ...LIMITS, maxBufferSize: 2 ** 40, maxStorageBufferBindingSize: 2 ** 40 };

  it('are listed one by one: the first of millions comes at once', () => {
    const steps = qrSteps(60_000, 60_000, LARGE);
    expect(steps.next().value).toMatchObject({ kernel: 'factor', panel: { first: 0, column: 0 } });
    steps.return(undefined);
  });

  it.each([
    [1, 1],
    [5, 5],
    [100, 37],
    [1000, 1000],
    [3000, 64],
    [4097, 33],
  ])('have together the work that is known beforehand, %i x %i', (rows, columns) => {
    const work = [...qrSteps(rows, columns, LIMITS)].reduce((sum, step) => sum + step.work, 0);
    expect(qrWork(rows, columns)).toBe(work);
  });
});
