import { describe, expect, it } from 'vitest';
import * as initializers from '../../src/initializers';
import type { Draw } from '../../src/distributions/draw';
import geometric from '../vectors/jax/fan_geo_avg.json';

const truncated = (stddev: number): Draw => ({
  kind: 'truncated_normal',
  mean: 0,
  stddev,
  lower: -2,
  upper: 2,
});
const normal = (stddev: number): Draw => ({ kind: 'normal', mean: 0, stddev });
const within = (limit: number): Draw => ({ kind: 'uniform', low: -limit, high: limit });

describe('without arguments, each is what Keras makes of it', () => {
  const CONV2D = [3, 3, 64, 128];
  // Worked in Python with Keras's formulas: fans 576 and 1152.
  it.each<[string, Draw]>([
    ['zeros', { kind: 'constant', value: 0 }],
    ['ones', { kind: 'constant', value: 1 }],
    ['constant', { kind: 'constant', value: 0 }],
    ['random_normal', normal(0.05)],
    ['random_uniform', within(0.05)],
    ['truncated_normal', truncated(0.05)],
    ['variance_scaling', truncated(0.047368634764106514)],
    ['glorot_normal', truncated(0.0386763283281072)],
    ['glorot_uniform', within(0.05892556509887896)],
    ['he_normal', truncated(0.06698936571449711)],
    ['he_uniform', within(0.10206207261596575)],
    ['lecun_normal', truncated(0.047368634764106514)],
    ['lecun_uniform', within(0.07216878364870322)],
  ])('%s of a 3 x 3 convolution, 64 to 128', (identifier, draw) => {
    expect(initializers.get(identifier).resolve(CONV2D)).toEqual(draw);
  });

  it('identity of a matrix', () => {
    expect(initializers.identity().resolve([3, 5])).toEqual({ kind: 'eye', rows: 3, columns: 5, value: 1 });
  });
});

it('orthogonal is a matrix of all axes but the last, of the first alone as in torch, or at the centre as in jax', () => {
  const draw = (rows: number, columns: number): Draw => ({
    kind: 'orthogonal',
    rows,
    columns,
    gain: 1,
    offset: 0,
  });
  expect(initializers.orthogonal().resolve([3, 3, 64, 128])).toEqual(draw(576, 128));
  expect(initializers.orthogonal().resolve([1, 5])).toEqual(draw(1, 5));
  expect(initializers.orthogonal({ layout: 'torch' }).resolve([128, 64, 3, 3])).toEqual(draw(128, 576));
  expect(initializers.orthogonal({ gain: 0 }).resolve([2, 0, 3])).toEqual({
    kind: 'orthogonal',
    rows: 0,
    columns: 0,
    gain: 0,
    offset: 0,
  });
  expect(initializers.orthogonal({ layout: 'torch' }).getConfig()).toEqual({
    seed: null,
    gain: 1,
    layout: 'torch',
  });
  const delta = initializers.orthogonal({ layout: 'delta' });
  expect(delta.resolve([3, 4, 5, 6])).toEqual({ ...draw(5, 6), offset: (1 * 4 + 1) * 30 });
  expect(delta.resolve([1, 2, 2])).toEqual(draw(2, 2));
  expect(() => delta.resolve([3, 3])).toThrow(
    'Orthogonal with layout delta needs a shape of rank 3, 4 or 5, got [3,3] of rank 2',
  );
  expect(() => delta.resolve([3, 3, 6, 5])).toThrow(
    'Orthogonal with layout delta needs shape[-2] <= shape[-1], got [3,3,6,5]',
  );
});

describe('arguments', () => {
  it('reach the draw', () => {
    expect(initializers.constant({ value: -2.5 }).resolve([2])).toEqual({ kind: 'constant', value: -2.5 });
    expect(initializers.constant({ value: true }).resolve([2])).toEqual({ kind: 'constant', value: 1 });
    expect(initializers.constant({ value: false }).resolve([2])).toEqual({ kind: 'constant', value: 0 });
    expect(initializers.randomNormal({ mean: 1, stddev: 2 }).resolve([2])).toEqual({
      kind: 'normal',
      mean: 1,
      stddev: 2,
    });
    expect(initializers.randomUniform({ minval: 2, maxval: 2 }).resolve([])).toEqual({
      kind: 'uniform',
      low: 2,
      high: 2,
    });
    expect(
      initializers.truncatedNormal({ mean: 3, stddev: 1, lower: 0, upper: Infinity }).resolve([1]),
    ).toEqual({
      kind: 'truncated_normal',
      mean: 3,
      stddev: 1,
      lower: 0,
      upper: Infinity,
    });
    expect(initializers.identity({ gain: -3 }).resolve([0, 2])).toEqual({
      kind: 'eye',
      rows: 0,
      columns: 2,
      value: -3,
    });
  });

  it('undefined is the default', () => {
    expect(
      initializers.randomNormal({ mean: undefined, stddev: undefined, seed: undefined }).resolve([1]),
    ).toEqual(normal(0.05));
  });

  it('zero is a value and no default', () => {
    expect(initializers.randomUniform({ minval: 0 }).resolve([1])).toEqual({
      kind: 'uniform',
      low: 0,
      high: 0.05,
    });
    expect(initializers.randomUniform({ maxval: 0 }).resolve([1])).toEqual({
      kind: 'uniform',
      low: -0.05,
      high: 0,
    });
    expect(initializers.randomNormal({ stddev: 0 }).resolve([1])).toEqual(normal(0));
    expect(initializers.truncatedNormal({ stddev: 0 }).resolve([1])).toEqual(truncated(0));
    expect(initializers.truncatedNormal({ upper: 0 }).resolve([1])).toMatchObject({ lower: -2, upper: 0 });
    expect(initializers.identity({ gain: 0 }).resolve([1, 1])).toMatchObject({ value: 0 });
  });

  it('a truncated normal of its own is not corrected, one of a scaling is', () => {
    expect(initializers.truncatedNormal({ stddev: 1 }).resolve([1])).toEqual(truncated(1));
    expect(initializers.varianceScaling().resolve([1])).toEqual(truncated(1.1368472343385565));
  });

  it('later changes to a list of axes change nothing', () => {
    const inputAxes = [0];
    const he = initializers.heNormal({ inputAxes, outputAxes: [1, 2] });
    inputAxes.push(1);
    expect(he.getConfig().input_axes).toEqual([0]);
    (he.getConfig().input_axes as number[]).push(1);
    expect(he.getConfig().input_axes).toEqual([0]);
  });
});

