import { runInNewContext } from 'node:vm';
import { afterAll, describe, expect, it, vi } from 'vitest';
import {
  ArgumentError,
  type Draw,
  type Initializer,
  initializers,
  Key,
  Sampler,
  toFloat32,
} from '../../src/index';

const fast = await Sampler.create({ backend: 'cpu', threads: 2 });
const reference = await Sampler.create({ backend: 'cpu', cpu: 'reference' });
const SAMPLERS = [
  ['fast', fast],
  ['reference', reference],
] as const;
afterAll(() => fast.destroy());

const revoked = (target: object): any => {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
};

/** Each read of `key` gives the next value, and the last again and again. */
function changing<T extends object>(object: T, key: PropertyKey, ...values: unknown[]): T {
  const get = (): unknown => (values.length > 1 ? values.shift() : values[0]);
  return Object.defineProperty(object, key, { get, enumerable: true });
}

const own = (resolve: (shape: readonly number[]) => unknown): Initializer => ({
  className: 'Own',
  resolve: resolve as Initializer['resolve'],
  getConfig: () => ({}),
});

describe.each(SAMPLERS)('nothing is written before every option is checked, %s', (_, sampler) => {
  it.each<[string, object]>([
    ['onProgress', { onProgress: 5 }],
    ['onProgress', { onProgress: null }],
    ['signal', { signal: { aborted: true } }],
    ['signal', { signal: { aborted: false } }],
    ['byteOffset', { byteOffset: -0 }],
    ['range', { range: { start: 0, count: 5 } }],
    ['dtype', { dtype: 'float' }],
    ['math', { math: 1 }],
    ['seed', { seed: 'x' }],
    ['name', { name: 1 }],
    ['options', { label: 'x' }],
  ])('%s of %o', async (name, bad) => {
    const buffer = new Float32Array(4);
    await expect(sampler.fill('ones', [4], { buffer, ...bad })).rejects.toThrow(ArgumentError);
    await expect(sampler.fill('ones', [4], { buffer, ...bad })).rejects.toThrow(name);
    const good = { initializer: 'ones', shape: [2], buffer };
    const { onProgress, signal, label, ...ofRequest } = bad as Record<string, unknown>;
    const shared = Object.fromEntries(
      Object.entries({ onProgress, signal, label }).filter(([key]) => key in bad),
    );
    const requests = [good, { ...good, byteOffset: 8, ...ofRequest }];
    await expect(sampler.fillAll(requests as never, shared)).rejects.toThrow(ArgumentError);
    expect([...buffer]).toEqual([0, 0, 0, 0]);
  });

  it('a stream checks with its first chunk', async () => {
    for (const bad of [{ onProgress: 5 }, { signal: { aborted: true } }, { chunkBytes: 15 }, { seed: 'x' }]) {
      await expect(sampler.chunks('ones', [4], bad as never).next()).rejects.toThrow(ArgumentError);
      const requests = [{ initializer: 'ones', shape: [4] }];
      await expect(sampler.chunksOfAll(requests, bad as never).next()).rejects.toThrow(ArgumentError);
    }
  });
});

