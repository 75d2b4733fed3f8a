import { describe, expect, it } from 'vitest';
import { ArgumentError } from '../../src/core/errors';
import { computeFans } from '../../src/initializers';

describe('computeFans follows the rank as Keras does', () => {
  it.each([
    [[], 1, 1],
    [[7], 7, 7],
    [[784, 256], 784, 256],
    [[5, 64, 128], 320, 640],
    [[3, 3, 64, 128], 576, 1152],
    [[2, 3, 4, 5, 6], 120, 144],
  ])('%j -> %d in, %d out', (shape, fanIn, fanOut) => {
    expect(computeFans(shape)).toEqual({ fanIn, fanOut });
  });
});

describe('computeFans with axes', () => {
  it.each([
    // The first two are the cases of Keras's own test: a query and an output projection.
    [[512, 8, 64], [0], [1, 2], 512, 512],
    [[512, 8, 64], [0, 1], [2], 4096, 64],
    [[512, 8, 64], [-3], [-2, -1], 512, 512],
    // An axis of both, as the window of a convolution.
    [[3, 3, 64, 128], [0, 1, 2], [0, 1, 3], 576, 1152],
    [[4, 5], [], [], 1, 1],
    [[9], [0], [0], 9, 9],
  ])('%j, in %j, out %j -> %d, %d: nothing but the products of those axes', (shape, i, o, fanIn, fanOut) => {
    expect(computeFans(shape, i, o)).toEqual({ fanIn, fanOut });
  });

  it('ignores one list without the other', () => {
    expect(computeFans([512, 8, 64], [0], null)).toEqual({ fanIn: 4096, fanOut: 32768 });
    expect(computeFans([512, 8, 64], null, [9])).toEqual({ fanIn: 4096, fanOut: 32768 });
  });

  it.each([
    [[512, 8], [2], [0], 'inputAxes must lie in [-2, 1] for a shape of rank 2, got 2'],
    [[512, 8], [0], [-3], 'outputAxes must lie in [-2, 1] for a shape of rank 2, got -3'],
    [[], [0], [0], 'inputAxes must be empty for a shape of rank 0, got 0'],
    [[512, 8], [0.5], [0], 'inputAxes must be null or an array of integers, got [0.5]'],
    [[512, 8], [0, -2], [1], 'inputAxes must name each axis of a shape of rank 2 once, got [0,-2]'],
  ])('%j, in %j, out %j is an error', (shape, i, o, message) => {
    expect(() => computeFans(shape, i, o)).toThrow(new ArgumentError(message));
  });
});

describe('computeFans stays finite', () => {
  const BIG = Number.MAX_SAFE_INTEGER;

  it('has fans of 0 for empty tensors', () => {
    expect(computeFans([0])).toEqual({ fanIn: 0, fanOut: 0 });
    expect(computeFans([0, 3])).toEqual({ fanIn: 0, fanOut: 3 });
    expect(computeFans([0, 3, 64, 128])).toEqual({ fanIn: 0, fanOut: 0 });
  });

  it('beyond 2^53, and where a double would overflow', () => {
    expect(computeFans([BIG, BIG, 0, 1])).toEqual({ fanIn: 0, fanOut: Number(BigInt(BIG) ** 2n) });
    const many = Array<number>(24).fill(BIG);
    expect(computeFans([...many, 0, 1])).toEqual({ fanIn: 0, fanOut: Number.MAX_VALUE });
  });

  it('refuses what is no shape', () => {
    expect(() => computeFans([3, -1])).toThrow('shape[1] must be an integer in [0, 2^53), got -1');
    expect(() => computeFans([1.5])).toThrow('shape[0] must be an integer in [0, 2^53), got 1.5');
  });
});
