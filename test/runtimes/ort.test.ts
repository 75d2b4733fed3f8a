import { expect, test } from 'vitest';
import { describeRuntime } from '../harness/runtime-page';
import { FEW } from './copies';
import { multiply } from './multiply';
import type * as Page from './ort.page';
import { floatsOf, repeat, twin } from './twin';

describeRuntime<typeof Page>('ONNX Runtime Web', 'ort', (run) => {
  test('without a device there is an error that says what to do', async () => {
    expect(await run('fillBeforeAnySession')).toMatch(
      /^DeviceError: ONNX Runtime has no WebGPU device yet: create a session before/,
    );
  });

  test('it runs a model whose weights we filled, and none of them passes through the host', async () => {
    const { y, w, tensor, filling, running, ordinary } = await run('gemm');
    expect(tensor).toEqual({ location: 'gpu-buffer', type: 'float32', dims: [61, 129] });
    const weights = await twin('glorot_uniform', [61, 129], { seed: 1, name: 'w' });
    expect(w).toEqual(weights);
    const [x, b] = [
      await twin('random_normal', [3, 61], { seed: 1, name: 'x' }),
      await twin('random_uniform', [129], { seed: 1, name: 'b' }),
    ].map(floatsOf);
    const product = multiply(x, floatsOf(weights), 3, 61, 129).map((value, i) => value + b[i % 129]);
    expect(y.length).toBe(product.length);
    product.forEach((value, i) => expect(y[i]).toBeCloseTo(value, 5));

    expect(filling.uploaded + running.uploaded).toBeLessThan(FEW);
    expect(filling.downloaded).toBe(0);
    expect(running.downloaded).toBeLessThan(FEW); // Y
    expect(ordinary.uploaded).toBeGreaterThanOrEqual(4 * 61 * 129); // what the counter sees of ONNX Runtime's own way
  });

  test("on a device of ours, in a caller's buffer, which stays the caller's", async () => {
    const shape = [7, 9];
    const { y, same, afterDispose } = await run('onOurDevice', shape);
    expect(y).toEqual(floatsOf(await twin('he_normal', shape, { seed: 7 })).map((value) => -value));
    expect(same).toBe(true);
    expect(afterDispose).toBe('alive');
  });

  test('a buffer of our own is as large as ONNX Runtime copies, and goes with its tensor', async () => {
    expect(await run('owned', [3, 3])).toEqual({ size: 48, before: 'alive', after: 'destroyed' });
    expect((await run('owned', [0, 3])).size).toBe(16);
  });

  test('each dtype', async () => {
    const shape = [5, 3];
    expect(await run('data', 'glorot_normal', shape, { seed: 3, dtype: 'float16' })).toEqual({
      type: 'float16',
      dims: shape,
      patterns: await twin('glorot_normal', shape, { seed: 3, dtype: 'float16' }),
    });
    expect(await run('data', 'bits', shape, { seed: 3 })).toEqual({
      type: 'uint32',
      dims: shape,
      patterns: await twin('bits', shape, { seed: 3 }),
    });
    expect(await run('data', 'ones', [], {})).toEqual({
      type: 'float32',
      dims: [],
      patterns: repeat(0x3f800000, 1),
    });
  });

  test.each([
    ['bernoulli', 'float32'],
    ['bernoulli', 'float16'],
    ['bernoulli', 'bool'],
    ['bernoulli', 'uint8'],
    ['rademacher', 'int32'],
    ['randint', 'int32'],
    ['randint', 'uint32'],
    ['randint', 'uint8'],
    ['poisson', 'float32'],
    ['exponential', 'float32'],
    ['laplace', 'float16'],
    ['logistic', 'float32'],
    ['gumbel', 'float32'],
    ['lognormal', 'float32'],
  ] as const)('%s in %s', async (kind, dtype) => {
    expect(await run('data', kind, [5, 7], { seed: 3, dtype })).toEqual({
      type: dtype,
      dims: [5, 7],
      patterns: await twin(kind, [5, 7], { seed: 3, dtype: dtype === 'bool' ? 'uint8' : dtype }),
    });
  });

  test('what cannot be is refused', async () => {
    const errors = await run('errors');
    expect(errors.bfloat16).toBe(
      'ArgumentError: dtype must be one of float32, float16, uint32, int32, uint8, bool, got "bfloat16"',
    );
    expect(errors.int8).toBe(
      'ArgumentError: dtype must be one of float32, float16, uint32, int32, uint8, bool, got "int8"',
    );
    expect(errors.bool).toMatch(/takes float32, float16 or bfloat16, got dtype/);
    expect(errors.undersized).toBe(
      "ArgumentError: buffer must have at least 48 bytes, the tensor's rounded up to 16, got 36",
    );
    expect(errors.usage).toBe('ArgumentError: buffer must have STORAGE usage (0x80), got usage 0x4');
    expect(errors.noBuffer).toMatch(/^ArgumentError: buffer must be a GPUBuffer/);
    expect(errors.key).toMatch(/^ArgumentError: options has the unknown key "byteOffset"/);
    expect(errors.noDevice).toBe('ArgumentError: device must be a GPUDevice, got {}');
    expect(errors.tooLarge).toMatch(/^DeviceError: the tensor needs a buffer of 4398046511104 bytes/);
    expect(errors.otherDevice).toMatch(/^DeviceError: WebGPU refused/);
    expect(errors.lost).toMatch(/^DeviceError: the GPU device was lost/);
  });
});