describe('each argument is read once', () => {
  it('a shape, also where an initializer resolves it', async () => {
    for (const initializer of ['ones', 'normal', 'he_uniform', 'identity', 'orthogonal']) {
      const want = await fast.fill(initializer, [3, 2], { seed: 1 });
      const got = await fast.fill(initializer, changing([3, 2], 0, 3, 1000, -1, 'x'), { seed: 1 });
      expect([got.shape, await got.data()]).toEqual([[3, 2], await want.data()]);
    }
    expect(initializers.identity().resolve(changing([3, 2], 0, 3, 'x'))).toEqual(
      initializers.identity().resolve([3, 2]),
    );
    expect(initializers.computeFans(changing([3, 2], 0, 3, 'x'))).toEqual({ fanIn: 3, fanOut: 2 });
    expect(initializers.orthogonal().resolve(changing([3, 2, 2], 2, 2, 'x'))).toMatchObject({
      rows: 6,
      columns: 2,
    });
  });

  it('options, ranges, requests and parts', async () => {
    const options = changing({ dtype: 'float16' as const }, 'seed', 1, 2, 'x');
    const range = changing({ start: 1 }, 'count', 3, 900);
    const want = await fast.fill('normal', [8], { seed: 1, dtype: 'float16', range: { start: 1, count: 3 } });
    const got = await fast.fill('normal', [8], Object.defineProperty(options, 'range', { value: range }));
    expect(await got.data()).toEqual(await want.data());

    const request = changing({ initializer: 'normal', shape: [4], seed: 1 }, 'name', 'a', 'b', 5);
    const [listed] = await fast.fillAll(changing([request], 0, request, null));
    const named = await fast.fill('normal', [4], { seed: 1, name: 'a' });
    expect(await listed.data()).toEqual(await named.data());

    const part = changing({ initializer: 'ones' }, 'shape', [2], [9]);
    const parts = await fast.fill([part as never, { initializer: 'zeros', shape: [1] }], [3]);
    expect([...(await parts.data())]).toEqual([1, 1, 0]);
  });

  it('an initializer and its draw', async () => {
    const draw = changing({ kind: 'normal', stddev: 1 }, 'mean', 0, NaN, 'x');
    const initializer = changing(
      changing(
        own(() => draw),
        'seed',
        7n,
        'x',
      ),
      'className',
      'Own',
      'Own',
      5,
    );
    const got = await fast.fill(initializer, [4]);
    const want = await fast.fill(initializers.randomNormal({ stddev: 1 }), [4], { seed: 7 });
    expect(await got.data()).toEqual(await want.data());
    const config = changing({}, 'stddev', 2, NaN, 'x');
    expect(initializers.randomNormal(config).options.stddev).toBe(2);
  });

  it('and an initializer cannot change the shape', async () => {
    const greedy = own((shape) => {
      (shape as number[])[0] = 1e9;
      return { kind: 'constant', value: 1 };
    });
    expect((await fast.fill(greedy, [2])).shape).toEqual([2]);
  });
});

describe('what cannot be read is an ArgumentError', () => {
  it('a revoked Proxy, wherever it is', async () => {
    const calls: (() => unknown)[] = [
      () => fast.fill(revoked({}), [2]),
      () => fast.fill(revoked([]), [2]),
      () => fast.fill('ones', revoked([])),
      () => fast.fill('ones', [revoked({})]),
      () => fast.fill('ones', [2], revoked({})),
      () => fast.fill('ones', [2], Object.create(revoked({}))),
      ...['seed', 'name', 'dtype', 'math', 'range', 'buffer', 'byteOffset', 'signal', 'onProgress'].map(
        (key) => () => fast.fill('normal', [2], { seed: 1, [key]: revoked({}) }),
      ),
      () => fast.fill([revoked({})], [2]),
      () => fast.fillAll(revoked([])),
      () => fast.fillAll([revoked({})]),
      () => fast.chunks('ones', [2], revoked({})).next(),
      () => fast.check('ones', [2], { range: revoked({}) }),
      () =>
        fast.fill(
          own(() => revoked({})),
          [2],
        ),
      () => Sampler.create(revoked({})),
      () => Sampler.create({ device: revoked({}) }),
      () => Sampler.on(revoked({})),
      () => Key.from(revoked({})),
      () => Key.from(1).fold(revoked({})),
      () => toFloat32('float32', revoked({})),
      () => initializers.get(revoked({})),
      () => initializers.get(revoked([])),
      () => initializers.serialize(revoked({})),
      () => initializers.deserialize(revoked({})),
      () => initializers.heNormal(revoked({})),
      () => initializers.heNormal({ inputAxes: revoked([]) }),
      () => initializers.computeFans(revoked([])),
    ];
    for (const call of calls) {
      const outcome = (async () => call())();
      // `onProgress` of a revoked function would be called; an object is none.
      await expect(outcome, String(call)).rejects.toThrow(ArgumentError);
      await expect(outcome).rejects.toThrow(/^[^\n]{1,300}$/);
    }
    expect(initializers.isInitializer(revoked({}))).toBe(false);
  });

  it('a getter that throws, which is the cause', async () => {
    const mine = new Error('mine');
    const options = Object.defineProperty({}, 'seed', {
      get() {
        throw mine;
      },
      enumerable: true,
    });
    await expect(fast.fill('normal', [2], options)).rejects.toMatchObject({
      name: 'ArgumentError',
      cause: mine,
    });
    await expect(fast.fillAll([{ initializer: 'ones', shape: [1] }, options as never])).rejects.toMatchObject(
      { name: 'ArgumentError', cause: mine },
    );
  });

  it('but what a function of the caller’s throws passes unchanged', async () => {
    const mine = new Error('mine');
    const throws = (): never => {
      throw mine;
    };
    await expect(fast.fill(own(throws), [2])).rejects.toBe(mine);
    for (const [, sampler] of SAMPLERS) {
      const buffer = new Float32Array(90_000);
      for (const initializer of ['normal', 'orthogonal']) {
        const options = { seed: 1, onProgress: throws };
        await expect(sampler.fill(initializer, [300, 300], { ...options, buffer })).rejects.toBe(mine);
      }
      // The sampler goes on.
      expect([...(await (await sampler.fill('ones', [2])).data())]).toEqual([1, 1]);
    }
    // The reference takes long enough for this matrix to report progress before the first chunk.
    const chunks = reference.chunks('orthogonal', [300, 300], { seed: 1, onProgress: throws });
    await expect(chunks.next()).rejects.toBe(mine);
    expect(await chunks.next()).toEqual({ done: true, value: undefined });
  });
});

