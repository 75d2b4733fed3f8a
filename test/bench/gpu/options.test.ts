import { describe, expect, it } from 'vitest';
import { parseGpuOptions } from '../../../bench/gpu/options';
import { ArgumentError } from '../../../src/core/errors';

describe('the options of bench --gpu', () => {
  it('measure every part within 6 minutes where nothing is said', () => {
    expect(parseGpuOptions(['--gpu'])).toEqual({
      minutes: 6,
      parts: ['contract', 'kernels', 'orthogonal', 'models', 'frameworks', 'large'],
      log2: undefined,
      adapter: undefined,
      allowCpu: false,
      json: undefined,
      out: undefined,
      pack: undefined,
    });
  });

  it('are taken as they are given, the parts in the order of a run', () => {
    const words =
      '--gpu --minutes 0.5 --only large,contract --log2 16,18 --adapter H200 --allow-cpu --json a.json';
    expect(parseGpuOptions(words.split(' '))).toMatchObject({
      minutes: 0.5,
      parts: ['contract', 'large'],
      log2: [16, 18],
      adapter: 'H200',
      allowCpu: true,
      json: { file: 'a.json' },
    });
    expect(parseGpuOptions(['--gpu', '--log2', '20'])!.log2).toEqual([20, 20]);
    expect(parseGpuOptions(['--gpu', '--pack', '--platform', 'win32-x64'])!.pack).toBe('win32-x64');
    expect(parseGpuOptions(['--gpu', '--pack'])!.pack).toContain(process.platform);
  });

  it('give way to help', () => {
    expect(parseGpuOptions(['--gpu', '--help'])).toBeUndefined();
  });

  it.each([
    [['--minutes', '0'], '--minutes must be a number in (0, 1440], got "0"'],
    [['--minutes', 'six'], '--minutes must be a number in (0, 1440], got "six"'],
    [['--minutes='], '--minutes'],
    [['--only', 'kernel'], '--only must be of contract, kernels'],
    [['--log2', '24,26,28'], '--log2 must be one or two whole numbers in [12, 30], such as 24,28'],
    [['--log2', '2.5'], '--log2'],
    [['--log2', '31'], '--log2'],
    [['--platform', 'linux-x64'], '--platform is for --pack'],
    [['--pack', '--platform', 'linux'], '--platform must be one of linux-x64'],
    [['--quick'], '--quick'],
    [['--pack=yes'], '--pack takes no value'],
  ])('refuse %j', (words, reason) => {
    expect(() => parseGpuOptions(['--gpu', ...words])).toThrow(ArgumentError);
    expect(() => parseGpuOptions(['--gpu', ...words])).toThrow(reason);
  });
});
