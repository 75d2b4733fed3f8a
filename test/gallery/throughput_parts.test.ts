import { describe, expect, it } from 'vitest';
import { binaryBytes, gigabytes } from '../../src/gallery/numbers';
import { fillsWithin, type Point, sweep } from '../../src/gallery/throughput/measure';
import { mostBytes, powerText, sizesUpTo } from '../../src/gallery/throughput/sizes';
import { isSoftwareAdapter, Sampler } from '../../src/index';
import { plural } from '../../src/text/numbers';

const MIB = 2 ** 20;

describe('the sizes of a sweep', () => {
  it('are powers of two, from 2^16 to what the bytes hold', () => {
    expect(sizesUpTo(MIB, 4)).toEqual([2 ** 16, 2 ** 17, 2 ** 18]);
    expect(sizesUpTo(MIB, 2)).toEqual([2 ** 16, 2 ** 17, 2 ** 18, 2 ** 19]);
    expect(sizesUpTo(MIB - 1, 4)).toEqual([2 ** 16, 2 ** 17]);
  });

  it('end at what the device binds, and at a small part of the memory', () => {
    const limits = { maxBufferSize: 256 * MIB, maxStorageBufferBindingSize: 128 * MIB };
    expect(mostBytes({ limits, memoryGiB: 8 })).toBe(128 * MIB);
    expect(mostBytes({ limits, memoryGiB: 0.5 })).toBe(64 * MIB);
    expect(mostBytes({ memoryGiB: 64 })).toBe(1024 * MIB);
    expect(mostBytes({})).toBe(512 * MIB);
  });
});

describe('sweep', () => {
  const fill = { initializer: 'random_normal', dtype: 'float32', bytesPerElement: 4 } as const;

  it('measures the CPU alone where there is no GPU', async () => {
    const points: Point[] = [];
    const shares: number[] = [];
    const { signal } = new AbortController();
    const cpu = await Sampler.create({ backend: 'cpu' });
    await sweep({
      gpu: undefined,
      cpu,
      fill,
      sizes: [2 ** 16, 2 ** 17],
      signal,
      onProgress: (share) => void shares.push(share),
      onPoint: (point) => void points.push(point),
    });
    expect(points.map(({ elements, bytes, gpu }) => [elements, bytes, gpu])).toEqual([
      [2 ** 16, 2 ** 18, undefined],
      [2 ** 17, 2 ** 19, undefined],
    ]);
    for (const {
      cpu: { seconds, fills },
    } of points)
      expect([seconds > 0, fills >= 3]).toEqual([true, true]);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
  });

  it('stops before the next fill', async () => {
    const controller = new AbortController();
    const cpu = await Sampler.create({ backend: 'cpu' });
    const points: Point[] = [];
    const run = sweep({
      gpu: undefined,
      cpu,
      fill,
      sizes: [2 ** 16, 2 ** 17, 2 ** 18],
      signal: controller.signal,
      onProgress: () => undefined,
      onPoint(point) {
        points.push(point);
        controller.abort();
      },
    });
    await expect(run).rejects.toMatchObject({ name: 'AbortError' });
    expect(points).toHaveLength(1);
  });
});

describe('words and numbers', () => {
  it('fills often where it is quick, and three times where it is slow', () => {
    expect([fillsWithin(0.0001), fillsWithin(0.05), fillsWithin(9)]).toEqual([15, 8, 3]);
  });

  it('are short', () => {
    expect([65536, 2 ** 28].map(powerText)).toEqual(['2¹⁶', '2²⁸']);
    expect([0, 1023, 1024, 2 ** 30, 1.5 * 2 ** 20].map(binaryBytes)).toEqual([
      '0 bytes',
      '1,023 bytes',
      '1 KiB',
      '1 GiB',
      '1.50 MiB',
    ]);
    expect([2_040_000, 1.234e9, 5.5e11].map(gigabytes)).toEqual(['0.002', '1.23', '550']);
    expect([plural(1, 'tensor'), plural(1480, 'tensor')]).toEqual(['1 tensor', '1,480 tensors']);
  });

  it('say which adapters are software', () => {
    const info = { vendor: '', architecture: '', device: '', description: '' };
    expect(isSoftwareAdapter({ ...info, vendor: 'google', architecture: 'swiftshader' })).toBe(true);
    expect(isSoftwareAdapter({ ...info, description: 'llvmpipe (LLVM 15.0.6, 256 bits)' })).toBe(true);
    expect(isSoftwareAdapter({ ...info, vendor: 'nvidia', architecture: 'ampere' })).toBe(false);
  });
});