describe('a draw of the caller’s', () => {
  it.each<[string, unknown, string]>([
    ['null', null, 'the draw of an initializer must be an object, got null'],
    ['a promise', Promise.resolve(), 'the draw of an initializer must be an object, got [object Promise]'],
    ['no kind', {}, 'the kind of the draw of an initializer must be one of'],
    ['a kind of Object’s', { kind: 'constructor' }, 'the kind of the draw of an initializer must be one of'],
    ['no numbers', { kind: 'normal' }, 'mean of the draw of an initializer must be a number, got undefined'],
    [
      'text',
      { kind: 'uniform', low: 0, high: '1' },
      'high of the draw of an initializer must be a number, got "1"',
    ],
    ['NaN', { kind: 'normal', mean: NaN, stddev: 1 }, 'mean must be a finite number, got NaN'],
    ['a number too many', { kind: 'constant', value: 1, mean: 1 }, 'has the unknown key "mean"'],
    [
      'bounds of NaN',
      { kind: 'truncated_normal', mean: 0, stddev: 1, lower: NaN, upper: 1 },
      'lower must be below upper = 1, got NaN',
    ],
    [
      'half a row',
      { kind: 'eye', rows: 0.5, columns: 12, value: 1 },
      'rows must be an integer in [0, 2^53), got 0.5',
    ],
    [
      'another matrix',
      { kind: 'eye', rows: 3, columns: 3, value: 1 },
      'a 3 x 3 matrix must fit a tensor of 6 elements',
    ],
    [
      'ones beyond the tensor',
      { kind: 'dirac', size: 6, offset: 1, count: 2, step: 1, repeats: 2, period: 4 },
      '2 times 2 ones from element 1 on, 1 and 4 apart, must fit a tensor of 6 elements',
    ],
    [
      'ones in disorder',
      { kind: 'dirac', size: 6, offset: 0, count: 3, step: 1, repeats: 2, period: 2 },
      '2 times 3 ones from element 0 on, 1 and 2 apart, must fit a tensor of 6 elements',
    ],
    [
      'a matrix that begins too late',
      { kind: 'orthogonal', rows: 2, columns: 2, gain: 1, offset: 3 },
      'a 2 x 2 matrix must fit a tensor of 6 elements',
    ],
    [
      'a matrix that begins too early',
      { kind: 'orthogonal', rows: 2, columns: 2, gain: 1, offset: -1 },
      'offset must be an integer in [0, 2^53), got -1',
    ],
  ])('is refused where it is %s', async (_, draw, message) => {
    for (const [, sampler] of SAMPLERS) {
      const filled = sampler.fill(
        own(() => draw),
        [2, 3],
        { seed: 1 },
      );
      await expect(filled).rejects.toThrow(ArgumentError);
      await expect(filled).rejects.toThrow(message);
    }
  });

  it('is taken where it is right, and has the same bits on both paths', async () => {
    const draws: Draw[] = [
      { kind: 'eye', rows: 2, columns: 3, value: 5 },
      { kind: 'uniform', low: -1, high: 2 },
      { kind: 'truncated_normal', mean: 0, stddev: 1, lower: -Infinity, upper: 0 },
    ];
    for (const draw of draws) {
      const [a, b] = await Promise.all(
        SAMPLERS.map(async ([, sampler]) =>
          (
            await sampler.fill(
              own(() => draw),
              [6],
              { seed: 1 },
            )
          ).data(),
        ),
      );
      expect(a).toEqual(b);
    }
  });
});

