import { describe, expect, it } from 'vitest';
import { numbersOf } from '../../src/gallery/models/decode';
import { LayerHistogram } from '../../src/gallery/models/layer_histogram';
import { tensorTheory } from '../../src/gallery/models/theory';
import { initializers, modelFile, Sampler } from '../../src/index';
import { decode } from '../../src/round';

const sampler = await Sampler.create({ backend: 'cpu' });

describe('numbersOf', () => {
  it('decodes every half as the library rounds them', () => {
    for (const dtype of ['float16', 'bfloat16'] as const) {
      const patterns = Uint16Array.from({ length: 2 ** 16 }, (_, i) => i);
      const numbers = numbersOf(dtype, new Uint8Array(patterns.buffer));
      const wrong = [...patterns].filter((pattern) => !Object.is(numbers[pattern], decode(dtype, pattern)));
      expect(wrong).toEqual([]);
    }
  });

  it('takes bytes that lie anywhere', () => {
    const bytes = new Uint8Array(13);
    new DataView(bytes.buffer).setFloat32(1, -0.5, true);
    expect([...Array.from(numbersOf('float32', bytes.subarray(1, 5)))]).toEqual([-0.5]);
    new DataView(bytes.buffer).setUint32(5, 4_000_000_000, true);
    expect(numbersOf('uint32', bytes.subarray(5, 9))[0]).toBe(4_000_000_000);
  });
});

describe('LayerHistogram', () => {
  it('counts each value in its bin, the outermost in those of the ends', () => {
    const histogram = new LayerHistogram(0, 48, 24, 'float32');
    histogram.add(new Uint8Array(Float32Array.of(0, 0.5, 1, 47.9, 48, -3, 1000).buffer));
    expect([histogram.counts[0], histogram.counts[1], histogram.counts[47], histogram.count]).toEqual([3, 1, 3, 7]);
    expect([histogram.edge(0), histogram.edge(1), histogram.edge(48)]).toEqual([0, 1, 48]);
    expect([histogram.min, histogram.max]).toEqual([-3, 1000]);
  });

  it('puts a constant in the middle', () => {
    const histogram = new LayerHistogram(2, 2, 2, 'float32');
    histogram.add(new Uint8Array(Float32Array.of(2, 2).buffer));
    expect(histogram.counts[24]).toBe(2);
    expect(histogram.edge(24)).toBeLessThan(2);
    expect(histogram.edge(25)).toBeGreaterThan(2);
    expect([histogram.mean, histogram.stddev]).toEqual([2, 0]);
  });

  it('has the moments of the values, in whatever pieces they come', () => {
    const histogram = new LayerHistogram(-1, 1, 0.25, 'float32');
    for (const part of [[1, 2, 3], [4], [10]]) histogram.add(new Uint8Array(Float32Array.from(part).buffer));
    expect(histogram.mean).toBeCloseTo(4, 12);
    expect(histogram.stddev).toBeCloseTo(Math.sqrt(10), 12); // ((9 + 4 + 1 + 0 + 36) / 5)
  });
});

describe('tensorTheory', () => {
  // 200,000 values: the mean is within 5 of its standard errors, the standard deviation within 2 %, but for the rare
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
    ['parts', [{ shape: [50_000], initializer: 'ones' }, { shape: [150_000], initializer: 'random_normal' }], [200_000]],
  ];

  it.each(cases)('%s: the moments of its values', async (name, initializer, shape) => {
    const file = modelFile({ tensors: [{ name, shape, initializer: initializer as string }] }, { seed: 5 });
    const theory = tensorTheory(file.tensors[0]);
    const histogram = new LayerHistogram(theory.low, theory.high, theory.mean, file.tensors[0].dtype);
    for await (const { bytes } of file.chunks(sampler)) histogram.add(bytes);
    expect(Math.abs(histogram.mean - theory.mean)).toBeLessThanOrEqual((5 * theory.stddev) / Math.sqrt(histogram.count));
    expect(Math.abs(histogram.stddev - theory.stddev)).toBeLessThanOrEqual(0.02 * theory.stddev);
    if (name !== 'one-sided') expect([histogram.min >= theory.low, histogram.max <= theory.high]).toEqual([true, true]);
  });

  it('knows a truncated normal’s deviation: 0.8796 of its stddev between -2 and 2 (Keras 3.16)', () => {
    const file = modelFile({ tensors: [{ name: 'w', shape: [1], initializer: { class_name: 'TruncatedNormal', config: { stddev: 1 } } }] }, { seed: 5 });
    expect(tensorTheory(file.tensors[0]).stddev).toBeCloseTo(0.87962566103423978, 8);
  });
});
