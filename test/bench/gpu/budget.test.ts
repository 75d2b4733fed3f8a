import { describe, expect, it } from 'vitest';
import { Budget } from '../../../bench/gpu/budget';

/** Parts a, b and c, which share 100 seconds as 1 to 1 to 2, and a clock that is set by hand. */
function budget() {
  let now = 5000;
  const shares = [
    { name: 'a', weight: 1 },
    { name: 'b', weight: 1 },
    { name: 'c', weight: 2 },
  ] as const;
  const made = new Budget(100_000, shares, () => now);
  return { made, at: (milliseconds: number) => (now = 5000 + milliseconds) };
}

describe('the budget of a run', () => {
  it('shares all but a reserve out by weight', () => {
    const { made } = budget();
    expect(made.left).toBe(98_000);
    expect(made.begin('a')).toEqual({ soft: 5000 + 24_500, hard: 5000 + 30_500 });
  });

  it('gives what a part leaves to the parts after it', () => {
    const { made, at } = budget();
    at(2000);
    expect(made.begin('b').soft).toBe(5000 + 2000 + 32_000);
    at(2000);
    expect(made.begin('c').soft).toBe(5000 + 98_000);
  });

  it('takes what a part took too much from the parts after it', () => {
    const { made, at } = budget();
    at(68_000);
    expect(made.begin('b')).toEqual({ soft: 5000 + 78_000, hard: 5000 + 84_000 });
  });

  it('allows nothing after its end', () => {
    const { made, at } = budget();
    at(97_000);
    expect(made.begin('c')).toEqual({ soft: 5000 + 98_000, hard: 5000 + 98_000 });
    at(120_000);
    expect(made.left).toBe(0);
    expect(made.begin('c')).toEqual({ soft: 5000 + 120_000, hard: 5000 + 120_000 });
  });

  it('knows its parts', () => {
    expect(() => budget().made.begin('d' as 'a')).toThrow('no part d');
  });
});
