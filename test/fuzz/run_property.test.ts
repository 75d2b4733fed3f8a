import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ArgumentError } from '../../src/index';
import { parseOptions } from './options';
import { outcomeOf } from './outcome';
import type { Property } from './property';
import { runProperty } from './run_property';

/** Broken by every list that holds a number from 1000 on. */
const small: Property<number[]> = {
  name: 'small',
  inputs: fc.array(fc.nat(100_000)),
  async check(list) {
    if (list.some((one) => one >= 1000)) throw new Error('a large number');
  },
};

describe('a property that is broken', () => {
  it('is reported with the smallest input that breaks it, and found again where it was', async () => {
    const { failure } = await runProperty(small, { seed: 5 });
    expect(failure).toMatchObject({ input: '[1000]', reason: expect.stringContaining('a large number') });
    const again = await runProperty(small, { seed: 5, path: failure!.path, runs: 1 });
    expect(again.failure?.input).toBe('[1000]');
  });

  it('is not found where it holds, and the inputs are counted', async () => {
    const holds = { ...small, check: async () => {} };
    expect(await runProperty(holds, { seed: 5, runs: 30 })).toEqual({ runs: 30 });
    expect((await runProperty(holds, { seed: 5, milliseconds: 50 })).failure).toBeUndefined();
  });
});

describe('an outcome', () => {
  const of = (error: unknown): Promise<unknown> =>
    outcomeOf(() => {
      throw error;
    });

  it('is a value, or the line of an error of the library’s', async () => {
    expect(await outcomeOf(() => 5)).toEqual({ value: 5 });
    expect(await of(new ArgumentError('no'))).toEqual({ refused: 'no' });
  });

  it('is a failure where the error is another, or its message no line', async () => {
    await expect(of(new TypeError('x is not a function'))).rejects.toThrow('x is not a function');
    await expect(of(new ArgumentError('a\nb'))).rejects.toThrow('several lines');
    await expect(of(new ArgumentError('x'.repeat(2000)))).rejects.toThrow('2000 characters');
    await expect(of(new ArgumentError(' '))).rejects.toThrow('without a message');
  });
});

describe('the options of npm run fuzz', () => {
  it('have defaults, the seed from the clock', () => {
    expect(parseOptions([], 2 ** 31 + 7)).toEqual({
      seed: 7,
      minutes: 1,
      parts: ['library', 'files', 'commands'],
      path: undefined,
    });
    expect(parseOptions(['--help'], 0)).toBeUndefined();
  });

  it.each([
    ['--seed', '-1'],
    ['--seed', '2147483648'],
    ['--minutes', '0'],
    ['--minutes', 'x'],
    ['--only', 'bytes'],
    ['--path', '1:2'],
    ['--only=files', '--path=x'],
    ['files'],
  ])('refuse %s %s', (...words) => {
    expect(() => parseOptions(words, 0)).toThrow(ArgumentError);
  });
});
