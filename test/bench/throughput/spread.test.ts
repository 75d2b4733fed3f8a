import { describe, expect, it } from 'vitest';
import { spreadOf } from '../../../bench/throughput/spread';

describe('spreadOf', () => {
  it('gives quartiles, extremes and the median distance from the median', () => {
    // numpy.median(abs(x - numpy.median(x)))
    expect(spreadOf([15.2, 3.1, 40, 3.1, 8.5, 22, 9.75, 11])).toEqual({
      median: 10.375,
      lowerQuartile: expect.closeTo(7.15, 9),
      upperQuartile: expect.closeTo(16.9, 9),
      deviation: expect.closeTo(6.05, 9),
      min: 3.1,
      max: 40,
    });
  });
});
