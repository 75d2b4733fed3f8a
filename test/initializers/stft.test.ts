import { describe, expect, it } from 'vitest';
import { float32Bits, roundBits } from '../../src/arithmetic/round';
import { windowValues } from '../../src/arithmetic/window';
import type { Draw } from '../../src/distributions/draw';
import { type Config, get, stft, type STFTOptions } from './every';
import { Sampler } from '../../src/index';
import { torchStateless } from '../../src/streams';
import vectors from '../vectors/keras/stft.json';

const cpu = await Sampler.create({ backend: 'cpu', cpu: 'reference' });

/** Float32 patterns as integers in the order of the numbers, so that their differences are in ulps. */
function ordered(pattern: number): number {
  return pattern >= 2 ** 31 ? 2 ** 31 - pattern : pattern;
}

describe('kernels', () => {
  it.each(vectors.cases)('$config of $shape are those of Keras', async ({ config, shape, stride, bits }) => {
    const tensor = await cpu.fill({ class_name: 'STFT', config }, shape);
    const own = new Uint32Array(((await tensor.data()) as Float32Array).buffer);
    const theirs = bits.match(/.{8}/g)!.map((each) => Number.parseInt(each, 16));
    const ulps = theirs.map((pattern, i) => Math.abs(ordered(own[i * stride]) - ordered(pattern)));
    expect(Math.max(...ulps)).toBeLessThanOrEqual(3);
  });

  it.each([
    [{ side: 'imag' }, [3, 1, 3], [0, 0, 0, 0, -1, 0, 0, 0, 0]],
    [{ window: [1, 2, 4], scaling: 'spectrum' }, [3, 1, 2], [1, 1, 2, -2, 4, 4].map((x) => x / 7)],
    [{ window: [3, 4], scaling: 'density' }, [2, 1, 2], [3, 3, 4, -4].map((x) => x / 5)],
    [{ window: [3, 4], scaling: null }, [2, 1, 2], [3, 3, 4, -4]],
    [{ window: 'hann', scaling: null }, [1, 1, 2], [1, 1]],
  ] as [STFTOptions, number[], number[]][])(
    '%j of %j is what the formula says',
    async (options, shape, expected) => {
      const values = await (await cpu.fill(stft(options), shape)).float32();
      for (const [i, value] of values.entries()) expect(value).toBeCloseTo(expected[i], 6);
    },
  );

  it('are the same in every range, with any key and in halves', async () => {
    const shape = [40, 1, 21];
    const whole = await (await cpu.fill('stft', shape)).float32();
    const key = torchStateless.foldIn(torchStateless.key(5), 7); // It counts from another block.
    for (const [start, count] of [
      [0, 3],
      [5, 400],
      [839, 1],
      [3, 837],
    ]) {
      const part = await cpu.fill('stft', shape, { seed: key, range: { start, count } });
      expect(await part.float32()).toEqual(whole.slice(start, start + count));
    }
    const half = await cpu.fill('stft', shape, { dtype: 'bfloat16' });
    expect(await half.data()).toEqual(Uint16Array.from(whole, (x) => roundBits('bfloat16', float32Bits(x))));
  });
});

it('windows are those of SciPy', () => {
  for (const { name, length, periodic, values } of vectors.windows) {
    const own = windowValues(name, length, periodic);
    expect(own).toHaveLength(values.length);
    for (const [i, value] of values.entries())
      expect(Math.abs(own[i] - value), `${name} of ${length}, element ${i}`).toBeLessThan(2 ** -50);
  }
});

it('the other names of windows, and those that scale by zero', () => {
  const draw = (options: STFTOptions, frames: number): Draw => stft(options).resolve([frames, 1, 2]);
  expect(draw({ window: 'han' }, 4)).toEqual(draw({}, 4));
  expect(stft({ window: 'han' }).getConfig().window).toBe('han');
  for (const { name } of vectors.windows) {
    for (const [frames, periodic] of [
      [1, false],
      [2, false],
      [2, true],
      [3, false],
    ] as const) {
      const zero = Math.max(...windowValues(name, frames, periodic).map(Math.fround)) === 0;
      const resolve = (): Draw => draw({ window: name, periodic }, frames);
      if (zero)
        expect(resolve).toThrow(`window must not be zero throughout where scaling is density, got "${name}"`);
      else expect(resolve()).toMatchObject({ window: name });
    }
  }
  expect(draw({ scaling: null }, 2)).toMatchObject({ window: 'hann' });
  expect(() => draw({ window: [1e-30, 0] }, 2)).toThrow('must not be zero throughout');
  expect(draw({ window: [1e-30, 0], scaling: 'spectrum' }, 2)).toMatchObject({ scaling: 'spectrum' });
});

it.each([
  [[4, 3], 'STFT needs a shape [frames, 1, frequencies], got [4,3]'],
  [[4, 2, 3], 'STFT needs a shape [frames, 1, frequencies], got [4,2,3]'],
  [[0, 1, 3], 'frames must be an integer in [1, 524288], got 0'],
  [[2 ** 20, 1, 3], 'frames must be an integer in [1, 524288], got 1048576'],
  [[4, 1, 1], 'frequencies must be an integer in [2, 9007199254740991], got 1'],
])('shape %j', (shape, message) => {
  expect(() => stft().resolve(shape)).toThrow(message);
});

it.each([
  [{ side: 'both' }, 'side must be one of real, imag, got "both"'],
  [{ scaling: 'l2' }, 'scaling must be one of density, spectrum, got "l2"'],
  [{ periodic: 1 }, 'periodic must be true or false, got 1'],
  [{ window: 'kaiser' }, /^window must be null, an array of numbers, or one of barthann, .*, got "kaiser"/],
  [{ window: [1, 1e39] }, 'window must have values that float32 holds, got 1e+39'],
  [{ window: ['kaiser', 4] }, 'window must be a finite number, got "kaiser"'],
] as [object, string | RegExp][])('%j', (options, message) => {
  expect(() => stft(options as STFTOptions)).toThrow(message);
  expect(() => get({ class_name: 'STFT', config: options as Config })).toThrow(message);
});

it('a window has a value for each frame, and the kernel is no part of a tensor', async () => {
  expect(() => stft({ window: [1, 2] }).resolve([3, 1, 2])).toThrow(
    'window must have 3 values, as the kernel has frames, got 2',
  );
  await expect(cpu.fill([{ initializer: 'stft', shape: [4, 1, 2] }], [8])).rejects.toThrow(
    'cannot be filled by STFT',
  );
});
