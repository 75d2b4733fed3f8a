import { describe, expect, it } from 'vitest';
import { Key } from '../../src/streams/key';

describe('Key.from', () => {
  it('puts the low word of the seed first', () => {
    const key = Key.from(0x0123456789abcdefn);
    expect([key.lo, key.hi]).toEqual([0x89abcdef, 0x01234567]);
  });

  it('takes numbers and BigInts alike', () => {
    for (const seed of [0, 1, 2 ** 32, Number.MAX_SAFE_INTEGER]) {
      expect(Key.from(seed).value).toBe(BigInt(seed));
      expect(Key.from(BigInt(seed)).value).toBe(BigInt(seed));
    }
    expect(Key.from(2n ** 64n - 1n).value).toBe(2n ** 64n - 1n);
  });

  it.each([-1, -1n, 2n ** 64n, 2 ** 53, 1.5, NaN, Infinity, -0, '42', null, undefined, true, {}])(
    'refuses %s with one line that names it',
    (seed) => {
      expect(() => Key.from(seed as never)).toThrow(/^seed must be an integer in \[0, 2\^64\), got .*$/);
    },
  );
});

describe('a Key', () => {
  it('is what Key.from makes, and nothing that looks like it', () => {
    const forged = Object.assign(Object.create(Key.prototype), { lo: 1, hi: 2 });
    expect(() => Key.from(forged)).toThrow(
      /^seed must be an integer in \[0, 2\^64\), got \{"lo":1,"hi":2\}$/,
    );
    expect(() => Key.from(Object.create(Key.prototype))).toThrow(/^seed must be an integer/);
    const made = Key.from(7);
    expect(Key.from(made)).toBe(made);
  });

  it('cannot change, and cannot be made of other words', () => {
    const key = Key.from(7);
    expect(() => Object.assign(key, { lo: 'x' })).toThrow(TypeError); // JavaScript's own, for a frozen object
    expect(key.value).toBe(7n);
    const Made = Key as unknown as new (lo: unknown, hi: unknown) => Key;
    for (const word of [-1, 0.5, 2 ** 32, NaN, 'x', 1n, Symbol('x')])
      expect(() => new Made(0, word)).toThrow(
        /^a word of a key must be an integer in \[0, 4294967295\], got /,
      );
    class Own extends Made {
      override fold(): Key {
        return this;
      }
    }
    expect(() => new Own(1, 2)).toThrow('Key cannot be extended');
  });
});

describe('key.fold', () => {
  const key = Key.from(42);

  it('gives every name a stream of its own', () => {
    const names = [
      '',
      'a',
      'b',
      'ab',
      'a\0',
      'kernel',
      'bias',
      'twelve bytes',
      'twelve bytes\0',
      'a longer name than one block',
    ];
    const values = new Set([key.value, ...names.map((name) => key.fold(name).value)]);
    expect(values.size).toBe(names.length + 1);
  });

  it('folds a path segment by segment', () => {
    expect(key.fold('encoder/layer_0/kernel').value).toBe(key.fold('encoder').fold('layer_0/kernel').value);
    expect(key.fold('a/b').value).not.toBe(key.fold('b/a').value);
    expect(key.fold('a/').value).not.toBe(key.fold('a').value);
  });

  it('depends on the parent', () => {
    expect(key.fold('a').value).not.toBe(Key.from(43).fold('a').value);
  });

  it('never changes: a change of these is a major version', () => {
    expect(key.fold('').value.toString(16)).toMatchInlineSnapshot(`"9807e02220439b04"`);
    expect(key.fold('encoder/layer_0/kernel').value.toString(16)).toMatchInlineSnapshot(`"d1fad204ae558ea0"`);
    expect(key.fold('größe/重み').value.toString(16)).toMatchInlineSnapshot(`"95e7d388180cc704"`);
  });

  it('takes a name of ten million segments, or of one', () => {
    const begin = performance.now();
    const many = key.fold('/'.repeat(1e7));
    const long = key.fold('x'.repeat(1e7));
    expect(performance.now() - begin).toBeLessThan(40_000);
    expect([many.value, long.value]).toMatchInlineSnapshot(`
      [
        14707473515983472455n,
        16613185744628946377n,
      ]
    `);
  }, 120_000);

  it('refuses what UTF-8 would merge', () => {
    expect(() => key.fold('\ud800')).toThrow(/well-formed/);
    expect(() => key.fold(7 as never)).toThrow(/a name must be a string.*got 7/);
  });
});
