import { describe, expect, it } from 'vitest';
import { type Draw, Sampler } from '../../../src/index';

const cpu = await Sampler.create({ backend: 'cpu', cpu: 'reference' });

async function values(draw: Draw, math: 'exact' | 'native'): Promise<Float32Array> {
  const initializer = { className: 'Draw', resolve: () => draw, getConfig: () => ({}) };
  return (await (await cpu.fill(initializer, [200_000], { seed: 6, math })).data()) as Float32Array;
}

describe("math 'native' on the CPU", () => {
  it('is float64 of the same words: within 2^-21 of the exact normals', async () => {
    const draw = { kind: 'normal', mean: 0, stddev: 1 } as const;
    const [exact, native] = [await values(draw, 'exact'), await values(draw, 'native')];
    expect(exact.reduce((worst, z, i) => Math.max(worst, Math.abs(z - native[i])), 0)).toBeLessThan(2 ** -21);
  });

  it('keeps truncated normals inside their bounds', async () => {
    const native = await values(
      { kind: 'truncated_normal', mean: 1, stddev: 0.5, lower: -2, upper: 0.25 },
      'native',
    );
    expect(native.reduce((a, b) => Math.min(a, b))).toBeGreaterThan(0);
    expect(native.reduce((a, b) => Math.max(a, b))).toBeLessThan(1.125);
  });
});
