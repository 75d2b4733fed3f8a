import { readBuffer } from '../throughput/read_buffer';
import { DRAWS } from '../throughput/draws';
import { WrongValues } from '../throughput/reasons';
import type { TensorFill } from '../throughput/tensors';
import { verifyFillings } from '../throughput/verify';
import { openFill } from './fills';
import { lengthOf, timeInTurns, warmUp } from './measure';
import type { Speed } from './row';
import { speedOf } from './speed';
import { checkTime } from './time';
import type { Workplace } from './workplace';

/** The time of a larger side is foretold from that of half of it. */
const SMALL_SIDE = 256;
/** Runs that a measurement has at least, the first one and the warm-up among them. */
const LEAST_RUNS = 4;
/** A larger matrix takes the CPU reference minutes. */
const COMPARED_SIDE = 512;
/** So many columns of a larger one are multiplied with all others. */
const COLUMNS = 32;
/** What float32 sums may be off for every row: see FLAT in src/verify/orthogonal_check.ts. */
const ERROR = 64 * 2 ** -24;

/**
 * Fills a square orthogonal matrix, checks it, and times it.
 * @param milliseconds that the timing may take
 * @param left milliseconds for all of it
 * @throws WrongValues, DoesNotFit
 */
export async function measureOrthogonal(
  workplace: Workplace,
  side: number,
  milliseconds: number,
  left: number,
): Promise<{ readonly verified: string; readonly speed: Speed }> {
  const { card } = workplace;
  if (side > SMALL_SIDE) await foretell(workplace, side, left);
  const { filling, bytes, buffer, fill } = await openMatrix(workplace, side);
  try {
    await fill.run(1); // It compiles, too.
    card.check();
    const verified = await verifyMatrix(filling, side, (start, length) =>
      card.wait(readBuffer(card.device, buffer, 4 * start, 4 * length)),
    );
    const [own] = await timeInTurns([await warmUp(fill)], milliseconds);
    card.check();
    return { verified, speed: speedOf({ dtype: 'float32', elements: filling.count, bytes }, own) };
  } finally {
    fill.destroy();
  }
}

/** @throws DoesNotFit where the least measurement would take longer than so many milliseconds */
async function foretell(workplace: Workplace, side: number, left: number): Promise<void> {
  const { fill } = await openMatrix(workplace, side / 2);
  try {
    await fill.run(1); // It compiles, too.
    // The operations are those of the third power of the side.
    checkTime(LEAST_RUNS * 8 * lengthOf(await fill.run(1)), left);
  } finally {
    fill.destroy();
  }
}

/** A matrix, and what fills it. */
async function openMatrix(workplace: Workplace, side: number) {
  const count = side * side;
  const bytes = 4 * count;
  const filling: TensorFill = {
    initializer: DRAWS.orthogonal(),
    shape: [side, side],
    count,
    byteOffset: 0,
    options: { seed: 42, dtype: 'float32' },
  };
  const buffer = await workplace.memory(bytes);
  const fill = await openFill(workplace.card, workplace.sampler, [{ ...filling, bytes, buffer }]);
  return { filling, bytes, buffer, fill };
}

type Read = (start: number, count: number) => Promise<ArrayBuffer>;

async function verifyMatrix(filling: TensorFill, side: number, read: Read): Promise<string> {
  if (side <= COMPARED_SIDE) return verifyFillings([filling], (_, start, count) => read(start, count));
  return verifyColumns(new Float32Array(await read(0, side * side)), side);
}

/**
 * Multiplies some columns of a square matrix with all of them.
 * @param q row-major
 * @returns what was found, in words
 * @throws WrongValues where a product is not 0, or 1 of a column with itself
 */
export function verifyColumns(q: Float32Array, side: number): string {
  const columns = Math.min(COLUMNS, side);
  let worst = 0;
  for (let c = 0; c < columns; c++) {
    const chosen = Math.floor((c * side) / columns);
    const products = new Float64Array(side);
    products[chosen] = -1;
    for (let row = 0; row < side; row++) {
      const factor = q[row * side + chosen];
      for (let j = 0; j < side; j++) products[j] += factor * q[row * side + j];
    }
    for (const product of products) worst = Math.max(worst, Math.abs(product)); // NaN stays
  }
  const bound = ERROR * side;
  if (!(worst <= bound))
    throw new WrongValues(`its columns are not orthonormal: Q^T Q differs from I by ${worst}`);
  return `${columns} columns times all: max |Q^T Q - I| = ${worst.toExponential(1)}`;
}
