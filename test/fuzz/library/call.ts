import fc, { type Arbitrary } from 'fast-check';
import { initializers, Key } from '../../../src/index';
import { STREAMS } from '../../../src/streams/named';
import { hostile, type NamedStream } from '../hostile';
import { record, someOf } from '../record';

/** The verbs of a sampler that fill memory. */
export const VERBS = [
  'fill',
  'fillAll',
  'chunks',
  'chunksOfAll',
  'encode',
  'prepare',
  'prepareAll',
  'check',
] as const;
export type Verb = (typeof VERBS)[number];

/** Memory of the caller's, in bytes. */
export interface Place {
  readonly size: number;
  /** Where the tensor begins in it. */
  readonly byteOffset: number;
  /** On the CPU: where a view begins in its ArrayBuffer. Undefined stands for the ArrayBuffer itself. */
  readonly view?: number;
}

/** One tensor. The values may be anything: see hostile.ts. */
export interface Request {
  readonly initializer: unknown;
  readonly shape: unknown;
  /** An object of options, or a hostile value in its place. */
  readonly options: object;
  readonly place?: Place;
}

/** A call of a sampler as plain data, so that each backend can be given the same. */
export interface Call {
  readonly verb: Verb;
  /** One, or any number for a verb that takes several. */
  readonly requests: readonly Request[];
  /** The options beside the requests, of a verb that takes several. */
  readonly shared: Readonly<Record<string, unknown>>;
  /** Options of the verb's own. */
  readonly own: Readonly<Record<string, unknown>>;
  /** Another seed, for prepared fills. */
  readonly reseed: unknown;
}

/** No tensor that is computed has more elements; larger ones have so many that no backend takes them whole. */
const MOST_ELEMENTS = 6000;
const TOO_MANY = 2n ** 45n;

const product = (shape: readonly number[]): bigint => shape.reduce((all, size) => all * BigInt(size), 1n);

const smallShape = fc
  .array(fc.oneof({ weight: 8, arbitrary: fc.integer({ min: 1, max: 14 }) }, fc.nat(300)), { maxLength: 4 })
  .filter((shape) => product(shape) <= MOST_ELEMENTS);

const longShape = fc
  .tuple(fc.integer({ min: 5, max: 300 }), fc.nat(9))
  .map(([rank, last]): number[] => [...new Array<number>(rank).fill(1), last]);

const hugeShape = fc
  .array(fc.constantFrom(3, 65_537, 2 ** 20, 2 ** 31, 2 ** 32, 2 ** 32 + 1, 2 ** 53 - 1), {
    minLength: 1,
    maxLength: 4,
  })
  .filter((shape) => product(shape) >= TOO_MANY);

const shape: Arbitrary<number[]> = fc.oneof(
  { weight: 12, arbitrary: smallShape },
  { weight: 2, arbitrary: longShape },
  { weight: 4, arbitrary: hugeShape },
);

/** Numbers as options: ordinary ones, and all doubles. */
const number = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(0, 1, 0.02, 0.5, 2, -1, 1e-3) },
  { weight: 2, arbitrary: fc.double({ min: -1e3, max: 1e3, noNaN: true }) },
  { weight: 2, arbitrary: fc.double({ noDefaultInfinity: true, noNaN: true }) },
  { weight: 1, arbitrary: fc.constantFrom(1e-45, 3.4e38, -3.5e38, 65_504, 65_520, 5e-324, NaN, Infinity) },
);

const configured = (name: string, config: Record<string, Arbitrary<unknown>>): Arbitrary<unknown> =>
  someOf(config).map((values) => ({ class_name: name, config: values }));

const axes = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.array(fc.integer({ min: -3, max: 3 })));
const configuration: Arbitrary<unknown> = fc.oneof(
  configured('Constant', { value: number }),
  configured('RandomNormal', { mean: number, stddev: number, seed: fc.nat() }),
  configured('RandomUniform', { minval: number, maxval: number, seed: fc.nat() }),
  configured('TruncatedNormal', { mean: number, stddev: number, seed: fc.nat() }),
  configured('VarianceScaling', {
    scale: number,
    mode: fc.constantFrom('fan_in', 'fan_out', 'fan_avg', 'fan_geo_avg', 'fan'),
    distribution: fc.constantFrom('normal', 'truncated_normal', 'untruncated_normal', 'uniform', 'none'),
    in_axis: axes,
    out_axis: axes,
  }),
  configured('HeNormal', { seed: fc.nat(), stddev: number }),
  configured('Identity', { gain: number }),
  configured('Orthogonal', { gain: number, layout: fc.constantFrom('keras', 'torch', 'delta', 'jax') }),
  configured('Dirac', {
    groups: fc.integer({ min: -1, max: 4 }),
    layout: fc.constantFrom('keras', 'torch', 'delta'),
  }),
  configured('Sparse', { sparsity: number, stddev: number, seed: fc.nat() }),
  configured('STFT', {
    side: fc.constantFrom('real', 'imag', 'both'),
    window: fc.constantFrom('hann', 'blackman', 'kaiser', null),
    periodic: fc.boolean(),
    scaling: fc.constantFrom('density', 'spectrum', null, 'l2'),
  }),
  configured('Sinusoidal', {
    layout: fc.constantFrom('halves', 'interleaved', 'both'),
    endpoint: fc.boolean(),
    max_period: number,
    grid: fc.constantFrom(null, [2, 2], [3], 4),
    extent: number,
    zero_rows: fc.integer({ min: -1, max: 3 }),
  }),
  configured('LogArange', { seed: fc.nat() }),
  configured('InverseSoftplus', { minval: number, maxval: number, floor: number, seed: fc.nat() }),
  configured('Bits', { seed: fc.nat() }),
);

