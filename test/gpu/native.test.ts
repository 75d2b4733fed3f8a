import { expect, it } from 'vitest';
import { type Draw, type Dtype, Sampler } from '../../src/index';
import { describeGpu } from '../harness/describe';
import { fillBytes } from '../harness/request';

describeGpu("math 'native' on the GPU", (runner) => {
  const fill = async (draw: Draw, dtype: Dtype): Promise<[Uint8Array, Uint8Array]> => {
    const request = { initializer: { draw }, shape: [100_003], dtype, seed: '12', math: 'native' } as const;
    return [
      await runner().fill(request),
      await fillBytes(await Sampler.create({ backend: 'cpu', cpu: 'reference' }), request),
    ];
  };

  it('has the same normals within what WGSL allows log, sqrt, sin and cos', async () => {
    const [gpu, cpu] = await fill({ kind: 'normal', mean: 0, stddev: 1 }, 'float32');
    const [a, b] = [gpu, cpu].map((bytes) => new Float32Array(bytes.buffer, bytes.byteOffset));
    // 2^-11 of sin and cos times the radius, and some for log and sqrt.
    expect(a.reduce((worst, z, i) => Math.max(worst, Math.abs(z - b[i])), 0)).toBeLessThan(5e-3);
    // Conforming drivers are usually far better.
    expect(a.reduce((sum, z, i) => sum + (z - b[i]) ** 2, 0) / a.length).toBeLessThan(1e-6);
  });

  it('keeps truncated normals inside their bounds, in every dtype', async () => {
    const draw: Draw = { kind: 'truncated_normal', mean: 0, stddev: 1, lower: -1, upper: 2 };
    const [gpu] = await fill(draw, 'float32');
    const values = new Float32Array(gpu.buffer, gpu.byteOffset);
    expect(values.reduce((least, z) => Math.min(least, z), 0)).toBeGreaterThan(-1);
    expect(values.reduce((most, z) => Math.max(most, z), 0)).toBeLessThan(2);
    const [half] = await fill(draw, 'bfloat16');
    const patterns = new Uint16Array(half.buffer, half.byteOffset);
    // Below 2 = 0x4000, and of the negative ones above -1 = 0xbf80.
    expect(patterns.every((bits) => bits < 0x4000 || (bits >= 0x8000 && bits < 0xbf80))).toBe(true);
  });
});
