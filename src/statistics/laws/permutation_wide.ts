import { discreteLaw, type Law } from './law';

/** So many stretches of words are told apart. Finer steps are too fine to be seen. */
const STRETCHES = 256;

const WORD = 2 ** 32;

/** The words of the integers in [0, size), of which half are low words and half are high words. */
export function permutationWideLaw(size: number): Law {
  const rest = size % WORD;
  // How many integers have a low word, and a high word, below `end`.
  const lowBelow = (end: number): number => Math.floor(size / WORD) * end + Math.min(end, rest);
  const highBelow = (end: number): number => Math.min(end * WORD, size);
  const values = new Map<number, number>();
  for (const [span, below] of [
    [Math.min(size, WORD), lowBelow],
    [Math.ceil(size / WORD), highBelow],
  ] as const) {
    const step = Math.ceil(span / STRETCHES);
    for (let first = 0; first < span; first += step) {
      const end = Math.min(first + step, span);
      const value = (first + end - 1) / 2;
      const probability = (below(end) - below(first)) / (2 * size);
      values.set(value, (values.get(value) ?? 0) + probability);
    }
  }
  if (size === 0) values.set(0, 1);
  return discreteLaw(Array.from(values, ([value, probability]) => ({ value, probability })));
}
