import { expect, it } from 'vitest';
import { gridOf } from '../../src/arithmetic/permutation';

/** An order as the places that elements 0, 1, ... go to. */
type Order = readonly number[];

/** Every function from [0, count) to [0, end), as the list of its values. */
function functions(count: number, end: number): Order[] {
  if (count === 0) return [[]];
  return functions(count - 1, end).flatMap((rest) =>
    Array.from({ length: end }, (_, value) => [...rest, value]),
  );
}

/** What a round does to places, for each function that it may draw. */
function rounds(rows: number, columns: number): readonly Order[][] {
  const places = Array.from({ length: rows * columns }, (_, place) => [
    Math.floor(place / columns),
    place % columns,
  ]);
  return [
    functions(rows, columns).map((f) => places.map(([r, c]) => r * columns + ((c + f[r]) % columns))),
    functions(columns, rows).map((f) => places.map(([r, c]) => ((r + f[c]) % rows) * columns + c)),
  ];
}

/** The probability of each order of a grid after pairs of rounds of ideal random functions. */
function distribution(rows: number, columns: number, pairs: number): Map<string, number> {
  let now = new Map([[JSON.stringify(Array.from({ length: rows * columns }, (_, i) => i)), 1]]);
  for (let round = 0; round < 2 * pairs; round++) {
    const moves = rounds(rows, columns)[round % 2];
    const next = new Map<string, number>();
    for (const [text, probability] of now) {
      const order: Order = JSON.parse(text);
      for (const move of moves) {
        const moved = JSON.stringify(order.map((place) => move[place]));
        next.set(moved, (next.get(moved) ?? 0) + probability / moves.length);
      }
    }
    now = next;
  }
  return now;
}

/** The orders of the first `size` elements, each of which walks until it ends at one of their places. */
function walked(orders: Map<string, number>, size: number): number[] {
  const found = new Map<string, number>();
  for (const [text, probability] of orders) {
    const order: Order = JSON.parse(text);
    const ends = order.slice(0, size).map((place) => {
      while (place >= size) place = order[place];
      return place;
    });
    found.set(ends.join(), (found.get(ends.join()) ?? 0) + probability);
  }
  return [...found.values()];
}

it.each([2, 3, 4, 5, 6])('with ideal rounds every order of %i elements is alike within 10^-8', (size) => {
  const { columnBits, rowLast, pairs } = gridOf(size);
  const orders = walked(distribution(rowLast + 1, 2 ** columnBits, pairs), size);
  const count = [1, 1, 2, 6, 24, 120, 720][size];
  expect(orders).toHaveLength(count);
  const distance = orders.reduce((sum, probability) => sum + Math.abs(probability - 1 / count), 0) / 2;
  expect(distance).toBeLessThan(1e-8);
});
