import { describe, expect, it } from 'vitest';
import { type Diagonals, diagonalsWithin } from '../../src/distributions/diagonal';

/** The elements of a stretch that the slots stand for. */
function found(diagonals: Diagonals, start: number, slots: number): number[] {
  const { first, end, step, period, length } = diagonalsWithin(diagonals, start, slots);
  return Array.from({ length: slots }, (_, slot) => slot)
    .filter((slot) => {
      const at = (slot - first) % period;
      return slot >= first && slot < end && at < length && at % step === 0;
    })
    .map((slot) => start + slot);
}

const eye = (rows: number, columns: number): Diagonals => ({
  offset: 0,
  count: Math.min(rows, columns),
  step: columns + 1,
  repeats: 1,
  period: 0,
});

describe('diagonalsWithin', () => {
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
          const expected: number[] = [];
          for (let i = Math.max(start, 0); i < start + slots; i++) {
            if (Math.floor(i / columns) === i % columns) expected.push(i);
          }
          expect(
            found(eye(rows, columns), start, slots),
            `${rows}x${columns} from ${start}, ${slots} slots`,
          ).toEqual(expected);
        }
      }
    }
  });

  it('finds all repeats in every stretch', () => {
    for (const [offset, count, step, repeats, period] of [
      [0, 3, 2, 3, 5],
      [4, 2, 3, 4, 6],
      [1, 1, 9, 5, 2],
      [2, 4, 1, 1, 0],
      [3, 2, 1, 2, 2],
      [0, 0, 1, 3, 4],
      [0, 2, 1, 0, 4],
    ]) {
      const diagonals = { offset, count, step, repeats, period };
      const all: number[] = [];
      for (let r = 0; r < repeats; r++)
        for (let i = 0; i < count; i++) all.push(offset + r * period + i * step);
      for (let start = -3; start < 32; start++) {
        for (let slots = 0; slots < 32; slots++) {
          const inside = all.filter((i) => i >= start && i < start + slots);
          expect(
            found(diagonals, start, slots),
            `${JSON.stringify(diagonals)} from ${start}, ${slots} slots`,
          ).toEqual(inside);
        }
      }
    }
  });

  it('stays in 32 bits for rows longer than 2^32', () => {
    expect(diagonalsWithin(eye(3, 2 ** 33), 2 ** 33 - 5, 100)).toMatchObject({
      first: 6,
      end: 100,
      step: 2 ** 32 - 1,
    });
  });
});