const identifier = fc.constantFrom(
  ...initializers.IDENTIFIERS,
  'he_norml',
  'heNorml',
  'kaiming_normal_',
  'xavier',
);

const simple: Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: identifier },
  { weight: 3, arbitrary: configuration },
);

/** Parts, and the shape of a tensor that they fill. */
const parts = fc.array(record({ initializer: simple, shape: smallShape }), { maxLength: 5 }).map((list) => ({
  initializer: list,
  shape: [Number(list.reduce((sum, part) => sum + product(part.shape), 0n))],
}));

const filling = fc.oneof(
  { weight: 8, arbitrary: record({ initializer: simple, shape }) },
  { weight: 1, arbitrary: parts },
);

const derivedKey: Arbitrary<Key> = fc
  .tuple(fc.nat(), fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), fc.nat(9))
  .map(([from, by, at]) => Key.from(from).fold(by).split(10)[at]);

/** What may be left of a key: its words, or half of them, or words that are none. */
const word = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 2 ** 32 - 1 }) as Arbitrary<unknown> },
  { weight: 1, arbitrary: fc.constantFrom(-1, 0.5, 2 ** 32, '1', null, true) },
);
const keyData: Arbitrary<unknown> = someOf({ lo: word, hi: word });

const seed: Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: fc.maxSafeNat() },
  { weight: 3, arbitrary: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }) },
  { weight: 2, arbitrary: fc.nat().map((from) => Key.from(from).fold('fuzz')) },
  { weight: 2, arbitrary: derivedKey },
  { weight: 1, arbitrary: derivedKey.map((key) => JSON.parse(JSON.stringify(key)) as unknown) },
  { weight: 1, arbitrary: keyData },
  {
    weight: 1,
    arbitrary: fc.constantFrom(0, 2n ** 64n - 1n, 2 ** 53 - 1, 2 ** 53, 2n ** 64n, -1, 0.5, '42'),
  },
);

const name: Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 30 }),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.constantFrom('', '/', 'a//b', 'encoder/layer_0/kernel', '__proto__', 'é', 'e\u0301'),
);

const dtype = fc.constantFrom('float32', 'float16', 'bfloat16', 'uint32', 'int32', 'float64');

/** Mostly tensorseed's own, which is the one without a name. */
const stream = fc.option(
  fc.constantFrom(...STREAMS.map(({ name }): NamedStream => ({ streamNamed: name }))),
  { freq: 2, nil: undefined },
);

interface Drawn {
  readonly filling: { readonly initializer: unknown; readonly shape: readonly number[] };
  readonly options: Record<string, unknown>;
  readonly range?: { readonly at: number; readonly count: number };
  readonly place?: { readonly offset: number; readonly room: number; readonly view?: number };
  readonly spoiled?: readonly [string, unknown];
}

/** Completes a request: its range lies in its shape, and its place is as large as it has to be, mostly. */
function requestOf({ filling, options, range, place, spoiled }: Drawn): Request {
  const total = product(filling.shape);
  const elements = Number(total > BigInt(Number.MAX_SAFE_INTEGER) ? 2n ** 53n - 1n : total);
  const isHuge = total >= TOO_MANY;
  let count = elements;
  let all = options;
  if (range !== undefined || (isHuge && place !== undefined)) {
    const start = Math.floor((range?.at ?? 0) * elements);
    count = Math.min(range?.count ?? 3, elements - start);
    all = { ...options, range: { start, count } };
  }
  const request: Request = {
    initializer: filling.initializer,
    shape: filling.shape,
    options: all,
    ...(place !== undefined && {
      place: {
        // GPU buffers are whole words.
        size: Math.max(4 * Math.ceil((4 * count + place.offset) / 4 + place.room), 4),
        byteOffset: place.offset,
        ...(place.view !== undefined && { view: place.view }),
      },
    }),
  };
  if (spoiled === undefined) return request;
  const [key, value] = spoiled;
  if (key === 'initializer' || key === 'shape' || key === 'options') return { ...request, [key]: value };
  return { ...request, options: { ...request.options, [key]: value } };
}

