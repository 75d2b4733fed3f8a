import { expect, test } from 'vitest';
import { describeRuntime } from '../harness/runtime-page';
import { FEW } from './copies';
import { floatsOf, twin } from './twin';
import type * as Page from './typegpu.page';

const COUNT = 5003;

describeRuntime<typeof Page>('TypeGPU', 'typegpu', (run) => {
  test('a kernel of TypeGPU reads the values of the contract, and none of them passes through the host', async () => {
    const seen = await run('useOneOfEach', COUNT);
    const expected = await twin('he_normal', [COUNT, 1], { seed: 4, name: 'a' });
    expect(seen.words).toEqual(expected);
    expect(floatsOf(seen.doubled)).toEqual(floatsOf(expected).map((value) => 2 * value));
    expect(seen.size).toBe(4 * COUNT);
    expect(seen.filling.uploaded + seen.using.uploaded).toBeLessThan(FEW);
    expect(seen.filling.downloaded + seen.using.downloaded).toBe(0);
    expect(seen.filling.allocated).toBeLessThan(4 * COUNT + FEW);
  });

  test('the counter sees what TypeGPU itself uploads and downloads', async () => {
    const { ordinary, reading } = await run('useOneOfEach', COUNT);
    expect(ordinary.uploaded).toBeGreaterThanOrEqual(4 * COUNT);
    expect(reading.downloaded).toBeGreaterThanOrEqual(4 * COUNT);
  });

  test.each(['scalars', 'pairs', 'quadruples'] as const)(
    'a buffer of %s is filled by its schema',
    async (name) => {
      expect(await run('intoSchema', name, [4, 6])).toEqual({
        same: true,
        words: await twin('glorot_uniform', [4, 6], { seed: 9 }),
      });
    },
  );

  test('the schema decides the dtype', async () => {
    expect(await run('intoSchema', 'words', [24])).toEqual({
      same: true,
      words: await twin('bits', [24], { seed: 9 }),
    });
    expect((await run('intoSchema', 'single', [])).words).toEqual(
      await twin('glorot_uniform', [], { seed: 9 }),
    );
  });

  test.each([
    ['bernoulli', 'float32', 'f32'],
    ['bernoulli', 'int32', 'i32'],
    ['rademacher', 'int32', 'i32'],
    ['randint', 'int32', 'i32'],
    ['randint', 'uint32', 'u32'],
    ['poisson', 'float32', 'f32'],
    ['exponential', 'float32', 'f32'],
    ['laplace', 'float32', 'f32'],
    ['logistic', 'float32', 'f32'],
    ['gumbel', 'float32', 'f32'],
    ['lognormal', 'float32', 'f32'],
  ] as const)('%s in %s', async (kind, dtype, element) => {
    expect(await run('draw', kind, [7, 13], { seed: 3, dtype })).toEqual({
      element,
      words: await twin(kind, [7, 13], { seed: 3, dtype }),
    });
  });

  test('a schema that does not fit is refused', async () => {
    expect(await run('intoSchemaError', 'scalars', [5, 5])).toBe(
      'ArgumentError: buffer must hold 25 float32 elements, got one of 24 float32 elements',
    );
    expect(await run('intoSchemaError', 'pairs', [12])).toBe(
      'ArgumentError: buffer must hold 12 float32 elements, got one of 24 float32 elements',
    );
    for (const [name, type] of [
      ['vec3', 'vec3f'],
      ['matrix', 'mat4x4f'],
    ] as const) {
      expect(await run('intoSchemaError', name, [24])).toMatch(
        new RegExp(`^ArgumentError: buffer must be of f32, .* or arrays of them, got ${type}$`),
      );
    }
  });

  test('TypeGPU takes a device of ours, and a buffer of its caller stays that buffer', async () => {
    expect(await run('adopted', [10, 10])).toEqual({
      same: true,
      words: await twin('he_normal', [10, 10], { seed: 1 }),
    });
  });

  test('what cannot be is refused', async () => {
    const errors = await run('errors');
    expect(errors.root).toBe('ArgumentError: root must be a TgpuRoot, got {}');
    expect(errors.unused).toBe(
      "ArgumentError: buffer must have the usage 'storage': call $usage('storage') on it",
    );
    expect(errors.raw).toMatch(/^ArgumentError: buffer must be a TgpuBuffer/);
    expect(errors.undersized).toBe(
      'ArgumentError: buffer must have at least 64 bytes for 16 float32 elements at byteOffset 0, got 32',
    );
    expect(errors.usage).toBe('ArgumentError: buffer must have STORAGE usage (0x80), got usage 0x8');
    expect(errors.otherRoot).toMatch(/^DeviceError: WebGPU refused/);
    expect(errors.destroyed).toBe('ArgumentError: buffer must not be destroyed');
    expect(errors.dtype).toBe(
      'ArgumentError: buffer must hold 16 float16 elements, got one of 16 float32 elements',
    );
    expect(errors.bfloat16).toBe(
      'ArgumentError: dtype must be one of float32, float16, uint32, int32, got "bfloat16"',
    );
    expect(errors.uint8).toBe(
      'ArgumentError: dtype must be one of float32, float16, uint32, int32, got "uint8"',
    );
    expect(errors.bool).toMatch(/got "bool"$/);
    expect(errors.key).toMatch(/^ArgumentError: options has the unknown key "range"/);
    expect(errors.empty).toMatch(/^ArgumentError: shape must have elements/);
    expect(errors.tooLarge).toMatch(/^DeviceError: the tensor needs a buffer of 4398046511104 bytes/);
    expect(errors.lost).toMatch(/^DeviceError: the GPU device was lost/);
  });
});
