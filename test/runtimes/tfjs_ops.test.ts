import { expect, test } from 'vitest';
import { initializers } from '../../src/index';
import { gamma, randint } from '../../src/initializers/distributions';
import { describeRuntime } from '../harness/runtime-page';
import { FEW } from './copies';
import type * as Page from './tfjs_ops.page';
import { floatsOf, repeat, twin } from './twin';

const SHAPE = [97, 129]; // no multiple of anything
const LOST = ['Add', 'Floor', 'RealDiv', 'Multiply']; // the kernels of tf.dropout without us

/** Whether counts are as probable outcomes have them: no more than five standard errors away. */
function expectFrequencies(counts: number[], probabilities: number[]): void {
  const total = counts.reduce((sum, count) => sum + count, 0);
  counts.forEach((count, i) => {
    const p = probabilities[i];
    expect(Math.abs(count - total * p)).toBeLessThanOrEqual(5 * Math.sqrt(total * p * (1 - p)));
  });
}

const softmax = (logits: number[]): number[] => {
  const weights = logits.map(Math.exp);
  const sum = weights.reduce((all, weight) => all + weight, 0);
  return weights.map((weight) => weight / sum);
};

const meanOf = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

describeRuntime<typeof Page>("TensorFlow.js's random operations", 'tfjs_ops', (run) => {
  const normal = initializers.randomNormal({ mean: 1, stddev: 0.25 });
  const uniform = initializers.randomUniform({ minval: -2, maxval: 3 });
  const truncated = initializers.truncatedNormal({ mean: -1, stddev: 0.5 });

  test.each([
    ['randomNormal', [SHAPE, 1, 0.25, 'float32', 42], normal],
    ['randomStandardNormal', [SHAPE, 'float32', 42], initializers.randomNormal({ stddev: 1 })],
    ['truncatedNormal', [SHAPE, -1, 0.5, 'float32', 42], truncated],
    ['randomGamma', [SHAPE, 2.5, 4, 'float32', 42], gamma({ concentration: 2.5, scale: 0.25 })],
    ['randomUniform', [SHAPE, -2, 3, 'float32', 42], uniform],
    ['randomUniform', [SHAPE, -2, 3, 'float32', '42'], uniform],
  ] as const)(
    '%s%j has the values of the contract, and none passes through the host',
    async (name, args, same) => {
      const { words, shape, dtype, copies } = await run('call', name, ...args);
      expect(words).toEqual(await twin(same, SHAPE, { seed: 42 }));
      expect([shape, dtype]).toEqual([SHAPE, 'float32']);
      expect(copies.uploaded).toBeLessThan(FEW);
      expect(copies.downloaded).toBe(0);
    },
  );

  test('integers are drawn as such', async () => {
    const { words, dtype, copies } = await run('call', 'randomUniformInt', SHAPE, -5, 7, 42);
    expect(words).toEqual(await twin(randint({ low: -5, high: 7 }), SHAPE, { seed: 42, dtype: 'int32' }));
    expect(dtype).toBe('int32');
    expect(copies.downloaded).toBe(0);
    const same = await run('call', 'randomUniform', SHAPE, -5, 7, 'int32', 42);
    expect(same.words).toEqual(words);
    const counts = repeat(0, 12);
    for (const word of words) counts[(word | 0) + 5]++;
    expectFrequencies(counts, repeat(1 / 12, 12));
    const bool = await run('call', 'randomUniform', [1000], 0, 2, 'bool', 42);
    expect(bool.dtype).toBe('bool');
    expect(new Set(bool.words)).toEqual(new Set([0, 1]));
  });

  test('int32 normals are rounded', async () => {
    const { words, dtype } = await run('call', 'randomNormal', [1000], 0, 3, 'int32', 5);
    const reals = floatsOf(await twin(initializers.randomNormal({ stddev: 3 }), [1000], { seed: 5 }));
    expect(dtype).toBe('int32');
    expect(words.map((word) => word | 0)).toEqual(reals.map((value) => Math.round(value) + 0));
  });

  test('seeds: none, fractions, strings, and what cannot be right', async () => {
    const wordsOf = async (seed?: unknown) =>
      (await run('call', 'randomUniform', [4], 0, 1, 'float32', seed)).words;
    const all = [
      await wordsOf(),
      await wordsOf(),
      await wordsOf(0),
      await wordsOf(0.5),
      await wordsOf('a/b'),
    ];
    expect(new Set(all.map(String)).size).toBe(5);
    expect(await wordsOf('a/b')).toEqual(all[4]);
    expect(await wordsOf(0)).toEqual(all[2]);
    expect(await run('callError', 'randomUniform', [4], 0, 1, 'float32', {})).toBe(
      'ArgumentError: seed must be a number or a string, got {}',
    );
    expect(await run('callError', 'randomUniform', [4], 0, 1, 'complex64')).toMatch(
      /^ArgumentError: dtype must be one of float32, int32, bool, got "complex64"/,
    );
    expect(await run('callError', 'randomUniformInt', [4], 0.5, 3)).toMatch(
      /^ArgumentError: minval must be an integer/,
    );
    expect(await run('callError', 'multinomial', [1], 3)).toBe(
      'ArgumentError: logits must have 2 to 2^24 outcomes, got 1',
    );
    expect(await run('callError', 'multinomial', [1, 2], -3)).toMatch(/^ArgumentError: numSamples must be/);
    expect(await run('callError', 'randomGamma', [1], 1, 0)).toBe(
      'ArgumentError: beta must be a number > 0, got 0',
    );
    expect(await run('callError', 'dropout', [1, 2], 1)).toBe(
      'ArgumentError: rate must be a number in [0, 1), got 1',
    );
  });

  test.each([
    [1, 5, 1000],
    [7, 10, 1],
    [33, 257, 5],
  ])(
    'multinomial of %i rows of %i outcomes, %i draws from each, is what the CPU chooses',
    async (rows, outcomes, draws) => {
      const { drawn, shape, dtype, copies, expected } = await run(
        'multinomialBothWays',
        rows,
        outcomes,
        draws,
        42,
      );
      expect(drawn).toEqual(expected);
      expect([shape, dtype]).toEqual([[rows, draws], 'int32']);
      expect(copies.uploaded).toBeLessThan(FEW);
      expect(copies.downloaded).toBe(4 * rows * draws); // the result, when it is read
    },
  );

  test('multinomial has the right frequencies, of logits and of probabilities', async () => {
    const logits = [0, 1, -1, 2, -Infinity];
    const drawn = await run('frequencies', [0, 1, -1, 2, -1e30], 4000, 1, false);
    expectFrequencies(drawn.counts, softmax(logits));
    const probabilities = [0.5, 0.125, 0, 0.375];
    expectFrequencies((await run('frequencies', probabilities, 4000, 2, true)).counts, probabilities);
  });

  test.each(['cpu', 'webgl'])('on the backend %s the values are the same', async (backend) => {
    for (const [name, ...args] of [
      ['randomUniformInt', [50], 0, 9, 42],
      ['randomNormal', [50], 0, 1, 'float32', 42],
      [
        'multinomial',
        [
          [0, 1, 2],
          [2, 1, 0],
        ],
        9,
        42,
      ],
      ['dropout', repeat(3, 50), 0.3, null, 42],
    ] as const) {
      const { words } = await run('call', name, ...args);
      expect((await run('callOn', backend, name, ...args)).words).toEqual(words);
    }
  });

  test('dropout has the bits of the operation on arrays, and nothing passes through the host', async () => {
    for (const [shape, rate] of [
      [[1001], 0.1],
      [[31, 33], 0.5],
      [[1], 0.999],
    ] as const) {
      const { ours, copies, expected } = await run('dropoutBothWays', [...shape], rate, 42);
      expect(ours).toEqual(expected);
      expect(copies.uploaded).toBeLessThan(FEW);
      expect(copies.downloaded).toBe(0);
    }
  });

  test.each([[undefined], [[40, 1]], [[1, 30]], [[40, null as never]]])(
    'the gradient of dropout has the mask of the values, for the noise shape %j',
    async (noiseShape) => {
      const { forward, dy, gradient, second } = await run('dropoutGradient', [40, 30], 0.25, noiseShape);
      const scale = Math.fround(1 / 0.75);
      const mask = forward.map((value) => Number(value !== 0));
      expect(meanOf(mask)).toBeGreaterThan(0.4);
      expect(meanOf(mask)).toBeLessThan(1);
      expect(forward).toEqual(mask.map((kept) => Math.fround(3 * scale * kept)));
      gradient.forEach((value, i) => expect(value).toBeCloseTo(mask[i] * dy[i] * scale, 2));
      second.forEach((value, i) => expect(value).toBeCloseTo(mask[i] * dy[i] * scale * 2, 2));
      for (let row = 0; row < 40; row++)
        for (let column = 0; column < 30; column++) {
          if (noiseShape?.[1] === 1) expect(mask[30 * row + column]).toBe(mask[30 * row]);
          if (noiseShape?.[0] === 1) expect(mask[30 * row + column]).toBe(mask[column]);
        }
    },
  );

  test('tf.multinomial draws by our kernel once it is installed, and not 0 first', async () => {
    const uninstalled = await run('tfMultinomial', false, [0, 1, -1, 2], 5000, 42);
    const installed = await run('tfMultinomial', true, [0, 1, -1, 2], 5000, 42);
    expect(installed.drawn).toEqual((await run('call', 'multinomial', [0, 1, -1, 2], 5000, 42)).words);
    expect(installed.copies.downloaded).toBe(0);
    expect(uninstalled.drawn).not.toEqual(installed.drawn);
    const counts = repeat(0, 4);
    for (const index of installed.drawn) counts[index]++;
    expectFrequencies(counts, softmax([0, 1, -1, 2]));
    // tf.js's own has 0 first for each seed.
    const seeds = Array.from({ length: 64 }, (_, i) => i + 1);
    expect(new Set(await run('firstDraws', false, seeds))).toEqual(new Set([0]));
    const firsts = await run('firstDraws', true, seeds);
    expectFrequencies(
      [0, 1].map((i) => firsts.filter((first: number) => first === i).length),
      [0.5, 0.5],
    );
  });

  test('tf.multinomial without a seed follows from the seed of install, and differs from call to call', async () => {
    const [a, again, other] = [await run('unseeded', 5), await run('unseeded', 5), await run('unseeded', 6)];
    expect(again).toEqual(a);
    expect(new Set([...a, ...other].map(String)).size).toBe(4);
  });

  test.each([
    [[100, 50], 0.1, undefined],
    [[100, 50], 0.6, [100, 1]],
    [[100, 50], 0.5, [1, 50]],
  ])(
    'tf.dropout of %j at the rate %d and the noise shape %j draws by our kernel once it is installed',
    async (shape, rate, noise) => {
      const own = await run('tfDropout', false, shape, rate, noise, 3);
      const ours = await run('tfDropout', true, shape, rate, noise, 3);
      expect(own.kernels).toEqual(expect.arrayContaining(LOST));
      expect(ours.kernels).toContain('TensorseedDropout');
      expect(ours.kernels).not.toContain('Floor');
      expect(ours.leaked).toBe(0);
      expect(ours.copies.uploaded).toBeLessThan(FEW);
      expect(ours.copies.downloaded).toBe(0);
      expect(new Set(ours.values)).toEqual(new Set([0, Math.fround(1 / (1 - rate))]));
      const size = (noise ?? shape).reduce((all, one) => all * one, 1);
      const rows =
        noise?.[1] === 1
          ? ours.values.filter((_: number, i: number) => i % 50 === 0)
          : ours.values.slice(0, size);
      const dropped = rows.filter((value: number) => value === 0).length;
      expectFrequencies([dropped, size - dropped], [rate, 1 - rate]);
      expect((await run('tfDropout', true, shape, rate, noise, 3)).values).toEqual(ours.values);
      expect((await run('tfDropout', true, shape, rate, noise, 4)).values).not.toEqual(ours.values);
      const unseeded = await run('tfDropout', true, shape, rate, noise, undefined);
      expect((await run('tfDropout', true, shape, rate, noise, undefined)).values).not.toEqual(
        unseeded.values,
      );
    },
  );

  test.each([0, 1, 2, 3])(
    'a version of tf.js that leaves the way of tf.dropout after %i kernels goes on with uniform numbers',
    async (steps) => {
      const { squared, uniform } = await run('otherDropout', steps);
      const roots = squared.map(Math.sqrt);
      if (steps < 2) {
        const shift = steps === 0 ? 0 : 0.75;
        expect(Math.min(...roots)).toBeGreaterThanOrEqual(shift);
        expect(Math.max(...roots)).toBeLessThan(1 + shift);
        expect(meanOf(roots) - shift).toBeCloseTo(0.5, 1);
      } else {
        const most = Math.fround(steps === 2 ? 1 : 1 / 0.75);
        for (const root of roots) expect(root === 0 || Math.abs(root - most) < 1e-6).toBe(true);
        expect(meanOf(roots) / most).toBeCloseTo(0.75, 1);
      }
      expect(new Set(uniform).size).toBe(3); // tf.randomUniform itself is as it was.
    },
  );

  test('a layer has another mask at each call, and the same masks in each run', async () => {
    const first = await run('layers', 'dropout', { rate: 0.25, seed: 9 }, [50, 40], 3);
    expect(first.copies.uploaded).toBeLessThan(FEW);
    expect(first.copies.downloaded).toBe(0);
    expect(new Set(first.values.map(String)).size).toBe(3);
    for (const values of first.values) {
      expect(new Set(values)).toEqual(new Set([0, Math.fround(2 * Math.fround(1 / 0.75))]));
      const dropped = values.filter((value: number) => value === 0).length;
      expectFrequencies([dropped, 2000 - dropped], [0.25, 0.75]);
    }
    expect(first.still).toEqual(repeat(2, 2000));
    expect((await run('layers', 'dropout', { rate: 0.25, seed: 9 }, [50, 40], 3)).values).toEqual(
      first.values,
    );
    const unseeded = await run('layers', 'dropout', { rate: 0.25 }, [50, 40], 2, 1);
    expect((await run('layers', 'dropout', { rate: 0.25 }, [50, 40], 2, 1)).values).toEqual(unseeded.values);
    expect((await run('layers', 'dropout', { rate: 0.25 }, [50, 40], 2)).values).not.toEqual(unseeded.values);
  });

  test('SpatialDropout1D drops whole channels', async () => {
    const { values } = await run('layers', 'spatialDropout1d', { rate: 0.5, seed: 1 }, [4, 6, 50], 1);
    const [all] = values;
    for (let example = 0; example < 4; example++)
      for (let step = 0; step < 6; step++)
        expect(all.slice((example * 6 + step) * 50, (example * 6 + step + 1) * 50)).toEqual(
          all.slice(example * 300, example * 300 + 50),
        );
    expect(new Set(all)).toEqual(new Set([0, 4]));
  });

  test('GaussianDropout, GaussianNoise and AlphaDropout have the moments of theirs', async () => {
    const moments = async (kind: 'gaussianDropout' | 'gaussianNoise' | 'alphaDropout', args: object) => {
      const { values, still, copies } = await run('layers', kind, args, [100, 100], 2, 8);
      expect(values[0]).not.toEqual(values[1]);
      expect(still).toEqual(repeat(2, 10_000));
      expect(copies.uploaded).toBeLessThan(FEW);
      expect(copies.downloaded).toBe(0);
      const mean = meanOf(values[0]);
      return {
        mean,
        stddev: Math.sqrt(meanOf(values[0].map((value: number) => (value - mean) ** 2))),
        values: values[0],
      };
    };
    const dropout = await moments('gaussianDropout', { rate: 0.2 });
    expect(dropout.mean).toBeCloseTo(2, 1);
    expect(dropout.stddev).toBeCloseTo(2 * Math.sqrt(0.2 / 0.8), 1);
    const noise = await moments('gaussianNoise', { stddev: 0.5 });
    expect(noise.mean).toBeCloseTo(2, 1);
    expect(noise.stddev).toBeCloseTo(0.5, 1);
    // Klambauer et al.: dropped elements become -1.758 before the affine map.
    const alpha = await moments('alphaDropout', { rate: 0.2 });
    const limit = -1.6732632423543772 * 1.0507009873554805;
    const a = (0.8 * (1 + 0.2 * limit ** 2)) ** -0.5;
    const b = -a * limit * 0.2;
    const two = [a * limit + b, a * 2 + b].map((value) => value.toFixed(4));
    expect(new Set(alpha.values.map((value: number) => value.toFixed(4)))).toEqual(new Set(two));
  });

  test.each(['dropout', 'gaussianDropout', 'gaussianNoise'] as const)(
    'the gradient of %s in a layer has the numbers of its values',
    async (kind) => {
      const { sum, gradient } = await run(
        'layerGradient',
        kind,
        { rate: 0.5, stddev: 0.5, seed: 1 },
        [30, 40],
      );
      const slope = gradient.reduce((all: number, one: number) => all + one, 0);
      if (kind === 'gaussianNoise') expect(gradient).toEqual(repeat(1, 1200));
      else expect(sum / (2 * slope)).toBeCloseTo(1, 4); // y = x * m, and the gradient is m
    },
  );

  test('a model with dropout trains to a falling loss, the same in each run', async () => {
    const { losses, difference, leaked } = await run('train', 1, 12);
    expect(losses.at(-1)! / losses[0]).toBeLessThan(0.8);
    expect(difference).toBe(0); // no dropout in prediction
    expect(leaked).toBe(0);
    expect((await run('train', 1, 12)).losses).toEqual(losses);
    expect((await run('train', 2, 12)).losses).not.toEqual(losses);
  });

  test('the masks of an LSTM draw on the GPU', async () => {
    const { values, copies } = await run('lstm');
    expect(values.every(Number.isFinite)).toBe(true);
    expect(copies.downloaded).toBe(0);
  });

  test.each(['cpu', 'webgl'])('on the backend %s tf.js computes what it did', async (backend) => {
    const { before, during, after } = await run('unchanged', backend);
    expect(during).toEqual(before);
    expect(after).toEqual(before);
  });

  test('what is undone is as it was on webgpu', async () => {
    const { before, during, after } = await run('unchanged', 'webgpu');
    expect(during).not.toEqual(before);
    expect(after).toEqual(before);
  });

  test('options of install that cannot be right are refused', async () => {
    expect(await run('installErrors')).toEqual([
      'ArgumentError: options has the unknown key "seeds"; did you mean seed? Known keys: seed',
      'ArgumentError: seed must be an integer in [0, 2^64), got -1',
    ]);
  });
});
