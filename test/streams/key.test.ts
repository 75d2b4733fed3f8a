import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { ArgumentError } from '../../src/core/errors';
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
  });

  it('gives every integer a stream of its own, which is not that of its digits', () => {
    const integers = [0, 1, 3, 255, 2 ** 31, 2 ** 32 - 1, 2 ** 32, 2 ** 53 - 1, 2n ** 63n, 2n ** 64n - 1n];
    const keys = integers.flatMap((n) => [key.fold(n), key.fold(String(n))]);
    expect(new Set(keys.map(({ value }) => value)).size).toBe(2 * integers.length);
    for (const n of [0, 3, 2 ** 32, 2 ** 53 - 1]) expect(key.fold(BigInt(n)).value).toBe(key.fold(n).value);
    expect(key.fold(1).fold(2).value).not.toBe(key.fold(2).fold(1).value);
  });

  it('never changes for integers either', () => {
    const hex = (n: number | bigint): string => key.fold(n).value.toString(16);
    expect([hex(0), hex(3), hex(2n ** 64n - 1n)]).toEqual([
      'ae68697699cf4594',
      'b9543070563f6151',
      '22feac170da0ad39',
    ]);
  });

  it.each([
    -1,
    -1n,
    -0,
    2n ** 64n,
    2 ** 53,
    1.5,
    NaN,
    Infinity,
    null,
    undefined,
    true,
    {},
    ['a'],
    Key.from(1),
  ])('refuses %s', (by) => {
    expect(() => key.fold(by as never)).toThrow(
      /^fold takes a name, or an integer in \[0, 2\^64\), got [^\n]*$/,
    );
  });
});

describe('key.split', () => {
  const key = Key.from(42);
  const valuesOf = (keys: readonly Key[]): bigint[] => keys.map(({ value }) => value);

  it('gives keys that nothing else gives', () => {
    const children = valuesOf(key.split(1000));
    const others = [key, ...Array.from({ length: 1000 }, (_, i) => [key.fold(i), key.fold(`${i}`)]).flat()];
    expect(new Set([...children, ...valuesOf(others)]).size).toBe(3001);
    expect(
      new Set(valuesOf([...key.split(2), ...Key.from(43).split(2), ...key.split(1)[0].split(2)])).size,
    ).toBe(6);
  });

  it('begins as a shorter split does', () => {
    expect(valuesOf(key.split(5)).slice(0, 3)).toEqual(valuesOf(key.split(3)));
    expect(key.split(0)).toEqual([]);
  });

  it('never changes', () => {
    const [first, , third] = key.split(3);
    expect([first.value.toString(16), third.value.toString(16)]).toEqual([
      'c923d0c852e2ee0c',
      '6530ce7837586e6a',
    ]);
  });

  it('is bounded', () => {
    const begin = performance.now();
    expect(key.split(65_536)).toHaveLength(65_536);
    expect(performance.now() - begin).toBeLessThan(5000);
    for (const count of [-1, 1.5, NaN, 65_537, 1e9, Infinity, '2', 2n, null, undefined, {}])
      expect(() => key.split(count as never)).toThrow(
        /^the number of keys of a split must be an integer in \[0, 65536\], got /,
      );
  });
});

describe('Key.random', () => {
  it('gives another key each time, in all of its bits', () => {
    const keys = Array.from({ length: 64 }, () => Key.random());
    expect(new Set(keys.map(({ value }) => value)).size).toBe(64);
    // That a bit is the same in 64 keys has a probability of 2^-63.
    expect(keys.reduce((all, { value }) => all | value, 0n)).toBe(2n ** 64n - 1n);
    expect(keys.reduce((all, { value }) => all & value, 2n ** 64n - 1n)).toBe(0n);
    expect(Key.from(keys[0])).toBe(keys[0]);
  });
});

describe('a Key as data', () => {
  const key = Key.from(0x0123456789abcdefn).fold('a');
  const posted = async (value: unknown): Promise<unknown> => {
    const { port1, port2 } = new MessageChannel();
    const arrived = new Promise((resolve) => (port2.onmessage = ({ data }) => resolve(data)));
    port1.postMessage(value);
    const data = await arrived;
    port1.close();
    return data;
  };

  it('survives JSON, a structured clone and postMessage', async () => {
    const copies = [
      JSON.parse(JSON.stringify(key)),
      structuredClone(key),
      structuredClone({ deep: [key] }).deep[0],
      await posted(key),
      { ...key },
      Object.assign(Object.create(null), key),
      Object.freeze({ hi: key.hi, lo: key.lo }),
      runInNewContext(`(${JSON.stringify(key)})`),
      new Proxy({ ...key }, {}),
    ];
    for (const copy of copies) {
      expect(copy).not.toBeInstanceOf(Key);
      const again = Key.from(copy as Key);
      expect(again).toBeInstanceOf(Key);
      expect(again.value).toBe(key.value);
      expect(again.fold('b').value).toBe(key.fold('b').value);
    }
    for (const end of [0n, 2n ** 64n - 1n, 2n ** 32n])
      expect(Key.from(structuredClone(Key.from(end))).value).toBe(end);
  });

  it.each<[string, unknown]>([
    ['half', { lo: 1 }],
    ['the other half', { hi: 1 }],
    ['more', { lo: 1, hi: 2, name: 'x' }],
    ['a symbol more', { lo: 1, hi: 2, [Symbol('x')]: 1 }],
    ['a hidden property more', Object.defineProperty({ lo: 1, hi: 2 }, 'x', { value: 1 })],
    ['text', { lo: '1', hi: '2' }],
    ['BigInts', { lo: 1n, hi: 2n }],
    ['null', { lo: null, hi: 2 }],
    ['a fraction', { lo: 0.5, hi: 2 }],
    ['a negative word', { lo: 1, hi: -1 }],
    ['-0', { lo: -0, hi: 2 }],
    ['a word of 33 bits', { lo: 2 ** 32, hi: 0 }],
    ['NaN', { lo: NaN, hi: 0 }],
    [
      'a getter',
      {
        lo: 1,
        get hi() {
          throw new Error('nobody may call this');
        },
      },
    ],
  ])('is refused with %s, and the message says what it has', (_, data) => {
    expect(() => Key.from(data as never)).toThrow(ArgumentError);
    expect(() => Key.from(data as never)).toThrow(
      /^seed must be an integer in \[0, 2\^64\), got \{[^\n]*\} \(a Key as data has the words lo and hi alone, integers in \[0, 2\^32\)\)$/,
    );
  });

  it('is refused as a list, as text, and as an object of a class', () => {
    class Own {
      lo = 1;
      hi = 2;
    }
    const others = [
      [1, 2],
      JSON.stringify(key),
      new Map(Object.entries({ lo: 1, hi: 2 })),
      new Own(),
      Object.create({ lo: 1, hi: 2 }),
      {},
    ];
    for (const other of others)
      expect(() => Key.from(other as never)).toThrow(/^seed must be an integer in \[0, 2\^64\), got [^(]*$/);
  });

  it('is read once', () => {
    const target = { lo: 1, hi: 2 };
    let reads = 0;
    const changing = new Proxy(target, {
      getOwnPropertyDescriptor: (_, name) => ({
        value: name === 'lo' ? reads++ : 0,
        configurable: true,
        enumerable: true,
        writable: true,
      }),
      get: () => {
        throw new Error('nobody may call this');
      },
    });
    expect(Key.from(changing).value).toBe(0n);
    expect(reads).toBe(1);
  });
});
