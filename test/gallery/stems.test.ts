import { describe, expect, it } from 'vitest';
import { stemsOf } from '../../src/gallery/cards/stems';
import { type DiscreteLaw, lawOf } from '../../src/statistics/laws';

const discrete = (draw: Parameters<typeof lawOf>[0]): DiscreteLaw => lawOf(draw) as DiscreteLaw;

describe('the stems of a discrete law', () => {
  it('are its values, with their shares, also where a dtype has rounded them', () => {
    const law = discrete({ kind: 'eye', rows: 2, columns: 2, value: 0.1 });
    expect(stemsOf(law, Float32Array.of(0, 0.1, 0.1001, 0))).toEqual([
      { value: 0, probability: 0.5, measured: 0.5 },
      { value: 0.1, probability: 0.5, measured: 0.5 },
    ]);
  });

  it('leave out the rare counts at the ends that were not drawn', () => {
    const values = (drawn: number[]): number[] =>
      stemsOf(discrete({ kind: 'poisson', rate: 1 }), Float32Array.from(drawn)).map(({ value }) => value);
    expect(values([0, 1])).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(values([0, 10])).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  it('are groups of neighbours where there are many', () => {
    const stems = stemsOf(discrete({ kind: 'randint', low: 0, high: 100 }), Float32Array.of(0, 1, 99, 99));
    expect(stems).toHaveLength(50);
    expect(stems[0]).toEqual({ value: 0.5, probability: 0.02, measured: 0.5 });
    expect(stems[49]).toEqual({ value: 98.5, probability: 0.02, measured: 0.5 });
  });

  it('have no share where nothing was drawn', () => {
    expect(stemsOf(discrete({ kind: 'rademacher' }), new Float32Array())).toEqual([
      { value: -1, probability: 0.5, measured: 0 },
      { value: 1, probability: 0.5, measured: 0 },
    ]);
  });
});
