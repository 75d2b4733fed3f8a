import { expect, it } from 'vitest';
import { type Draw, Sampler } from '../../src/index';
import type { OrthogonalParameters } from '../../src/distributions/orthogonal';
import type { FloatDtype } from '../../src/core/dtype';
import { resolveRequest } from '../../src/jobs/resolve';
import { OrthogonalCheck } from '../../src/verify/orthogonal_check';
import { PANEL, TILE_COLUMNS } from '../../src/jobs/qr_plan';
import { decode } from '../../src/arithmetic/round';
import { describeGpu } from '../harness/describe';
import { exceeded, haarStatistics } from '../support/haar';
import { linkTestKernel } from '../harness/link';
import { fillBytes, type FillRequest } from '../harness/request';
import { ILL_CONDITIONED, matrixOf, orthogonalityError } from '../support/matrices';
import { TestRandom } from '../support/random';

/** Sides at one less, as many, and one more than a panel, a tile and a slice have. */
const SHAPES = [
  [64, 64],
  [3, 3, 64, 128],
  [1000, 17],
  [17, 1000],
  [1, 5],
  [5, 1],
  [1, 1],
  [2, 2],
  [31, 31],
  [32, 32],
  [33, 33],
  [65, 63],
  [63, 65],
  [129, 97],
  [1023, 33],
  [1024, 32],
  [1025, 33],
  [3000, 40],
];

describeGpu('an orthogonal tensor on the GPU', (runner) => {
  const asked = (shape: number[], rest: Partial<FillRequest> = {}): FillRequest => ({
    initializer: 'orthogonal',
    shape,
    seed: '20',
    ...rest,
  });

  it.each(SHAPES.map((shape) => [shape]))('%j is orthogonal, and the matrix of the CPU', async (shape) => {
    const got = numbers(await runner().fill(asked(shape)), 'float32');
    expect(orthogonalityError(matrixOf(shape, got))).toBeLessThan(1e-6);
    await expectReference(asked(shape), got);
  });

  it('is so for ill-conditioned normals, too', async () => {
    for (const [n, seed] of ILL_CONDITIONED) {
      const request = asked([n, n], { seed: String(seed) });
      const got = numbers(await runner().fill(request), 'float32');
      expect(orthogonalityError(matrixOf([n, n], got))).toBeLessThan(1e-6);
      await expectReference(request, got);
    }
  });

  it.each(['float16', 'bfloat16'] as const)(
    'in %s is the float32 value of the same device, rounded',
    async (dtype) => {
      for (const shape of [
        [40, 40],
        [3, 5, 7],
        [7, 5, 3],
      ]) {
        const exact = numbers(await runner().fill(asked(shape)), 'float32');
        const half = numbers(await runner().fill(asked(shape, { dtype })), dtype);
        const unit = dtype === 'float16' ? 2 ** -11 : 2 ** -8;
        half.forEach((x, i) =>
          expect(Math.abs(x - exact[i])).toBeLessThanOrEqual(unit * Math.abs(exact[i]) + 2 ** -24),
        );
      }
    },
  );

  it('is uniform (Haar) over 3 x 3 matrices of 300 seeds', async () => {
    const seeds = Array.from({ length: 300 }, (_, seed) => String(seed));
    const filled = await Promise.all(seeds.map((seed) => runner().fill(asked([3, 3], { seed }))));
    expect(exceeded(haarStatistics(filled.map((bytes) => numbers(bytes, 'float32'))))).toEqual([]);
  });

  it('has ranges that are those of the whole', async () => {
    for (const dtype of ['float32', 'bfloat16'] as const) {
      for (const shape of [
        [21, 10],
        [10, 21],
      ]) {
        const whole = numbers(await runner().fill(asked(shape, { dtype })), dtype);
        await Promise.all(
          [
            [0, 1],
            [1, 200],
            [6, 3],
            [209, 1],
            [3, 0],
          ].map(async ([start, count]) => {
            const bytes = await runner().fill(asked(shape, { dtype, range: { start, count } }));
            expect(numbers(bytes, dtype)).toEqual(whole.slice(start, start + count));
          }),
        );
      }
    }
  });

  it('stands inside zeros where its layout says so', async () => {
    const initializer = { class_name: 'Orthogonal', config: { layout: 'delta' } };
    for (const dtype of ['float32', 'float16'] as const) {
      const matrix = numbers(await runner().fill(asked([5, 7], { dtype })), dtype);
      const whole = [...Array<number>(4 * 35).fill(0), ...matrix, ...Array<number>(4 * 35).fill(0)];
      expect(numbers(await runner().fill(asked([3, 3, 5, 7], { dtype, initializer })), dtype)).toEqual(whole);
      await Promise.all(
        [
          [0, 3],
          [137, 9],
          [141, 33],
          [170, 90],
          [300, 15],
        ].map(async ([start, count]) => {
          const range = { start, count };
          const bytes = await runner().fill(asked([3, 3, 5, 7], { dtype, initializer, range }));
          expect(numbers(bytes, dtype)).toEqual(whole.slice(start, start + count));
        }),
      );
    }
  });

  it('has the gain as a factor', async () => {
    const draw: Draw = { kind: 'orthogonal', rows: 12, columns: 9, gain: -4, offset: 0 };
    const plain = numbers(await runner().fill(asked([12, 9])), 'float32');
    const scaled = numbers(await runner().fill(asked([12, 9], { initializer: { draw } })), 'float32');
    expect(scaled).toEqual(plain.map((x) => -4 * x));
  });
});

