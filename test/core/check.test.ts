import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { knownKeys, readArray } from '../../src/core/check';
import { ArgumentError } from '../../src/core/errors';
import { elementCount } from '../../src/core/shape';
import { watchOf } from '../../src/core/watch';

const revoked = (target: object): object => {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
};

/** Each read of `key` gives the next value. */
function changing<T extends object>(object: T, key: PropertyKey, ...values: unknown[]): T {
  return Object.defineProperty(object, key, { get: () => values.shift(), enumerable: true });
}

describe('knownKeys', () => {
  it('copies what it reads once', () => {
    const given = changing({ b: 2 }, 'a', 1, 'another');
    const copy = knownKeys('options', given, ['a', 'b', 'c']);
    expect([copy.a, copy.a, copy]).toEqual([1, 1, { a: 1, b: 2 }]);
  });

  it('takes options from everywhere: a class, another realm, no prototype', () => {
    class Options {
      get a(): number {
        return 1;
      }
    }
    expect(knownKeys('options', new Options(), ['a'])).toEqual({ a: 1 });
    expect(knownKeys('options', runInNewContext('({ a: 1 })'), ['a'])).toEqual({ a: 1 });
    expect(knownKeys('options', Object.assign(Object.create(null), { a: 1 }), ['a'])).toEqual({ a: 1 });
  });

  it.each<[unknown, string]>([
    [new Map([['a', 1]]), 'options must be an object, got [object Map]'],
    [Promise.resolve({ a: 1 }), 'options must be an object, got [object Promise]'],
    [new Float32Array(2 ** 24), 'options must be an object, got [object Float32Array]'],
    [Object('x'.repeat(1e7)), 'options must be an object, got [object String]'],
    [null, 'options must be an object, got null'],
  ])('refuses %#, whose content would be lost', (value, message) => {
    expect(() => knownKeys('options', value, ['a'])).toThrow(new ArgumentError(message));
  });

  it('has what a getter throws as the cause', () => {
    const own = new Error('mine');
    const get = (): never => {
      throw own;
    };
    const values = [
      Object.defineProperty({}, 'a', { get, enumerable: true }),
      new Proxy({}, { ownKeys: get }),
    ];
    for (const value of values) {
      let caught: unknown;
      try {
        knownKeys('options', value, ['a']);
      } catch (error) {
        caught = error;
      }
      expect(caught).toBeInstanceOf(ArgumentError);
      expect((caught as Error).message).toMatch(/^options must be readable/);
      expect((caught as Error).cause).toBe(own);
    }
    for (const value of [revoked({}), Object.create(revoked({}))])
      expect(() => knownKeys('options', value, ['a'])).toThrow(ArgumentError);
  });
});

describe('readArray', () => {
  const asIs = (element: unknown): unknown => element;

  it('reads each element once, and asks no iterator', () => {
    const list = changing([0, 2], 0, 1, 'another');
    list[Symbol.iterator] = () => {
      throw new Error('nobody may call this');
    };
    const copy = readArray('list', list, 'an array', asIs);
    expect(copy).toEqual([1, 2]);
  });

  it('stops at the first element that is refused, however many follow', () => {
    const check = (element: unknown, name: string): never => {
      throw new ArgumentError(`${name} is ${String(element)}`);
    };
    expect(() => readArray('list', Array(2 ** 22), 'an array', check)).toThrow('list[0] is undefined');
    expect(() => elementCount(Array(2 ** 32 - 1))).toThrow(ArgumentError);
  });

  it.each([2 ** 22 + 1, 2 ** 53 - 1, Infinity, NaN, -1, 3n, '3', Symbol('3'), { valueOf: revoked }])(
    'refuses a Proxy that says it has %s elements',
    (length) => {
      const list = new Proxy([], { get: (_, key) => (key === 'length' ? length : 1) });
      expect(() => readArray('list', list, 'an array', asIs)).toThrow(
        /^the length of list must be an integer in \[0, 4194304\], got /,
      );
    },
  );

  it('refuses a revoked Proxy', () => {
    expect(() => readArray('list', revoked([]), 'an array', asIs)).toThrow(/^list must be readable/);
    expect(() => elementCount(revoked([]) as never)).toThrow(ArgumentError);
    expect(() => elementCount([revoked({})] as never)).toThrow(/^shape\[0\] must be an integer/);
  });
});

describe('watchOf', () => {
  it('takes signals of this realm, and what has their members', () => {
    const { signal } = new AbortController();
    const onProgress = (): void => {};
    expect(watchOf({})).toEqual({});
    expect(watchOf({ signal, onProgress })).toEqual({ signal, onProgress });
    const foreign = runInNewContext(
      '({ aborted: false, reason: undefined, throwIfAborted() {}, addEventListener() {} })',
    );
    expect(watchOf({ signal: foreign }).signal).toBe(foreign);
  });

  it.each<[object, RegExp]>([
    [{ signal: { aborted: true } }, /^signal must be an AbortSignal, got \{"aborted":true\}$/],
    [{ signal: new AbortController() }, /^signal must be an AbortSignal, got/],
    [{ signal: null }, /^signal must be an AbortSignal, got null$/],
    [{ signal: revoked({}) }, /^signal must be readable/],
    [{ onProgress: 5 }, /^onProgress must be a function, got 5$/],
    [{ onProgress: null }, /^onProgress must be a function, got null$/],
  ])('refuses %#', (options, message) => {
    expect(() => watchOf(options as never)).toThrow(ArgumentError);
    expect(() => watchOf(options as never)).toThrow(message);
  });
});
