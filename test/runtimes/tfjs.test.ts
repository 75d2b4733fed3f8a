import { expect, test } from 'vitest';
import { initializers } from '../../src/index';
import { describeRuntime } from '../harness/runtime-page';
import { FEW } from './copies';
import type * as Page from './tfjs.page';
import { floatsOf, repeat, twin } from './twin';

const SHAPE = [97, 129]; // no multiple of anything
const BYTES = 4 * 97 * 129;

/** Each class with options that matter. */
const CLASSES = [
  ['Zeros', {}],
  ['Ones', {}],
  ['Constant', { value: -0.1 }],
  ['RandomNormal', { mean: 1, stddev: 0.25, seed: 1 }],
  ['RandomUniform', { minval: -2, maxval: 3, seed: 2 }],
  ['TruncatedNormal', { mean: -1, stddev: 0.5, lower: -1, upper: 1.5, seed: 3 }],
  ['VarianceScaling', { scale: 3, mode: 'fan_out', distribution: 'uniform', seed: 4 }],
  [
    'VarianceScaling',
    { mode: 'fan_avg', distribution: 'untruncated_normal', inputAxes: [0], outputAxes: [1], seed: 4 },
  ],
  ['GlorotNormal', { seed: 5 }],
  ['GlorotUniform', { seed: 6 }],
  ['HeNormal', { seed: 7 }],
  ['HeUniform', { seed: 8 }],
  ['LecunNormal', { seed: 9 }],
  ['LecunUniform', { seed: 10 }],
  ['Identity', { gain: 2.5 }],
] as const;

const ours = (name: (typeof CLASSES)[number][0], options: object) => new initializers[name](options as never);