describeGpu('the tiled matrix product', (runner) => {
  it('is left^T right, exactly where the numbers are small integers', async () => {
    const code = await linkTestKernel(`
import package::qr::tile::{TILE_COLUMNS, TILE_THREADS, tile_column, tile_left, tile_product, tile_right, tile_row};
@group(0) @binding(0) var<storage, read_write> output: array<f32>;
@group(0) @binding(1) var<storage, read_write> input: array<u32>;
fn four(at: u32) -> vec4<f32> { return vec4<f32>(vec4<u32>(input[at], input[at + 1u], input[at + 2u], input[at + 3u])); }
@compute @workgroup_size(TILE_THREADS)
fn main(@builtin(local_invocation_index) thread: u32) {
  for (var i = thread; i < 256u; i += TILE_THREADS) { tile_left[i] = four(4u * i); }
  for (var i = thread; i < 512u; i += TILE_THREADS) { tile_right[i] = four(1024u + 4u * i); }
  workgroupBarrier();
  let product = tile_product(thread);
  for (var i = 0u; i < 4u; i++) {
    for (var k = 0u; k < 4u; k++) {
      output[(tile_row(thread) + i) * TILE_COLUMNS + tile_column(thread) + k] = product[i][k];
    }
  }
}`);
    const random = new TestRandom(5);
    const input = Array.from({ length: 1024 + 2048 }, () => random.word() % 500); // exact in float32
    const words = await runner().compute({ code, input, outputWords: PANEL * TILE_COLUMNS, workgroups: 1 });
    const got = Array.from(new Float32Array(words.buffer, words.byteOffset, words.length));
    const want = got.map((_, at) => {
      const [row, column] = [Math.floor(at / TILE_COLUMNS), at % TILE_COLUMNS];
      let sum = 0;
      for (let k = 0; k < 32; k++) sum += input[k * PANEL + row] * input[1024 + k * TILE_COLUMNS + column];
      return sum;
    });
    expect(got).toEqual(want);
  });
});

/** That float32 elements agree with the CPU's, as far as STREAM.md, section 8, promises. */
async function expectReference(request: FillRequest, got: readonly number[]): Promise<void> {
  const want = numbers(
    await fillBytes(await Sampler.create({ backend: 'cpu', cpu: 'reference' }), request),
    'float32',
  );
  const { stretches, key } = resolveRequest({
    initializer: 'orthogonal',
    shape: request.shape,
    seed: BigInt(request.seed),
  });
  const check = new OrthogonalCheck(stretches[0].params as OrthogonalParameters, key);
  const wrong = got.findIndex((x, i) => !check.agrees('float32', i, x, want[i]));
  expect(wrong, `element ${wrong}: ${got[wrong]}, reference ${want[wrong]}`).toBe(-1);
}

function numbers(bytes: Uint8Array, dtype: FloatDtype): number[] {
  const { buffer, byteOffset, byteLength } = bytes.slice();
  if (dtype === 'float32') return Array.from(new Float32Array(buffer, byteOffset, byteLength / 4));
  return Array.from(new Uint16Array(buffer, byteOffset, byteLength / 2), (bits) => decode(dtype, bits));
}
