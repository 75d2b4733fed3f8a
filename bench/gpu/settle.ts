import { openFill } from './fills';
import { lengthOf } from './measure';
import { DRAWS } from '../throughput/draws';
import type { Workplace } from './workplace';

/** How a card came to its clock. */
export interface Settling {
  readonly seconds: number;
  /** Milliseconds of the same work, first and last. */
  readonly first: number;
  readonly last: number;
  /** Whether it took the same time again and again at the end. */
  readonly settled: boolean;
}

const ELEMENTS = 2 ** 22;
/** A step takes about so many milliseconds, which is long enough for a card to raise its clock. */
const STEP_MS = 50;
const STEPS = 5;
const SAME = 0.03;

/** Keeps a card busy until the last few steps take the same time, or for so many milliseconds. */
export async function settle(workplace: Workplace, mostMilliseconds: number): Promise<Settling> {
  const bytes = 4 * ELEMENTS;
  const buffer = await workplace.memory(bytes);
  const filling = {
    initializer: DRAWS.normal(),
    shape: [ELEMENTS],
    count: ELEMENTS,
    byteOffset: 0,
    options: { seed: 42, dtype: 'float32' },
  } as const;
  const fill = await openFill(workplace.card, workplace.sampler, [{ ...filling, bytes, buffer }]);
  try {
    const begin = performance.now();
    await fill.run(1); // It compiles, too.
    const one = lengthOf(await fill.run(1));
    const times = Math.min(Math.max(Math.ceil(STEP_MS / Math.max(one, 0.01)), 1), 1000);
    const steps: number[] = [];
    let settled = false;
    do {
      steps.push(lengthOf(await fill.run(times)) / times);
      const last = steps.slice(-STEPS);
      settled = last.length === STEPS && Math.max(...last) <= (1 + SAME) * Math.min(...last);
    } while (!settled && performance.now() - begin < mostMilliseconds);
    workplace.card.check();
    return {
      seconds: (performance.now() - begin) / 1000,
      first: steps[0],
      last: steps.at(-1)!,
      settled,
    };
  } finally {
    fill.destroy();
  }
}
