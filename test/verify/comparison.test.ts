import { describe, expect, it } from 'vitest';
import { type Dtype, initializers, type MathMode, Sampler } from '../../src/index';
import { Comparison, isBitwise } from '../../src/verify/comparison';

const cpu = await Sampler.create({ backend: 'cpu', cpu: 'reference' });

interface Given {
  readonly initializer?: string;
  readonly shape?: number[];
  readonly dtype?: Dtype;
  readonly math?: MathMode;
}

/** A tensor's comparison, and its exact bytes twice: to be changed, and as they are. */
async function given({ initializer = 'random_normal', shape = [64], dtype, math = 'exact' }: Given) {
  const instance = initializers.get(initializer);
  const options = { seed: 5, dtype };
  const comparison = new Comparison(cpu.check(instance, shape, options), math);
  const { buffer } = await (await cpu.fill(instance, shape, options)).data();
  return { comparison, got: new Uint8Array(buffer.slice(0)), want: new Uint8Array(buffer) };
}

describe('a comparison', () => {
  it.each<Dtype>(['float32', 'float16', 'bfloat16', 'uint32'])(
    'names the first wrong element of %s',
    async (dtype) => {
      const size = dtype === 'float32' || dtype === 'uint32' ? 4 : 2;
      const { comparison, got, want } = await given({
        initializer: dtype === 'uint32' ? 'bits' : undefined,
        dtype,
      });
      expect(comparison.firstMismatch(100, got, want)).toBeUndefined();
      for (let byte = got.length - 1; byte >= 0; byte--) {
        got[byte] ^= 1;
        expect(comparison.firstMismatch(100, got, want)?.element).toBe(100 + Math.floor(byte / size));
      }
    },
  );

  it('shows the values and their bits', async () => {
    const { comparison, got, want } = await given({ initializer: 'ones' });
    got[2] = 0;
    expect(comparison.firstMismatch(0, got, want)).toEqual({
      element: 0,
      got: '0.5 (0x3f000000)',
      want: '1 (0x3f800000)',
    });
  });

  it('takes exact elements from anywhere in memory', async () => {
    const { comparison, got, want } = await given({ dtype: 'bfloat16' });
    const shifted = new Uint8Array(want.length + 1);
    shifted.set(want, 1);
    expect(comparison.firstMismatch(0, got, shifted.subarray(1))).toBeUndefined();
  });

  it.each<[string, Given]>([
    ['native math', { math: 'native' }],
    ['an orthogonal', { initializer: 'orthogonal', shape: [8, 8] }],
  ])('gives %s its bound and no more', async (_, tensor) => {
    const { comparison, got, want } = await given(tensor);
    got[4 * 7] ^= 1;
    expect(comparison.firstMismatch(0, got, want)).toBeUndefined();
    got[4 * 9 + 3] ^= 0x80;
    expect(comparison.firstMismatch(0, got, want)?.element).toBe(9);
  });

  it('gives exact math and words no bound', async () => {
    for (const tensor of [{}, { initializer: 'bits', math: 'native' }] as const) {
      const { comparison, got, want } = await given(tensor);
      got[4 * 7] ^= 1;
      expect(comparison.firstMismatch(0, got, want)?.element).toBe(7);
    }
  });
});

it('only matrices that are computed whole, and native math, depend on the device', () => {
  const [orthogonal, eye, normal] = ['orthogonal', 'identity', 'random_normal'].map((name) =>
    initializers.get(name).resolve([4, 4]),
  );
  expect([orthogonal, eye, normal].map((draw) => isBitwise(draw, 'exact'))).toEqual([false, true, true]);
  expect(isBitwise(normal, 'native')).toBe(false);
});
