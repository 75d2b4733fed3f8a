import { describe, expect, it } from 'vitest';
import { sinCos } from '../../src/arithmetic/elementary';
import { sinusoidalElements } from '../../src/arithmetic/sinusoidal';
import { float32Bits, roundBits } from '../../src/arithmetic/round';
import type { SinusoidalDraw } from '../../src/distributions/sinusoidal';
import { Sampler } from '../../src/index';
import { torchStateless } from '../../src/streams';
import { type Config, get, sinusoidal, type SinusoidalOptions } from './every';
import vectors from '../vectors/transformers/tables.json';

const cpu = await Sampler.create({ backend: 'cpu', cpu: 'reference' });

/** The float32 values of patterns in hexadecimal. */
function valuesOf(bits: string): Float32Array {
  return new Float32Array(Uint32Array.from(bits.match(/.{8}/g)!, (each) => Number.parseInt(each, 16)).buffer);
}

describe.each(vectors.tables)('the table of $name', ({ options, shape, stride, bits, exact }) => {
  const width = shape.at(-1)!;
  const draw = sinusoidal(options as SinusoidalOptions).resolve(shape) as SinusoidalDraw;
  const elements = sinusoidalElements(draw);
  const one = new Uint32Array(1);
  const values = Float32Array.from({ length: bits.length / 8 }, (_, i) => {
    elements(i * stride, one);
    return new Float32Array(one.buffer)[0];
  });

  it('has the exact values, rounded once', () => {
    expect(values).toEqual(valuesOf(exact));
  });

  it('is that of the framework, but for the errors of its angles', () => {
    const theirs = valuesOf(bits);
    expect(theirs).toHaveLength(values.length);
    for (const [i, value] of values.entries()) {
      const position = Math.floor((i * stride) / width);
      const bound = 2 ** -24 + position * 2 ** -23;
      expect(Math.abs(value - theirs[i]), `element ${i * stride}`).toBeLessThanOrEqual(bound);
    }
  });
});

it('sines and cosines of large angles are those of mpmath', () => {
  const both = new Float64Array(2);
  for (const [angle, sine, cosine] of vectors.angles) {
    for (const sign of [1, -1]) {
      sinCos(sign * angle, both);
      expect(Math.abs(both[0] - sign * sine), `${angle}`).toBeLessThan(2 ** -51);
      expect(Math.abs(both[1] - cosine), `${angle}`).toBeLessThan(2 ** -51);
    }
  }
});

it('has the values that DISTRIBUTIONS.md gives', async () => {
  const bits = async (options: SinusoidalOptions, shape: number[]): Promise<string> => {
    const values = await (await cpu.fill(sinusoidal(options), shape)).float32();
    return Array.from(values.slice(-4), (x) => float32Bits(x).toString(16).padStart(8, '0')).join(' ');
  };
  expect(await bits({}, [8, 4])).toBe('3f283046 3d8f3e32 3f40ffbd 3f7f5f81');
  expect(await bits({ grid: [2, 3], extent: 1.5, zeroRows: 1 }, [7, 8])).toBe(
    '3f2e7fe1 3bf5c1f8 3f3b4ff6 3f7ffe28',
  );
});

it('is the same in every range, with any key, in chunks and in halves', async () => {
  const initializer = sinusoidal({ grid: [5, 7], zeroRows: 2, layout: 'interleaved' });
  const shape = [1, 37, 12];
  const whole = await (await cpu.fill(initializer, shape)).float32();
  const key = torchStateless.foldIn(torchStateless.key(5), 7); // It counts from another block.
  for (const [start, count] of [
    [0, 3],
    [5, 400],
    [443, 1],
    [27, 401],
  ]) {
    const part = await cpu.fill(initializer, shape, { seed: key, range: { start, count } });
    expect(await part.float32()).toEqual(whole.slice(start, start + count));
  }
  const half = await cpu.fill(initializer, shape, { dtype: 'bfloat16' });
  expect(await half.data()).toEqual(Uint16Array.from(whole, (x) => roundBits('bfloat16', float32Bits(x))));
});

it.each([
  [{}, [4], 'Sinusoidal needs a shape [1, ..., positions, width], got [4]'],
  [{}, [2, 4, 4], 'Sinusoidal needs a shape [1, ..., positions, width], got [2,4,4]'],
  [{}, [2 ** 20 + 1, 4], 'positions must be an integer in [0, 1048576], got 1048577'],
  [{}, [4, 2 ** 16 + 1], 'width must be an integer in [1, 65536], got 65537'],
  [{ grid: [2, 3] }, [7, 4], 'grid [2,3] with zeroRows 0 must make 7 positions, got 6'],
  [{ grid: [2, 3] }, [6, 6], 'width must be a multiple of 4 with a grid, got 6'],
  [{ endpoint: true }, [6, 2], 'width must be a multiple of 2, and at least 4, with endpoint, got 2'],
  [{ endpoint: true, grid: [2, 3] }, [6, 4], 'a multiple of 4, and at least 8, with endpoint, got 4'],
  [{ zeroRows: 3 }, [2, 4], 'zeroRows must be at most the 2 positions, got 3'],
] as [SinusoidalOptions, number[], string][])('%j of %j', (options, shape, message) => {
  expect(() => sinusoidal(options).resolve(shape)).toThrow(message);
});

it.each([
  [{ layout: 'half' }, 'layout must be one of halves, interleaved, got "half"'],
  [{ endpoint: 1 }, 'endpoint must be true or false, got 1'],
  [{ max_period: 0.5 }, 'max_period must be a number in [1, 1e300], got 0.5'],
  [{ max_period: null }, 'max_period must be a finite number, got null'],
  [{ grid: [2] }, 'grid must be null or an array of a height and a width, got [2]'],
  [{ grid: [0, 2] }, 'grid[0] must be an integer in [1, 1048576], got 0'],
  [{ extent: 0 }, 'extent must be null or a number in (0, 1048576], got 0'],
  [{ zero_rows: -1 }, 'zero_rows must be an integer in [0, 1048576], got -1'],
] as [Config, string][])('%j', (config, message) => {
  expect(() => get({ class_name: 'Sinusoidal', config })).toThrow(message);
});

it('is no part of a tensor', async () => {
  await expect(cpu.fill([{ initializer: 'sinusoidal', shape: [4, 2] }], [8])).rejects.toThrow(
    'cannot be filled by Sinusoidal',
  );
});
