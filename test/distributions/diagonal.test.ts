import { describe, expect, it } from 'vitest';
import { diagonalWithin } from '../../src/distributions/diagonal';

describe('diagonalWithin', () => {
  it('finds the elements with equal row and column in every stretch of every small matrix', () => {
    for (const [rows, columns] of [
      [1, 1],
      [3, 3],
      [2, 5],
      [5, 2],
      [4, 1],
      [1, 4],
      [0, 3],
      [3, 0],
    ]) {
      const total = rows * columns;
      for (let start = -2; start <= total; start++) {
        for (let slots = 0; slots <= total - start; slots++) {
          const { first, end, step } = diagonalWithin(rows, columns, start, slots);
          const found: number[] = [];
          for (let slot = first; slot < end; slot += step) found.push(start + slot);
          const expected: number[] = [];
          for (let i = Math.max(start, 0); i < start + slots; i++) {
            if (Math.floor(i / columns) === i % columns) expected.push(i);
          }
          expect(found, `${rows}x${columns} from ${start}, ${slots} slots`).toEqual(expected);
        }
      }
    }
  });

  it('stays in 32 bits for rows longer than 2^32', () => {
    expect(diagonalWithin(3, 2 ** 33, 2 ** 33 - 5, 100)).toEqual({ first: 6, end: 100, step: 2 ** 32 - 1 });
  });
});