describe('variance scaling', () => {
  it.each<[initializers.VarianceScalingOptions, number[], Draw]>([
    [
      { scale: 0.1, mode: 'fan_out', distribution: 'untruncated_normal' },
      [784, 256],
      normal(0.01976423537605237),
    ],
    [{ scale: 1 / 3, mode: 'fan_out', distribution: 'uniform' }, [1280, 1000], within(0.03162277660168379)],
    [{ mode: 'fan_avg', distribution: 'uniform' }, [784, 256], within(0.075955452531275)],
    [{ scale: 2, distribution: 'normal' }, [3, 3, 64, 128], truncated(0.06698936571449711)],
    [{ scale: 2, inputAxes: [0], outputAxes: [1, 2] }, [512, 8, 64], truncated(0.07105295214615978)],
    [{ scale: 2, inputAxes: [0] }, [512, 8, 64], truncated(0.025121012142936418)],
  ])('%j of %j', (options, shape, draw) => {
    expect(initializers.varianceScaling(options).resolve(shape)).toEqual(draw);
  });

  it.each(geometric.cases)('has the stddev of JAX for the geometric mean of the fans: %j', (given) => {
    const { shape, stddev, ...options } = given;
    const distribution = 'untruncated_normal';
    const draw = initializers
      .varianceScaling({ ...options, mode: 'fan_geo_avg', distribution })
      .resolve(shape);
    expect(draw).toMatchObject({ kind: 'normal', mean: 0 });
    const own = draw.kind === 'normal' ? draw.stddev : NaN;
    expect(Math.abs(own / stddev - 1)).toBeLessThan(2 ** -22);
  });

  it('has sqrt(6 / (fan in + fan out)) as the limit of glorot_uniform', () => {
    // sqrt(6 / 1040)
    expect(initializers.glorotUniform().resolve([784, 256])).toEqual(within(0.075955452531275));
  });

  it('takes a fan below 1 as 1, so that scalars and empty tensors have finite draws', () => {
    expect(initializers.heNormal().resolve([])).toEqual(truncated(1.6077447771479307));
    expect(initializers.heNormal().resolve([0, 3])).toEqual(truncated(1.6077447771479307));
    expect(initializers.heUniform().resolve([0])).toEqual(within(2.449489742783178));
    expect(initializers.glorotUniform().resolve([0, 3])).toEqual(within(1.4142135623730951));
    const huge = Array<number>(24).fill(Number.MAX_SAFE_INTEGER);
    expect(initializers.glorotUniform().resolve([0, ...huge])).toEqual(within(1.7320508075688772));
    const avg = initializers.glorotNormal({ inputAxes: [0, 1], outputAxes: [1, 0] });
    expect(avg.resolve([2, 2])).toEqual(truncated(0.5684236171692783));
  });

  it('stays finite where both fans are as large as a double can be', () => {
    const shape = [0, ...Array<number>(24).fill(Number.MAX_SAFE_INTEGER)];
    const axes = shape.map((_, axis) => axis).slice(1);
    const draw = initializers.glorotNormal({ inputAxes: axes, outputAxes: axes }).resolve(shape);
    expect(draw).toMatchObject({ kind: 'truncated_normal', mean: 0 });
    expect(draw.kind === 'truncated_normal' && draw.stddev > 0 && Number.isFinite(draw.stddev)).toBe(true);
    const geometric = initializers.varianceScaling({
      mode: 'fan_geo_avg',
      inputAxes: axes,
      outputAxes: axes,
    });
    const mean = geometric.resolve(shape);
    expect(mean.kind === 'truncated_normal' && mean.stddev > 0 && Number.isFinite(mean.stddev)).toBe(true);
  });

  it('swaps the fans of a transposed convolution, whose kernels are (height, width, out, in), as Keras does', () => {
    expect(initializers.lecunUniform().resolve([3, 3, 128, 64])).toEqual(within(0.05103103630798288));
  });
});

describe('a shape that cannot be right is an error of every initializer', () => {
  it.each([
    'zeros',
    'ones',
    'constant',
    'random_normal',
    'random_uniform',
    'truncated_normal',
    'he_normal',
    'identity',
  ])('%s', (identifier) => {
    const initializer = initializers.get(identifier);
    expect(() => initializer.resolve([2, -1])).toThrow('shape[1] must be an integer in [0, 2^53), got -1');
    expect(() => initializer.resolve('2,2' as never)).toThrow('shape must be an array of sizes, got "2,2"');
    expect(() => initializer.resolve([2 ** 30, 2 ** 30])).toThrow('more than 2^53 - 1');
  });

  it('identity takes matrices alone', () => {
    expect(() => initializers.identity().resolve([3])).toThrow(
      'Identity needs a shape of rank 2, got [3] of rank 1',
    );
    expect(() => initializers.identity().resolve([2, 2, 2])).toThrow(
      'Identity needs a shape of rank 2, got [2,2,2] of rank 3',
    );
  });
});
