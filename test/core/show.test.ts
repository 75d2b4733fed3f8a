import { runInNewContext } from 'node:vm';
import { describe, expect, it, vi } from 'vitest';
import { show } from '../../src/core/errors';

const throws = (): never => {
  throw new Error('nobody may call this');
};

describe('show', () => {
  it.each<[unknown, string]>([
    [undefined, 'undefined'],
    [null, 'null'],
    [true, 'true'],
    [-0, '-0'],
    [NaN, 'NaN'],
    [1e21, '1e+21'],
    [2n ** 64n, '18446744073709551616'],
    ['a "b"\n', String.raw`"a \"b\"\n"`],
    [Symbol('s'), 'Symbol(s)'],
    [Symbol(), 'Symbol()'],
    [show, 'function show'],
    [() => 1, 'a function'],
    [[1, [2, 'x'], null], '[1,[2,"x"],null]'],
    [[, 1], '[null,1]'],
    [{ a: 1, b: { c: [] } }, '{"a":1,"b":{"c":[]}}'],
    [[NaN, -0, 5n, Symbol('s')], '[NaN,-0,5,Symbol(s)]'],
    [Object.create(null), '{}'],
    [new Map([[1, 2]]), '[object Map]'],
    [new Float32Array(2), '[object Float32Array]'],
    [new Date(NaN), '[object Date]'],
    [runInNewContext('({ a: [1] })'), '{"a":[1]}'],
    [
      { toJSON: throws, toString: throws, x: 1 },
      '{"toJSON":function throws,"toString":function throws,"x":1}',
    ],
    [Object.defineProperty({}, 'a', { get: throws, enumerable: true }), '{"a":a getter}'],
    [Object.defineProperty(() => 1, 'name', { get: throws }), 'a function'],
    [Object.defineProperty(() => 1, 'name', { value: 'a\nb' }), String.raw`function a\u000ab`],
    [Symbol('a\u2028b\u202ec\x7f'), String.raw`Symbol(a\u2028b\u202ec\u007f)`],
    ['a\u2028\u0085b', String.raw`"a\u2028\u0085b"`],
    ['\ud800', String.raw`"\ud800"`],
    [Symbol('\udc00'), String.raw`Symbol(\udc00)`],
    [10n ** 1_000_000n, '2^256 or more'],
    [-(2n ** 256n), '-2^256 or less'],
  ])('of %# is one line', (value, text) => {
    expect(show(value)).toBe(text);
  });

  it('cuts a long value, but no character', () => {
    expect(show('x'.repeat(78))).toBe(`"${'x'.repeat(78)}"`);
    expect(show('x'.repeat(79))).toBe(`"${'x'.repeat(76)}...`);
    expect(show(`${'x'.repeat(75)}\u{1f600}xxxxx`)).toBe(`"${'x'.repeat(75)}...`);
    expect(show(Array.from({ length: 40 }, () => 1))).toBe(`[${'1,'.repeat(38)}...`);
    expect(show(2n ** 256n - 1n)).toHaveLength(78);
  });

  it('shows a revoked Proxy and one that throws', () => {
    for (const target of [{}, [], () => 1]) {
      const { proxy, revoke } = Proxy.revocable(target, {});
      revoke();
      expect(show(proxy)).toBe('a value that cannot be read');
      expect(show([proxy])).toBe('a value that cannot be read');
    }
    expect(show(new Proxy({}, { ownKeys: throws }))).toBe('a value that cannot be read');
  });

  it('looks at no more than it shows', () => {
    const cycle: unknown[] = [];
    cycle.push(cycle);
    let deep: unknown = 1;
    for (let i = 0; i < 1e6; i++) deep = { deep };
    const get = vi.fn<(target: object, key: PropertyKey) => PropertyDescriptor>(() => ({
      value: 7,
      configurable: true,
      enumerable: true,
      writable: true,
    }));
    const endless = new Proxy([] as number[], {
      get: (target, key) => (key === 'length' ? 2 ** 32 - 1 : Reflect.get(target, key)),
      getOwnPropertyDescriptor: get,
    });
    const values = [
      new Float32Array(2 ** 24),
      Array(2 ** 32 - 1),
      Array(1e6).fill('y'.repeat(1e6)),
      cycle,
      deep,
      'x'.repeat(1e8),
      Symbol('x'.repeat(1e8)),
      Object('x'.repeat(1e6)),
      { [Symbol.toStringTag]: 'x'.repeat(1e6) },
      10n ** 1_000_000n,
      new Set(Array(1e5).keys()),
      endless,
    ];
    const begin = performance.now();
    for (const value of values) expect(show(value).length).toBeLessThanOrEqual(80);
    expect(performance.now() - begin).toBeLessThan(2000);
    expect(get.mock.calls.length).toBeLessThan(81);
  });

  it('cuts an object of a million keys', () => {
    const wide = Object.fromEntries(Array.from({ length: 1e6 }, (_, i) => [`k${i}`, i]));
    const begin = performance.now();
    expect(show(wide)).toMatch(/^\{"k0":0,.*\.\.\.$/);
    expect(performance.now() - begin).toBeLessThan(10_000);
  });
});