const OPTIONS = ['seed', 'stream', 'name', 'dtype', 'math', 'range', 'buffer', 'byteOffset', 'unknown'];

/** Mostly undefined: a key, and the hostile value that takes the place of the right one. */
const spoiledAmong = (keys: readonly string[]): Arbitrary<readonly [string, unknown] | undefined> =>
  fc.option(fc.tuple(fc.constantFrom(...keys), hostile), { freq: 5, nil: undefined });

const spoiled = fc.oneof(
  { weight: 6, arbitrary: fc.constant(undefined) },
  {
    weight: 1,
    arbitrary: fc.tuple(
      fc.constantFrom('initializer', 'shape', 'options', ...OPTIONS),
      fc.oneof(
        { weight: 3, arbitrary: hostile as Arbitrary<unknown> },
        { weight: 1, arbitrary: fc.array(hostile, { minLength: 1, maxLength: 3 }) },
        { weight: 1, arbitrary: someOf({ class_name: hostile, config: hostile }) },
        { weight: 1, arbitrary: someOf({ start: hostile, count: hostile }) },
        { weight: 1, arbitrary: fc.array(record({ initializer: hostile, shape: hostile })) },
      ),
    ),
  },
);

const request: Arbitrary<Request> = someOf(
  {
    filling,
    options: someOf({
      seed,
      stream,
      name,
      dtype,
      math: fc.constantFrom('exact', 'exact', 'native', 'fast'),
    }),
    range: fc.option(record({ at: fc.double({ min: 0, max: 1, noNaN: true }), count: fc.nat(700) }), {
      nil: undefined,
    }),
    place: fc.option(
      someOf(
        {
          offset: fc.oneof(
            fc.nat(20).map((n) => 4 * n),
            fc.nat(70),
          ),
          room: fc.oneof({ weight: 4, arbitrary: fc.nat(6) }, fc.integer({ min: -3, max: 0 })),
          view: fc.nat(3).map((n) => 8 * n),
        },
        'offset',
        'room',
      ),
      { nil: undefined, freq: 2 },
    ),
    spoiled,
  },
  'filling',
  'options',
).map(requestOf);

const SEVERAL: readonly Verb[] = ['fillAll', 'chunksOfAll', 'prepareAll'];
/** What only the verb takes, beside what all verbs take. */
const OWN: Partial<Record<Verb, Record<string, Arbitrary<unknown>>>> = {
  chunks: { chunkBytes: fc.integer({ min: 10, max: 5000 }) },
  chunksOfAll: { chunkBytes: fc.integer({ min: 10, max: 5000 }) },
  prepare: { slots: fc.integer({ min: 1, max: 3 }) },
  prepareAll: { slots: fc.integer({ min: 1, max: 3 }) },
};
const WATCH = ['signal', 'onProgress'];
const WATCHED: readonly Verb[] = ['fill', 'fillAll', 'chunks', 'chunksOfAll'];
/** These write where the caller says, and nowhere else. */
const PLACED: readonly Verb[] = ['encode', 'prepare', 'prepareAll'];
const PLACELESS: readonly Verb[] = ['chunks', 'chunksOfAll', 'check'];

function fit(verb: Verb, { place, ...request }: Request): Request {
  if (PLACELESS.includes(verb)) return request;
  const needed = PLACED.includes(verb) ? { size: 4 * MOST_ELEMENTS, byteOffset: 0 } : undefined;
  const at = place ?? needed;
  return at === undefined ? request : { ...request, place: at };
}

const callOf = (verb: Verb): Arbitrary<Call> => {
  const own = OWN[verb] ?? {};
  const keys = [...Object.keys(own), ...(WATCHED.includes(verb) ? WATCH : [])];
  const several = SEVERAL.includes(verb);
  return record({
    requests: fc.array(request, { minLength: several ? 0 : 1, maxLength: several ? 6 : 1 }),
    shared: several ? someOf({ seed, stream, dtype }) : fc.constant<Record<string, unknown>>({}),
    own: someOf(own, ...(keys.includes('chunkBytes') ? ['chunkBytes'] : [])),
    spoiled: keys.length === 0 ? fc.constant(undefined) : spoiledAmong(keys),
    reseed: seed,
  }).map(({ requests, shared, own, spoiled, reseed }) => ({
    verb,
    requests: requests.map((request) => fit(verb, request)),
    shared,
    own: spoiled === undefined ? own : { ...own, [spoiled[0]]: spoiled[1] },
    reseed,
  }));
};

export const call: Arbitrary<Call> = fc.oneof(
  { weight: 6, arbitrary: callOf('fill') },
  ...VERBS.slice(1).map((verb) => ({ weight: 2, arbitrary: callOf(verb) })),
);
