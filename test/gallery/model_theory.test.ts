import { describe, expect, it } from 'vitest';
import { barsOf } from '../../src/gallery/bars';
import { LayerValues, theoryOf } from '../../src/gallery/models/theory';
import { initializers, Sampler } from '../../src/index';
import { modelFile, type ModelFileTensor } from '../../src/models';
import { stddevOf } from '../../src/statistics/moments';

const sampler = await Sampler.create({ backend: 'cpu' });

describe('LayerValues', () => {
  const tensorOf = (
    initializer: object | string,
    dtype: 'float32' | 'float16' | 'bfloat16',
    count: number,
  ): ModelFileTensor =>
    modelFile(
      { tensors: [{ name: 'w', shape: [count], initializer: initializer as string, dtype }] },
      { seed: 5 },
    ).tensors[0];

  it('takes whole elements of any type, from bytes that lie anywhere', () => {
    // 1.5 and -0.25, by IEEE 754: 0x3fc00000, 0xbe800000; as
    // binary16 0x3e00, 0xb400; bfloat16 is float32's upper half.
    const patterns = {
      float32: [0, 0, 0xc0, 0x3f, 0, 0, 0x80, 0xbe],
      float16: [0, 0x3e, 0, 0xb4],
      bfloat16: [0xc0, 0x3f, 0x80, 0xbe],
    } as const;
    for (const [dtype, bytes] of Object.entries(patterns)) {
      const values = new LayerValues(tensorOf('random_normal', dtype as 'float32', 2));
      values.add(Uint8Array.from([7, ...bytes]).subarray(1));
      expect([values.moments.min, values.moments.max, values.isComplete], dtype).toEqual([-0.25, 1.5, true]);
    }
  });

  it('puts a constant in the middle of some room', () => {
    const values = new LayerValues(tensorOf('ones', 'float32', 3));
    values.add(new Uint8Array(Float32Array.of(1, 1).buffer));
    expect(values.isComplete).toBe(false);
    const [bar, ...others] = barsOf(values.histogram).filter(({ density }) => density > 0);
    expect(others).toEqual([]);
    expect(bar.from / 2 + bar.to / 2).toBeCloseTo(1, 12);
  });
});

describe('theoryOf', () => {
  // 200,000 values: the mean is within 5 of its standard
  // errors, the standard deviation within 2 %, but for the rare
  // ones of an identity, which are no sample.
  const COUNT = [400, 500];
  const cases: [string, object | string, readonly number[]][] = [
    ['random_uniform', initializers.randomUniform({ minval: -1, maxval: 3 }), COUNT],
    ['random_normal', initializers.randomNormal({ mean: 2, stddev: 0.5 }), COUNT],
    ['truncated_normal', 'truncated_normal', COUNT],
    ['one-sided', initializers.truncatedNormal({ mean: 1, stddev: 2, lower: -0.5, upper: Infinity }), COUNT],
    ['glorot_normal', 'glorot_normal', COUNT],
    ['he_uniform', 'he_uniform', COUNT],
    ['identity', 'identity', COUNT],
    ['orthogonal', initializers.orthogonal({ gain: 2 }), [100, 60]],
    ['ones', 'ones', COUNT],
    ['bits', 'bits', COUNT],
    [
      'parts',
      [
        { shape: [50_000], initializer: 'ones' },
        { shape: [150_000], initializer: 'random_normal' },
      ],
      [200_000],
    ],
  ];

  it.each(cases)('%s: the moments of its values', async (name, initializer, shape) => {
    const file = modelFile({ tensors: [{ name, shape, initializer: initializer as string }] }, { seed: 5 });
    const theory = theoryOf(file.tensors[0]);
    const values = new LayerValues(file.tensors[0]);
    for await (const { bytes } of file.chunks(sampler)) values.add(bytes);
    const { mean } = values.moments;
    const stddev = stddevOf(values.moments);
    expect(Math.abs(mean - theory.mean)).toBeLessThanOrEqual(
      (5 * theory.stddev) / Math.sqrt(file.tensors[0].count),
    );
    expect(Math.abs(stddev - theory.stddev)).toBeLessThanOrEqual(0.02 * theory.stddev);
  });

  it('knows a truncated normal’s deviation: 0.8796 of its stddev between -2 and 2 (Keras 3.16)', () => {
    const file = modelFile(
      {
        tensors: [
          { name: 'w', shape: [1], initializer: { class_name: 'TruncatedNormal', config: { stddev: 1 } } },
        ],
      },
      { seed: 5 },
    );
    expect(theoryOf(file.tensors[0]).stddev).toBeCloseTo(0.87962566103423978, 6);
  });
});
