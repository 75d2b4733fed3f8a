import { expect, test } from 'vitest';
import { Key, type InitializerSpec, type JobOptions, Sampler } from '../../src/index';
import { bernoulli, randint } from '../../src/initializers/distributions';
import { addNoise, dropout } from '../../src/operations';
import { float32Bits } from '../../src/core/bit_pattern';
import { describeRuntime } from '../harness/runtime-page';
import { twin } from './twin';
import type * as Page from './typegpu_functions.page';

const COUNT = 1001;
const KEY = Key.from(2n ** 40n + 7n);
const ONES = () => new Float32Array(COUNT).fill(1.5);
const wordsOf = (values: Float32Array): number[] => Array.from(values, float32Bits);

/** What the four elements of a block hold, by a function of a block. */
const inBlock = (call: string): string =>
  `bitcast<vec4u>(tensorseed.${call.replace('(', '(k, tensorseed.blockOf(e)')})[e.x & 3u]`;
const ofFloat = (call: string): string => `bitcast<u32>(tensorseed.${call.replace('(', '(k, e')})`;

describeRuntime<typeof Page>('the functions for TypeGPU', 'typegpu_functions', (run) => {
  const { lo, hi } = KEY;
  const evaluate = (expression: string, count = COUNT) => run('evaluate', expression, [lo, hi], count);
  const same = (initializer: InitializerSpec, options: JobOptions = {}) =>
    twin(initializer, [COUNT], { seed: KEY, ...options });

  test.each([
    ['bits', ['tensorseed.bitsAt(k, e)', inBlock('bitsBlock()')], {}],
    ['random_uniform', [ofFloat('uniformAt()'), inBlock('uniformBlock()')], { minval: 0, maxval: 1 }],
    ['random_normal', [ofFloat('normalAt()'), inBlock('normalBlock()')], { stddev: 1 }],
    ['truncated_normal', [ofFloat('truncatedNormalAt()')], { stddev: 1 }],
  ] as const)('%s: elements have the values of the sampler', async (name, expressions, config) => {
    const spec = name === 'bits' ? name : { class_name: name, config };
    for (const expression of expressions)
      expect(await evaluate(expression), expression).toEqual(await same(spec as InitializerSpec));
  });

  test('bernoulliAt, randintAt and foldAt', async () => {
    const threshold = Math.round(0.3 * 2 ** 32);
    expect(await evaluate(`select(0u, 1u, tensorseed.bernoulliAt(k, e, ${threshold}u))`)).toEqual(
      await same(bernoulli({ probability: 0.3 }), { dtype: 'uint32' }),
    );
    expect(await evaluate('bitcast<u32>(tensorseed.randintAt(k, e, -3, 10u))')).toEqual(
      await same(randint({ low: -3, high: 7 })),
    );
    const folded = KEY.fold(5);
    expect(await evaluate('tensorseed.foldAt(k, vec2u(5u, 0u))[e.x]', 2)).toEqual([folded.lo, folded.hi]);
  });

  test('dropout and noise', async () => {
    const cpu = await Sampler.create({ backend: 'cpu', cpu: 'reference' });
    const [threshold, scale] = [`${2 ** 30}u`, 'f32(1.0 / 0.75)'];
    const dropped = await dropout(cpu, ONES(), { rate: 0.25, seed: KEY });
    const noisy = await addNoise(cpu, ONES(), { stddev: 0.5, seed: KEY });
    for (const [expressions, expected] of [
      [
        [
          ofFloat(`dropoutAt(, ${threshold}, ${scale}, 1.5)`),
          inBlock(`dropoutBlock(, ${threshold}, ${scale}, vec4f(1.5))`),
        ],
        dropped,
      ],
      [[ofFloat('addNoiseAt(, 0.5, 1.5)'), inBlock('addNoiseBlock(, 0.5, vec4f(1.5))')], noisy],
    ] as const)
      for (const expression of expressions)
        expect(await evaluate(expression), expression).toEqual(
          wordsOf((await expected.data()) as Float32Array),
        );
    expect(new Set(wordsOf((await dropped.data()) as Float32Array)).size).toBe(2);
  });

  test('every function is tested here, and the library is in a shader once', async () => {
    expect((await run('names')).sort()).toEqual(
      [
        'addNoiseAt',
        'addNoiseBlock',
        'bernoulliAt',
        'bitsAt',
        'bitsBlock',
        'blockOf',
        'dropoutAt',
        'dropoutBlock',
        'foldAt',
        'normalAt',
        'normalBlock',
        'randintAt',
        'truncatedNormalAt',
        'uniformAt',
        'uniformBlock',
      ].sort(),
    );
    expect(await run('declarations')).toBe(1);
  });
});
