import { describe, expect, it } from 'vitest';
import { ArgumentError, initializers, Key, Sampler } from '../../src/index';
import { addNoise, dropout, prepareDropout, prepareNoise } from '../../src/operations';
import { planElements } from '../../src/operations/elementwise/plan';

const cpu = await Sampler.create({ backend: 'cpu', cpu: 'reference' });

describe('dropout', () => {
  it('drops an element where its word is below the rate, and scales all others', async () => {
    const key = Key.from(42).fold(7).fold('layer_0');
    const count = 2000;
    const words = await (await cpu.fill('bits', [count], { seed: key })).data();
    const input = Float32Array.from({ length: count }, (_, i) => (i - 1000) / 7);
    for (const rate of [0, 0.25, 1 / 3, 0.9]) {
      const options = { rate, seed: 42, name: 'layer_0', step: 7 };
      const output = await (await dropout(cpu, input, options)).data();
      const scale = Math.fround(1 / (1 - rate));
      const expected = Array.from(input, (x, i) => (words[i] / 2 ** 32 < rate ? 0 : Math.fround(x * scale)));
      expect([...output]).toEqual(expected);
    }
  });

  it('keeps the sum on average, and drops the share that was asked for', async () => {
    const count = 200_000;
    for (const rate of [0.1, 0.5]) {
      const ones = new Float32Array(count).fill(1);
      const output = (await (await dropout(cpu, ones, { rate, seed: 3 })).data()) as Float32Array;
      const dropped = output.filter((y) => y === 0).length;
      expect(Math.abs(dropped - rate * count)).toBeLessThan(5 * Math.sqrt(count * rate * (1 - rate)));
    }
  });

  it('of a part is that part of the whole, and the gradient has the same mask', async () => {
    const options = { rate: 0.4, seed: 5, name: 'w' };
    const input = Float32Array.from({ length: 300 }, (_, i) => i + 1);
    const whole = [...(await (await dropout(cpu, input, options)).data())];
    const part = await dropout(cpu, input.subarray(101), { ...options, firstElement: 101 });
    expect([...(await part.data())]).toEqual(whole.slice(101));
    const gradient = await dropout(cpu, new Float32Array(300).fill(1), options);
    expect(Array.from(await gradient.data(), (y) => y === 0)).toEqual(whole.map((y) => y === 0));
  });

  it('keeps what is infinite or no number, and drops it to zero', async () => {
    const special = [NaN, Infinity, -Infinity, 3e38, -0];
    const input = Float32Array.from({ length: 500 }, (_, i) => special[i % 5]);
    const output = await (await dropout(cpu, input, { rate: 0.5, seed: 1 })).data();
    const kinds = special.map((_, k) => new Set(Array.from(output).filter((_, i) => i % 5 === k)));
    expect(kinds).toEqual([
      new Set([NaN, 0]),
      new Set([Infinity, 0]),
      new Set([-Infinity, 0]),
      new Set([Infinity, 0]), // twice 3e38
      new Set([-0, 0]),
    ]);
  });

  it('writes to memory of the caller, also its own input', async () => {
    const input = Float32Array.of(1, 2, 3, 4, 5, 6);
    const options = { rate: 0.5, seed: 1 };
    const expected = [...(await (await dropout(cpu, input, options)).data())];
    const target = new Float32Array(9).fill(7);
    await dropout(cpu, input, { ...options, buffer: target, byteOffset: 8 });
    expect([...target]).toEqual([7, 7, ...expected, 7]);
    await dropout(cpu, input, { ...options, buffer: input });
    expect([...input]).toEqual(expected);
  });

  it.each([
    [{ rate: 1 }, 'rate must be a number in [0, 1), got 1'],
    [{ rate: -0.1 }, 'rate must be a number in [0, 1), got -0.1'],
    [{ rate: NaN }, 'rate must be a number in [0, 1), got NaN'],
    [{}, 'rate must be a number in [0, 1), got undefined'],
    [{ rate: 0.1, seed: undefined }, 'seed is missing: give an integer in [0, 2^64)'],
    [{ rate: 0.1, count: 9 }, 'input must have 9 elements, got 8'],
    [{ rate: 0.1, firstElement: 2 ** 53 - 1 }, `firstElement must be at most 2^53 - 8, got ${2 ** 53 - 1}`],
    [{ rate: 0.1, firstElement: -1 }, 'firstElement must be an integer in [0, 2^53), got -1'],
    [{ rate: 0.1, dtype: 'uint32' }, /^dtype must be/],
    [{ rate: 0.1, rat: 1 }, /^options has the unknown key "rat"/],
    [{ rate: 0.1, buffer: new Float32Array(7) }, /^buffer must have at least 32 bytes/],
  ])('refuses %o', async (options, message) => {
    const call = dropout(cpu, new Float32Array(8), { seed: 1, ...options } as never);
    await expect(call).rejects.toThrow(ArgumentError);
    await expect(call).rejects.toThrow(message);
  });

  it('refuses to write over elements that it has not read', async () => {
    const memory = new Float32Array(20);
    const call = dropout(cpu, memory.subarray(0, 10), { rate: 0.5, seed: 1, buffer: memory.subarray(3) });
    await expect(call).rejects.toThrow('buffer must be the input from its start, or apart from it');
    await dropout(cpu, memory.subarray(0, 10), { rate: 0.5, seed: 1, buffer: memory.subarray(10) });
  });
});

