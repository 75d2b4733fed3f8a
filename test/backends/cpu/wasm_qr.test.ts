import { describe, expect, it } from 'vitest';
import { QrMemory } from '../../../src/backends/cpu/wasm/qr';
import { orthonormalize, PlainQr, type Qr } from '../../../src/backends/cpu/orthogonal/qr';
import { compiledKernels } from '../../support/kernels';
import { TestRandom } from '../../support/random';

const memory = new QrMemory((await compiledKernels()).module);

const nothing = async (): Promise<void> => undefined;

function anyMatrix(random: TestRandom, rows: number, columns: number): Float32Array {
  return Float32Array.from({ length: rows * columns }, () => (random.word() - 2 ** 31) * 2 ** -30);
}

async function bitsOf(
  qr: Qr,
  run: (qr: Qr) => Promise<void> = (it) => orthonormalize(it, nothing),
): Promise<BigUint64Array> {
  await run(qr);
  const { rows, columns } = qr;
  const elements = Float64Array.from({ length: rows * columns }, (_, i) =>
    qr.element(Math.floor(i / columns), i % columns),
  );
  qr.close(); // the next matrix comes into the same memory
  return new BigUint64Array(elements.buffer);
}

async function compare(matrix: Float32Array, rows: number, columns: number): Promise<void> {
  const fast = await bitsOf((await memory.open(matrix, rows, columns))!);
  expect(fast).toEqual(await bitsOf(new PlainQr(Float64Array.from(matrix), rows, columns)));
}

// In an order that leaves larger matrices behind for smaller ones.
describe('the fast QR on the CPU has the bits of the reference', () => {
  it.each([
    [1, 1],
    [2, 2],
    [5, 1],
    [7, 5],
    [31, 31],
    [32, 32],
    [33, 33],
    [64, 64],
    [70, 65],
    [100, 37],
    [131, 129],
    [1000, 17],
    [257, 256],
  ])('%i x %i', async (rows, columns) => {
    await compare(anyMatrix(new TestRandom(rows), rows, columns), rows, columns);
  });

  it('for matrices that are singular, or hold zeros', async () => {
    await compare(new Float32Array(40 * 36), 40, 36);
    await compare(
      Float32Array.from({ length: 40 * 36 }, (_, i) => 1 + (i % 36)),
      40,
      36,
    );
    await compare(
      Float32Array.from({ length: 40 * 36 }, (_, i) => Number(i % 37 === 3)),
      40,
      36,
    );
  });

  it('however the columns are dealt out', async () => {
    const [rows, columns] = [90, 83];
    const matrix = anyMatrix(new TestRandom(1), rows, columns);
    const one = (qr: Qr): Promise<void> => orthonormalize(qr, nothing);
    const columnByColumn = (qr: Qr): Promise<void> =>
      orthonormalize(
        {
          rows,
          columns,
          factor: (...columns) => qr.factor(...columns),
          unpack: (first) => qr.unpack(first),
          element: (row, column) => qr.element(row, column),
          close: () => qr.close(),
          apply(first, transposed, begin, end) {
            for (let column = begin; column < end; column += 4)
              qr.apply(first, transposed, column, Math.min(column + 4, end));
          },
        },
        nothing,
      );
    expect(await bitsOf((await memory.open(matrix, rows, columns))!, columnByColumn)).toEqual(
      await bitsOf((await memory.open(matrix, rows, columns))!, one),
    );
  });

  it('and is left to the reference where it exceeds what WebAssembly can address', async () => {
    expect(await memory.open(new Float32Array(0), 2 ** 16, 2 ** 14)).toBeUndefined();
  });
});
