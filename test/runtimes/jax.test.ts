import { expect, test } from 'vitest';
import { describeRuntime } from '../harness/runtime-page';
import { FEW } from './copies';
import type * as Page from './jax.page';
import { multiply } from './multiply';
import { floatsOf, twin } from './twin';

const SHAPE = [41, 67];
const BYTES = 4 * 41 * 67;

describeRuntime<typeof Page>('jax-js', 'jax', (run) => {
  test('an array holds the values of the contract, and none of them passes through the host', async () => {
    const seen = await run('useOneOfEach', SHAPE);
    const expected = await twin('he_normal', SHAPE, { seed: 11, name: 'w' });
    expect(seen.words).toEqual(expected);
    expect(seen.sum).toBeCloseTo(
      floatsOf(expected).reduce((sum, value) => sum + value * value, 0),
      3,
    );
    expect(seen.filling.uploaded + seen.using.uploaded).toBeLessThan(FEW);
    expect(seen.filling.downloaded + seen.using.downloaded).toBeLessThan(FEW); // the sum
    expect(seen.filling.allocated).toBeLessThan(BYTES + FEW);
  });

  test('the counter sees what jax-js itself uploads and downloads', async () => {
    const { ordinary, reading } = await run('useOneOfEach', SHAPE);
    expect(ordinary.uploaded).toBeGreaterThanOrEqual(BYTES);
    expect(reading.downloaded).toBeGreaterThanOrEqual(BYTES);
  });

  test('shapes of any rank, the scalar and the empty one, and bits', async () => {
    for (const shape of [[], [1], [2, 0], [3, 5, 7], [127], [128], [129]]) {
      const words = await twin('random_uniform', shape, { seed: 3 });
      expect(await run('data', 'random_uniform', shape, { seed: 3 })).toEqual({
        dtype: 'float32',
        device: 'webgpu',
        shape,
        words,
      });
    }
    expect(await run('data', 'bits', [99], { seed: 3 })).toMatchObject({
      dtype: 'uint32',
      words: await twin('bits', [99], { seed: 3 }),
    });
  });

  test.each([
    ['bernoulli', 'float32', undefined],
    ['bernoulli', 'bool', 'int32'],
    ['bernoulli', 'int32', undefined],
    ['rademacher', 'int32', undefined],
    ['randint', 'int32', undefined],
    ['randint', 'uint32', undefined],
    ['poisson', 'float32', undefined],
    ['exponential', 'float32', undefined],
    ['laplace', 'float32', undefined],
    ['logistic', 'float32', undefined],
    ['gumbel', 'float32', undefined],
    ['lognormal', 'float32', undefined],
    ['truncated_normal', 'float32', undefined],
  ] as const)('%s in %s', async (kind, dtype, same) => {
    const { words, ...rest } = await run('data', kind, [7, 13], { seed: 3, dtype });
    expect(words).toEqual(await twin(kind, [7, 13], { seed: 3, dtype: same ?? (dtype as 'float32') }));
    expect(rest).toEqual({ dtype, device: 'webgpu', shape: [7, 13] });
  });

  test('a draw of bool chooses in where', async () => {
    const { chosen, mask } = await run('useBool');
    expect(new Set(mask)).toEqual(new Set([0, 1]));
    expect(chosen).toEqual(mask.map((bit: number) => (bit === 1 ? 1 : -1)));
  });

  test('jit, matmul and grad compute with it', async () => {
    const w = await twin('glorot_uniform', [5, 7], { seed: 1, name: 'w' });
    const [weights, x] = [floatsOf(w), floatsOf(await twin('random_normal', [3, 5], { seed: 1, name: 'x' }))];
    const got = await run('transform');
    expect(got.w).toEqual(w);
    const product = multiply(x, weights, 3, 5, 7);
    product.forEach((value, i) => expect(got.product[i]).toBeCloseTo(value, 5));
    // d sum((x w)^2) / dw = 2 x^T x w
    const transposed = Array.from({ length: 15 }, (_, i) => x[(i % 3) * 5 + Math.floor(i / 3)]);
    multiply(transposed, product, 5, 3, 7).forEach((value, i) =>
      expect(got.gradient[i]).toBeCloseTo(2 * value, 4),
    );
  });

  test('no other array shares its memory', async () => {
    const { distinct, sums, other } = await run('aliases', [20, 20]);
    expect(distinct).toBe(5);
    expect(sums).toEqual([0, 0, 400, 0, 800]);
    expect(other).toEqual(await twin('he_normal', [20, 20], { seed: 2 }));
  });

  test('the caller owns one reference', async () => {
    const { gone, doubled } = await run('references');
    expect(gone).toMatch(/^ReferenceError/);
    expect(doubled).toBe(600);
  });

  test('what cannot be is refused', async () => {
    const errors = await run('errors');
    expect(errors.bfloat16).toBe(
      'ArgumentError: dtype must be one of float32, float16, uint32, int32, bool, got "bfloat16"',
    );
    expect(errors.int32).toBe(
      'ArgumentError: truncated_normal takes float32, float16 or bfloat16, got dtype int32',
    );
    expect(errors.int8).toBe(
      'ArgumentError: dtype must be one of float32, float16, uint32, int32, bool, got "int8"',
    );
    expect(errors.bool).toMatch(/takes float32, float16 or bfloat16, got dtype/);
    expect(errors.float16).toMatch(
      /^ArgumentError: dtype float16 needs the feature shader-f16|^has shader-f16$/,
    );
    expect(errors.key).toMatch(/^ArgumentError: options has the unknown key "buffer"/);
    expect(errors.shape).toMatch(/^ArgumentError: shape\[0\]/);
    expect(errors.tooLarge).toMatch(/^DeviceError: the tensor needs a buffer of 4398046511104 bytes/);
    expect(errors.lost).toMatch(/^DeviceError: the GPU device was lost/);
  });
});
