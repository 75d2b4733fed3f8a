import { describe, expect, it } from 'vitest';
import { inverseSoftplus as inverseOf, inverseSoftplusElements } from '../../src/arithmetic/inverse_softplus';
import { roundBits, float32Bits } from '../../src/arithmetic/round';
import { Key, Sampler } from '../../src/index';
import { torch } from '../../src/streams';
import { type Config, get, inverseSoftplus } from './every';
import vectors from '../vectors/transformers/tables.json';

const cpu = await Sampler.create({ backend: 'cpu', cpu: 'reference' });

function valuesOf(bits: string): Float32Array {
  return new Float32Array(Uint32Array.from(bits.match(/.{8}/g)!, (each) => Number.parseInt(each, 16)).buffer);
}

describe.each(vectors.steps)(
  'of [$low, $high), at least $floor',
  ({ low, high, floor, words, bits, exact }) => {
    const own = Uint32Array.from(words);
    inverseSoftplusElements(low, high, floor)(0, own);
    const values = new Float32Array(own.buffer);

    it('values are exact, rounded once', () => {
      expect(values).toEqual(valuesOf(exact));
    });

    it('and those of torch of the same uniform numbers, but for its errors', () => {
      const theirs = valuesOf(bits);
      for (const [i, value] of values.entries())
        expect(Math.abs(value - theirs[i])).toBeLessThanOrEqual(2 ** -21 * Math.max(Math.abs(value), 2));
    });
  },
);

it('takes steps of any size', () => {
  expect(inverseOf(2 ** -126)).toBeCloseTo(-126 * Math.LN2, 10);
  expect(inverseOf(1e-20)).toBeCloseTo(Math.log(1e-20), 10);
  expect(inverseOf(1)).toBeCloseTo(Math.log(Math.expm1(1)), 14);
  expect(inverseOf(1e30)).toBe(1e30);
});

it('turns the words of the stream, wherever a range begins, also with a name and in halves', async () => {
  const options = { seed: 7, name: 'layers.0.mixer.dt_proj.bias' };
  const tensor = await cpu.fill('bits', [1003], { ...options, dtype: 'uint32' });
  const words = (await tensor.data()) as Uint32Array<ArrayBuffer>;
  const expected = words.slice();
  inverseSoftplusElements(0.001, 0.1, 1e-4)(0, expected);
  const values = new Float32Array(expected.buffer);
  expect(await (await cpu.fill(inverseSoftplus(), [1003], options)).float32()).toEqual(values);
  for (const [start, count] of [
    [0, 5],
    [3, 998],
    [1002, 1],
  ]) {
    const part = await cpu.fill(inverseSoftplus(), [1003], { ...options, range: { start, count } });
    expect(await part.float32()).toEqual(values.slice(start, start + count));
  }
  for (const dtype of ['float16', 'bfloat16'] as const) {
    const half = await cpu.fill(inverseSoftplus(), [1003], { ...options, dtype });
    expect(await half.data()).toEqual(Uint16Array.from(values, (x) => roundBits(dtype, float32Bits(x))));
  }
  const far = { ...options, range: { start: 2 ** 34 + 1, count: 3 } };
  const [some, blocks] = await Promise.all([
    cpu.fill(inverseSoftplus(), [2 ** 40], far),
    cpu.fill('bits', [2 ** 40], { ...far, dtype: 'uint32' }),
  ]);
  const elements = (await blocks.data()) as Uint32Array<ArrayBuffer>;
  inverseSoftplusElements(0.001, 0.1, 1e-4)(0, elements);
  expect(await some.float32()).toEqual(new Float32Array(elements.buffer, elements.byteOffset, 3));
});

it('has the values that DISTRIBUTIONS.md gives', async () => {
  const values = await (await cpu.fill('inverse_softplus', [4], { seed: 42 })).float32();
  expect(Array.from(values, (x) => float32Bits(x).toString(16)).join(' ')).toBe(
    'c0827313 c097db2d c0d23be2 c0aabd73',
  );
});

it('has the softplus that was asked for, log-uniform, and none below the floor', async () => {
  const initializer = inverseSoftplus({ minval: 1e-6, maxval: 1, floor: 1e-3 });
  const values = await (await cpu.fill(initializer, [40_000], { seed: Key.from(3) })).float32();
  const steps = Float64Array.from(values, (x) => Math.log1p(Math.exp(x)));
  expect(Math.min(...steps)).toBeCloseTo(1e-3, 8);
  const share = (from: number): number => steps.filter((step) => step >= from).length / steps.length;
  for (const [from, expected] of [
    [0.0010001, 0.5],
    [0.01, 1 / 3],
    [0.1, 1 / 6],
  ])
    expect(Math.abs(share(from) - expected)).toBeLessThan(0.01);
});

it.each([
  [{ minval: 0 }, 'minval must be a finite number > 0, got 0'],
  [{ maxval: -1 }, 'maxval must be a finite number > 0, got -1'],
  [{ floor: -1 }, 'floor must be a finite number >= 0, got -1'],
  [{ min: 1 }, 'the config of InverseSoftplus has the unknown key "min"'],
] as [Config, string][])('%j', (config, message) => {
  expect(() => get({ class_name: 'InverseSoftplus', config })).toThrow(message);
});

it.each([
  [{ minval: 1e-40 }, {}, 'low must be >= 2^-126, got 1e-40'],
  [{ minval: 0.2 }, {}, 'high must be >= low = 0.2, got 0.1'],
  [{ maxval: 7e4 }, { dtype: 'float16' }, 'high must fit float16, got 70000'],
  [{ floor: 1e39 }, {}, 'floor must fit float32, got 1e+39'],
  [{}, { stream: torch }, 'the stream torch draws'],
  [{}, { dtype: 'uint32' }, 'inverse_softplus takes float32, float16 or bfloat16, got dtype uint32'],
] as const)('%j with %j', async (config, options, message) => {
  const given = { class_name: 'InverseSoftplus', config };
  await expect(cpu.fill(given, [4], { seed: 1, ...options })).rejects.toThrow(message);
});
