import { describe, expect, it } from 'vitest';
import { parseOptions } from '../../../bench/throughput/options';
import { ArgumentError } from '../../../src/core/errors';

describe('the options of bench', () => {
  it('measure everything into out/bench where nothing is said', () => {
    const options = parseOptions([])!;
    expect(options).toMatchObject({
      quick: false,
      coldStart: true,
      bundleSize: true,
      hosts: undefined,
      json: undefined,
      out: 'out/bench',
    });
    expect(options.cases.map(({ name }) => name)).toContain('orthogonal/float32/512x512');
  });

  it.each([
    [['--json'], { file: undefined }],
    [['--json', '--quick'], { file: undefined }],
    [['--json', 'a.json'], { file: 'a.json' }],
    [['--json=a=b.json', '--quick'], { file: 'a=b.json' }],
  ])('take the file of %j', (words, json) => {
    const options = parseOptions(words)!;
    expect(options.json).toEqual(json);
    expect(options.quick).toBe(words.includes('--quick'));
  });

  it('choose cases by parts of their names and by size', () => {
    const { cases, coldStart, bundleSize } = parseOptions(['--only', 'bits,cold', '--quick'])!;
    expect(cases.map(({ name }) => name)).toEqual(['bits/uint32/small', 'bits/uint32/1M', 'bits/streams/1M']);
    expect([coldStart, bundleSize]).toEqual([true, false]);
    const small = parseOptions(['--only', 'bits', '--size', 'small'])!;
    expect(small.cases.map(({ name }) => name)).toEqual(['bits/uint32/small']);
    expect([small.coldStart, small.bundleSize]).toEqual([false, false]);
  });

  it('give way to help', () => {
    expect(parseOptions(['--help'])).toBeUndefined();
    expect(parseOptions(['-h'])).toBeUndefined();
  });

  it.each([
    [['--fast'], '--fast'],
    [['--json', 'a.json', '--json'], '--json is given twice'],
    [['--json='], '--json'],
    [['--quick=yes'], '--quick takes no value'],
    [['--quick', '--quick'], 'twice'],
    [['--size', 'huge'], 'small, 16M, gpt2, 256M'],
    [['--size', '16M', '--quick'], 'small, 1M'],
    [['--only', 'weibull'], 'weibull'],
    [['--only', ','], '--only needs a name'],
    [['--host'], '--host needs a value'],
    [['a.json'], 'a.json'],
    [['--json', 'a.json', 'b.json'], 'b.json'],
  ])('refuse %j', (words, reason) => {
    expect(() => parseOptions(words)).toThrow(ArgumentError);
    expect(() => parseOptions(words)).toThrow(reason);
  });
});