describeRuntime<typeof Page>('TensorFlow.js', 'tfjs', (run) => {
  test('a filled tensor holds the values of the contract, and none of them passes through the host', async () => {
    const seen = await run('useOneOfEach', SHAPE, 42);
    expect(seen.filling.uploaded).toBeLessThan(FEW);
    expect(seen.filling.downloaded).toBe(0);
    expect(seen.using.uploaded).toBeLessThan(FEW);
    expect(seen.using.downloaded).toBeLessThan(FEW);
    const expected = await twin('he_normal', SHAPE, { seed: 42, name: 'w' });
    expect(seen.words).toEqual(expected);
    const values = floatsOf(expected);
    expect(seen.meanSquare).toBeCloseTo(
      values.reduce((sum, value) => sum + value * value, 0) / values.length,
      5,
    );
  });

  test('the counter sees what tf.js itself uploads and downloads', async () => {
    const { ordinary, reading } = await run('useOneOfEach', SHAPE, 42);
    expect(ordinary.uploaded).toBeGreaterThanOrEqual(BYTES);
    expect(reading.downloaded).toBeGreaterThanOrEqual(BYTES);
  });

  test('filling takes the memory of one tensor from tf.js, which gets it back when the tensor is disposed', async () => {
    const { before, filled, after, reused } = await run('memory', [50, 1000]);
    expect(filled).toEqual({
      tensors: before.tensors + 1,
      bytes: before.bytes + 200_000,
      inGpu: before.inGpu + 200_000,
    });
    expect(after).toEqual(before);
    expect(reused).toBe(true);
  });

  test('a tensor that no buffer holds is refused, and leaves nothing behind', async () => {
    const { failed, before, after } = await run('memory', [8]);
    expect(failed).toMatch(
      /^DeviceError: the tensor needs a buffer of 4398046511104 bytes, but the device allows at most \d+/,
    );
    expect(after).toEqual(before);
  });

  test.each(CLASSES)('%s %j gives a layer the values of the contract', async (name, options) => {
    const square = [31, 31];
    const got = await run('apply', name, options, square);
    expect(got).toEqual({ words: await twin(ours(name, options), square), dtype: 'float32', shape: square });
  });

  test.each(CLASSES)('%s %j survives the JSON of a model', async (name, options) => {
    const got = await run('roundTrip', name, options, SHAPE);
    expect(got.words).toEqual(await twin(ours(name, options), SHAPE));
    expect(got.json).toEqual({ class_name: `tensorseed>${name}`, config: ours(name, options).getConfig() });
  });

  test('shapes of any rank, the scalar and the empty one', async () => {
    for (const shape of [[], [0], [3, 0, 2], [1], [3, 5, 7], [2, 3, 2, 5, 3]]) {
      const expected = await twin('glorot_uniform', shape, { seed: 7 });
      expect(await run('fill', 'glorot_uniform', shape, { seed: 7 })).toEqual({
        words: expected,
        dtype: 'float32',
        shape,
      });
    }
  });

  test('int32: bits, and constants and identities of whole numbers', async () => {
    expect(await run('fillBits', [1001], { seed: 3 })).toEqual({
      words: await twin('bits', [1001], { seed: 3 }),
      dtype: 'int32',
    });
    expect(await run('fillBits', [5], { seed: 3, dtype: 'int32' })).toEqual({
      words: await twin('bits', [5], { seed: 3 }),
      dtype: 'int32',
    });
    expect((await run('apply', 'Ones', {}, [3], 'int32')).words).toEqual([1, 1, 1]);
    expect((await run('apply', 'Constant', { value: -7 }, [2], 'int32')).words).toEqual([
      2 ** 32 - 7,
      2 ** 32 - 7,
    ]);
    expect(await run('apply', 'Identity', { gain: 3 }, [2, 3], 'int32')).toEqual({
      words: [3, 0, 0, 0, 3, 0],
      dtype: 'int32',
      shape: [2, 3],
    });
  });

  test('what a dtype cannot hold is refused', async () => {
    expect(await run('applyError', 'HeNormal', {}, [3, 3], 'int32')).toBe(
      'ArgumentError: dtype must be float32 for HeNormal, got int32',
    );
    expect(await run('applyError', 'Constant', { value: 0.5 }, [3], 'int32')).toMatch(
      /^ArgumentError: dtype int32 needs a whole number .* got 0.5$/,
    );
    expect(await run('applyError', 'Constant', { value: 16777217 }, [3], 'int32')).toMatch(/got 16777217$/);
    expect(await run('applyError', 'Ones', {}, [3], 'bool')).toBe(
      'ArgumentError: dtype must be float32 or int32 for Ones, got bool',
    );
    expect(await run('fillError', 'he_normal', [3, 3], { seed: 1, dtype: 'float16' })).toMatch(
      /^ArgumentError: dtype must be one of/,
    );
    expect(await run('fillError', 'he_normal', [3, 3], { seed: 1, range: {} })).toMatch(
      /^ArgumentError: options has the unknown key "range"/,
    );
    expect(await run('fillError', 'he_normal', [-3, 3], { seed: 1 })).toMatch(/^ArgumentError: shape\[0\]/);
    expect(await run('applyError', 'HeNormal', { gain: 1 }, [3, 3])).toMatch(
      /^ArgumentError: the argument of HeNormal has the unknown key "gain"/,
    );
  });

  test("tf.js's own defects are not ours: minval 0, seed 0, truncatedNormal, the variance of truncated normals, a negative stddev", async () => {
    const values = async (name: 'RandomUniform' | 'VarianceScaling' | 'HeNormal', options: object) =>
      floatsOf((await run('apply', name, options, [200, 200])).words);
    const positive = await values('RandomUniform', { minval: 0, maxval: 1, seed: 1 });
    expect(Math.min(...positive)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...positive)).toBeGreaterThan(0.99);

    const seedZero = await values('HeNormal', { seed: 0 });
    expect(await values('HeNormal', { seed: 0 })).toEqual(seedZero);
    // Keras: truncated at 2 stddev, the variance that is left is 2 / fan in. Standard error of 40,000: 0.4 %.
    const deviation = (list: number[]) =>
      Math.sqrt(list.reduce((sum, value) => sum + value * value, 0) / list.length);
    expect(deviation(seedZero) / Math.sqrt(2 / 200)).toBeCloseTo(1, 1.7);
    const truncated = await values('VarianceScaling', {
      mode: 'fanIn',
      distribution: 'truncatedNormal',
      seed: 1,
    });
    const limit = 2.2737 / Math.sqrt(200);
    expect(Math.max(...truncated)).toBeLessThan(limit);
    expect(Math.max(...truncated)).toBeGreaterThan(Math.sqrt(3 / 200) * 1.1); // no uniform reaches that
    expect(await run('applyError', 'RandomNormal', { stddev: -1 }, [2])).toBe(
      'ArgumentError: stddev must be a finite number >= 0, got -1',
    );
  });

  test('a model of ours trains on the GPU to a falling loss, its weights never uploaded', async () => {
    const { losses, copies, first, leaked, parameters } = await run('train', 25);
    expect(copies.uploaded).toBeLessThan(parameters); // a quarter of the weights' bytes
    expect(copies.downloaded).toBe(0);
    expect(losses.at(-1)! / losses[0]).toBeLessThan(0.3);
    expect(first).toEqual(await twin('he_normal', [32, 96], { seed: 1, name: 'second' }));
    expect(leaked).toBe(0);
  });

  test("a model's JSON names our classes, apart from tf.js's own, and gives the same weights again", async () => {
    const saved = await run('saveAndLoad');
    expect(saved.initializers.map((one: { class_name: string }) => one.class_name)).toEqual([
      'tensorseed>HeNormal',
      'tensorseed>HeNormal',
      'tensorseed>VarianceScaling',
    ]);
    expect(saved.initializers[0].config).toEqual({ seed: 1, input_axes: null, output_axes: null });
    expect(saved.initializers[1].config.seed).toMatch(/^\d+$/); // a key beyond 2^53
    expect(saved.initializers[2].config).toMatchObject({
      mode: 'fan_avg',
      distribution: 'untruncated_normal',
    });
    expect(saved.again).toEqual(saved.initializers);
    expect(saved.loaded).toEqual(saved.weights);
    expect(await run('tfKeepsItsOwn')).toBe('VarianceScaling');
  });

  test('an LSTM takes them, Orthogonal included', async () => {
    const { kernel, gram, bias } = await run('lstm');
    expect(kernel).toEqual(await twin('glorot_uniform', [8, 64], { seed: 1 }));
    expect(gram).toBeLessThan(1e-5);
    expect(bias).toEqual([...repeat(0.5, 16), ...repeat(1, 16), ...repeat(0.5, 32)]); // unit_forget_bias
  });

  test('a variable is refilled in place, after what tf.js had recorded before', async () => {
    const { copies, same, words, double } = await run('refillVariable', SHAPE);
    expect(same).toBe(true);
    expect(copies.allocated + copies.uploaded).toBeLessThan(FEW);
    expect(words).toEqual(await twin('he_normal', SHAPE, { seed: 5 }));
    expect(new Set(floatsOf(double))).toEqual(new Set([2]));
  });

  test('a tensor that shares its memory is not refilled, a variable that does gets memory of its own', async () => {
    const { refused, variable, other, tensor } = await run('refillShared', SHAPE);
    expect(refused).toMatch(
      /^ArgumentError: target must be a tf.Variable, or a tensor of the webgpu backend that shares its memory with no other/,
    );
    expect(variable).toEqual(await twin('he_normal', SHAPE, { seed: 5 }));
    expect(new Set(floatsOf(other))).toEqual(new Set([1]));
    expect(tensor).toEqual(await twin('he_uniform', SHAPE, { seed: 6 }));
  });

  test('what cannot be refilled is refused', async () => {
    expect(await run('refillErrors')).toEqual([
      'ArgumentError: target must be a tf.Tensor or a tf.Variable',
      'ArgumentError: target must not be disposed',
      'ArgumentError: options has the unknown key "dtype"; known keys: seed, stream, name, math',
      'ArgumentError: dtype must be float32 or int32 for Ones, got bool',
    ]);
  });

  test('tf.js takes a device of ours, and a lost one is an error', async () => {
    const expected = await twin('he_normal', SHAPE, { seed: 42 });
    const { same, words, lost, again, noDevice } = await run('onOurDevice', SHAPE);
    expect(same).toBe(true);
    expect(words).toEqual(expected);
    for (const error of lost) expect(error).toMatch(/^DeviceError: the GPU device was lost \(destroyed\)/);
    expect(again).toEqual(expected);
    expect(noDevice).toBe('ArgumentError: device must be a GPUDevice, got {}');
  });
});