describe('addNoise', () => {
  it('adds the normals of the key, in place, and rounds once', async () => {
    const count = 1000;
    const options = { seed: 42, name: 'image', step: 3 };
    const seed = Key.from(42).fold(3).fold('image');
    for (const [mean, stddev] of [
      [0, 1],
      [-2.5, 0.01],
      [7, 0],
    ]) {
      const draw = initializers.randomNormal({ mean, stddev });
      const noise = await (await cpu.fill(draw, [count], { seed })).data();
      const values = Float32Array.from({ length: count }, (_, i) => 10 ** ((i % 40) - 20));
      const expected = Array.from(values, (x, i) => Math.fround(x + noise[i]));
      const output = await addNoise(cpu, values, { ...options, mean, stddev });
      expect(output.buffer).toBe(values.buffer);
      expect([...values]).toEqual(expected);
    }
  });

  it('rounds halves on, and leaves what is infinite or no number', async () => {
    const halves = Uint16Array.of(0x3c00, 0x7c00, 0xfc00, 0x7e01, 0x0001);
    const output = await addNoise(cpu, halves, { stddev: 0, mean: 1, seed: 1 });
    expect(output.dtype).toBe('float16');
    expect([...halves]).toEqual([0x4000, 0x7c00, 0xfc00, 0x7e01, 0x3c00]);
  });

  it.each([
    [{ stddev: -1 }, /stddev must be a finite number >= 0, got -1/],
    [{ stddev: NaN }, /stddev must be a finite number >= 0, got NaN/],
    [{ stddev: 1, mean: Infinity }, 'mean must be a finite number, got Infinity'],
    [{ stddev: 3e38 }, /stddev/],
  ])('refuses %o, and changes nothing', async (options, message) => {
    const values = Float32Array.of(1, 2, 3);
    await expect(addNoise(cpu, values, { seed: 1, ...options })).rejects.toThrow(message);
    expect([...values]).toEqual([1, 2, 3]);
  });
});

it('what is prepared needs a GPU', async () => {
  const options = { rate: 0.1, stddev: 1, seed: 1 };
  const { stddev: _, ...dropping } = options;
  await expect(prepareDropout(cpu, {} as GPUBuffer, dropping as never)).rejects.toThrow(
    'prepareDropout needs the GPU backend, got cpu; use dropout',
  );
  const { rate: __, ...noise } = options;
  await expect(prepareNoise(cpu, {} as GPUBuffer, noise)).rejects.toThrow(
    'prepareNoise needs the GPU backend, got cpu; use addNoise',
  );
});

describe('the plan of a change', () => {
  const limits = {
    maxStorageBufferBindingSize: 1024,
    maxComputeWorkgroupsPerDimension: 2,
    minStorageBufferOffsetAlignment: 256,
  };

  it.each(['float32', 'float16'] as const)(
    'covers %s elements once, in bindings that the limits allow',
    (dtype) => {
      const size = dtype === 'float32' ? 4 : 2;
      const places = { byteOffset: 7 * size, bytes: 4 * Math.ceil(((7 + 5000) * size) / 4) };
      const input = { byteOffset: 100 * size, bytes: 4 * Math.ceil(((100 + 5000) * size) / 4) };
      const firstElement = 2 ** 34 + 6;
      let next = 0;
      for (const dispatch of planElements(5000, firstElement, dtype, places, input, limits)) {
        const [lo, hi, first, end, outputBase, inputBase] = dispatch.slots;
        expect(4 * (hi * 2 ** 32 + lo) + first).toBe(firstElement + next);
        for (const [window, base, from] of [
          [dispatch.output, outputBase | 0, places],
          [dispatch.input, inputBase | 0, input],
        ] as const) {
          expect(window.offset % 256).toBe(0);
          expect(window.size).toBeLessThanOrEqual(1024);
          expect(window.size % 4).toBe(0);
          expect(window.offset + size * (base + first)).toBe(from.byteOffset + size * next);
          expect(size * (base + end)).toBeLessThanOrEqual(window.size);
        }
        expect(dispatch.workgroups).toBeLessThanOrEqual(2);
        expect(dispatch.workgroups * 64 * (size === 2 ? 8 : 4)).toBeGreaterThanOrEqual(end);
        next += end - first;
      }
      expect(next).toBe(5000);
    },
  );
});