describe('what is no Key, array or device', () => {
  it('an object with the prototype of Key', async () => {
    const forged = [
      Object.create(Key.prototype),
      Object.assign(Object.create(Key.prototype), { lo: -1, hi: 0.5 }),
      Object.create(Key.from(1)),
      new Proxy(Key.from(1), {}),
    ];
    for (const [, sampler] of SAMPLERS) {
      for (const seed of forged) {
        await expect(sampler.fill('normal', [4], { seed })).rejects.toThrow(
          /^seed must be an integer in \[0, 2\^64\), got /,
        );
      }
    }
  });

  it('toFloat32 takes the array of the dtype alone, also of another realm', () => {
    expect([...toFloat32('float16', Uint16Array.of(0x3c00, 0xc000))]).toEqual([1, -2]);
    expect([...toFloat32('uint32', Uint32Array.of(2 ** 32 - 1))]).toEqual([2 ** 32]);
    const foreign = runInNewContext('Uint16Array.of(0x3f80)');
    expect([...toFloat32('bfloat16', foreign)]).toEqual([1]);
    const floats = Float32Array.of(1);
    expect(toFloat32('float32', floats)).toBe(floats);
    for (const [dtype, data, message] of [
      [
        'float64',
        floats,
        'dtype must be one of float32, float16, bfloat16, uint32, int32, uint8, int8, got "float64"',
      ],
      ['float16', floats, 'data of dtype float16 must be a Uint16Array, got [object Float32Array]'],
      ['float32', [1], 'data of dtype float32 must be a Float32Array, got [1]'],
      [
        'uint32',
        new DataView(new ArrayBuffer(4)),
        'data of dtype uint32 must be a Uint32Array, got [object DataView]',
      ],
      ['uint32', null, 'data of dtype uint32 must be a Uint32Array, got null'],
    ] as const) {
      expect(() => toFloat32(dtype as never, data as never)).toThrow(new ArgumentError(message));
    }
  });

  it('a view that lies about its place, and memory of another realm', async () => {
    class Lying extends Float32Array {
      override get byteLength(): number {
        return 1e9;
      }
      override get byteOffset(): number {
        return -4;
      }
    }
    await expect(fast.fill('ones', [4], { buffer: new Lying(4) })).rejects.toThrow(ArgumentError);
    await expect(fast.fill('ones', [4], { buffer: Object.create(ArrayBuffer.prototype) })).rejects.toThrow(
      'buffer must be an ArrayBuffer or a view',
    );
    const foreign = runInNewContext('new ArrayBuffer(8)');
    await fast.fill('ones', [2], { buffer: foreign });
    expect([...new Float32Array(foreign)]).toEqual([1, 1]);
  });

  it('a device that lacks what is used', () => {
    const fake = { createBuffer: vi.fn<() => void>(), lost: Promise.resolve() };
    expect(() => Sampler.on(fake as never)).toThrow(/^device must be a GPUDevice, got \{"createBuffer":/);
  });
});

describe('a Proxy of what is right is right', () => {
  it('an initializer, as frameworks make one of the state of a page', async () => {
    for (const initializer of [initializers.heNormal({ seed: 1 }), initializers.randomNormal({ seed: 1 })]) {
      const proxy = new Proxy(initializer, {});
      expect(await (await fast.fill(proxy, [4])).data()).toEqual(
        await (await fast.fill(initializer, [4])).data(),
      );
      expect(initializers.serialize(proxy)).toEqual(initializers.serialize(initializer));
    }
  });
});
