import fc from 'fast-check';
import { DeviceError, Key } from '../../src/index';
import { streamNamed } from '../../src/streams/named';

/** A value that plain data cannot hold, by its name in MAKERS. */
export interface Hostile {
  readonly hostile: string;
}

/** What the caller's own code throws. The library passes it on, or makes an error of its own of it. */
export class CallerError extends Error {}

const throws = (): never => {
  throw new CallerError('thrown by the caller');
};
const traps = (target: object): unknown => new Proxy(target, { get: throws, ownKeys: throws, has: throws });
const revoked = (target: object): unknown => {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
};
/** An array whose element changes each time that it is read. */
const changing = (): unknown => {
  let reads = 0;
  return Object.defineProperty([0], 0, { get: () => ++reads, enumerable: true });
};
const cycle = (): unknown => {
  const object: Record<string, unknown> = {};
  object.self = object;
  return object;
};

/** What a caller may hand over by mistake or malice. Each call makes a new one. */
const MAKERS: Readonly<Record<string, () => unknown>> = {
  undefined: () => undefined,
  null: () => null,
  true: () => true,
  NaN: () => NaN,
  Infinity: () => Infinity,
  '-Infinity': () => -Infinity,
  '-0': () => -0,
  '-1': () => -1,
  '0.5': () => 0.5,
  '2^46': () => 2 ** 46, // as a size it is more than any backend takes, so nothing fills the memory
  '2^53 - 1': () => Number.MAX_SAFE_INTEGER,
  '2^53': () => 2 ** 53,
  '1e308': () => 1e308,
  '5e-324': () => 5e-324,
  '1n': () => 1n,
  '-1n': () => -1n,
  '2n^64': () => 2n ** 64n,
  '2n^100000': () => 2n ** 100_000n,
  'empty text': () => '',
  'digits as text': () => '42',
  'two lines': () => 'a\nb\r\u2028c',
  'lone surrogate': () => 'a\ud800',
  'long text': () => 'x'.repeat(1_000_000),
  __proto__: () => '__proto__',
  constructor: () => 'constructor',
  'a symbol': () => Symbol('hostile'),
  'a function': () => throws,
  'an async function': () => async () => {},
  'an empty array': () => [],
  'an empty object': () => ({}),
  'an array of null': () => [null],
  'a sparse array': () => Array(5),
  'a nested array': () => [[1, 2], [3]],
  'a long array': () => new Array(100_000).fill(2),
  'an array-like': () => ({ length: 2, 0: 2, 1: 3 }),
  'a Map': () => new Map([['a', 1]]),
  'a Date': () => new Date(0),
  'a Date of no time': () => new Date(NaN),
  'a RegExp': () => /a/,
  'an Error': () => new Error('two\nlines'),
  'a promise': () => Promise.resolve(1),
  'a boxed number': () => Object(4),
  'a boxed text': () => Object('zeros'),
  'a prototype of null': () => Object.create(null),
  'a cycle': cycle,
  'an object that traps': () => traps({}),
  'an array that traps': () => traps([2, 3]),
  'a function that traps': () => traps(() => {}),
  'a revoked object': () => revoked({}),
  'a revoked array': () => revoked([]),
  'a getter that throws': () => Object.defineProperty({}, 'seed', { get: throws, enumerable: true }),
  'sizes that change': changing,
  'text that cannot be made': () => ({ toString: throws, toJSON: throws, valueOf: throws }),
  'a text of several lines': () => ({ toJSON: () => 'a\nb', toString: () => 'a\nb' }),
  'a forged Key': () => Object.create(Key.prototype),
  'a forged Key with numbers': () => Object.assign(Object.create(Key.prototype), { lo: -1, hi: 0.5 }),
  'a Key': () => Key.from(7),
  'a Key as data': () => structuredClone(Key.from(7)),
  'half a Key': () => ({ lo: 7 }),
  'a Key whose words trap': () => traps({ lo: 7, hi: 0 }),
  'a Key whose word is a getter': () =>
    Object.defineProperty({ hi: 0 }, 'lo', { get: throws, enumerable: true }),
  'an initializer without a draw': () => ({ className: 'Own', resolve: () => null, getConfig: () => ({}) }),
  'an initializer that throws': () => ({ className: 'Own', resolve: throws, getConfig: throws }),
  'an initializer of NaN': () => ({
    className: 'Own',
    resolve: () => ({ kind: 'normal', mean: NaN, stddev: NaN }),
    getConfig: () => ({}),
  }),
  'an initializer of an unknown kind': () => ({
    className: 'Own',
    resolve: () => ({ kind: 'constructor' }),
    getConfig: () => ({}),
  }),
  'an ArrayBuffer': () => new ArrayBuffer(64),
  'bytes of 1 GiB': () => bytesOfGiB(),
  'shared memory': () => new Uint8Array(new SharedArrayBuffer(64)),
  'a DataView': () => new DataView(new ArrayBuffer(64)),
  'a detached buffer': () => {
    const buffer = new ArrayBuffer(64);
    structuredClone(buffer, { transfer: [buffer] });
    return buffer;
  },
  'a fake buffer': () => ({ size: 1024, usage: 0xffff, destroy: () => {} }),
  'a fake device': () => ({ createBuffer: () => ({}), lost: Promise.resolve({}) }),
  'a fake signal': () => ({ aborted: true }),
  'an aborted signal': () => AbortSignal.abort(new DeviceError('stopped by the caller')),
};

let gib: Uint8Array | undefined;
/** It is made once: its pages are never written, so it takes no memory. */
const bytesOfGiB = (): Uint8Array => (gib ??= new Uint8Array(2 ** 30));

export const hostile: fc.Arbitrary<Hostile> = fc
  .constantFrom(...Object.keys(MAKERS))
  .map((name) => ({ hostile: name }));

function isNamedStream(value: unknown): value is NamedStream {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, 'streamNamed');
}

export function isHostile(value: unknown): value is Hostile {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, 'hostile');
}

/** A stream beside tensorseed's own, by its name. Its object has functions, which plain data cannot hold. */
export interface NamedStream {
  readonly streamNamed: string;
}

/**
 * The value that plain data stands for: names of hostile values and of streams become these, also inside of objects.
 */
export function revive(data: unknown): any {
  if (isHostile(data)) return MAKERS[data.hostile]();
  if (Array.isArray(data)) return data.map(revive);
  if (isNamedStream(data)) return streamNamed('stream', data.streamNamed);
  if (typeof data !== 'object' || data === null) return data;
  if (Object.getPrototypeOf(data) !== Object.prototype) return data; // a Key, or memory
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, revive(value)]));
}
