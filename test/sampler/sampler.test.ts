import { describe, expect, it } from 'vitest';
import { ArgumentError, initializers, Key, Sampler } from '../../src/index';
import { initModel } from '../../src/models';

const cpu = await Sampler.create({ backend: 'cpu' });

async function float32(...args: Parameters<Sampler['fill']>): Promise<number[]> {
  return Array.from(await (await cpu.fill(...args)).data());
}

describe('fill on the CPU', () => {
  it('gives the first published known answer for bits of seed 0', async () => {
    const tensor = await cpu.fill(initializers.bits(), [4], { seed: 0 });
    expect([...(await tensor.data())]).toEqual([0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8]);
    expect([tensor.dtype, tensor.byteLength, tensor.shape]).toEqual(['uint32', 16, [4]]);
  });

  it('gives any slice what the whole has there', async () => {
    for (const identifier of ['normal', 'uniform', 'truncated_normal']) {
      const whole = await float32(identifier, [5, 21], { seed: 9 });
      for (const [start, count] of [
        [0, 105],
        [1, 7],
        [50, 3],
        [104, 1],
        [105, 0],
      ]) {
        expect(await float32(identifier, [5, 21], { seed: 9, range: { start, count } })).toEqual(
          whole.slice(start, start + count),
        );
      }
    }
  });

  it('depends on seed and name, not on the shape', async () => {
    const a = await float32('uniform', [12], { seed: 1 });
    expect(await float32('uniform', [3, 4], { seed: 1n })).toEqual(a);
    expect(await float32('uniform', [12], { seed: 2 })).not.toEqual(a);
    const named = await float32('uniform', [12], { seed: 1, name: 'encoder/kernel' });
    expect(named).not.toEqual(a);
    expect(await float32('uniform', [12], { seed: Key.from(1).fold('encoder'), name: 'kernel' })).toEqual(
      named,
    );
  });

  it('takes the seed of the call first, then that of the initializer', async () => {
    const own = initializers.randomUniform({ seed: 0 });
    expect(await float32(own, [3])).toEqual(await float32('uniform', [3], { seed: 0 }));
    expect(await float32(own, [3], { seed: 5 })).toEqual(await float32('uniform', [3], { seed: 5 }));
    await expect(cpu.fill(initializers.bits(), [3])).rejects.toThrow(
      'seed is missing: give an integer in [0, 2^64)',
    );
  });

  it('fills rank 0, empty tensors and huge shapes that only a range is asked of', async () => {
    expect(await float32('ones', [])).toEqual([1]);
    expect(await float32('normal', [3, 0, 2], { seed: 1 })).toEqual([]);
    expect(
      await float32('uniform', [2 ** 20, 2 ** 20], { seed: 1, range: { start: 2 ** 40 - 2 } }),
    ).toHaveLength(2);
  });

  it('writes into memory of the caller, and no byte beside it', async () => {
    const memory = new Uint8Array(32).fill(0xaa);
    const tensor = await cpu.fill('ones', [3], {
      dtype: 'bfloat16',
      buffer: memory.subarray(6, 20),
      byteOffset: 4,
    });
    expect(Array.from(memory.slice(8, 18))).toEqual([
      0xaa, 0xaa, 0x80, 0x3f, 0x80, 0x3f, 0x80, 0x3f, 0xaa, 0xaa,
    ]);
    expect([...(await tensor.data())]).toEqual([0x3f80, 0x3f80, 0x3f80]);
    await expect(cpu.fill('ones', [8], { buffer: memory, byteOffset: 4 })).rejects.toThrow(
      'buffer must have at least 36 bytes for 8 float32 elements at byteOffset 4, got 32',
    );
    await expect(cpu.fill('ones', [1], { buffer: memory, byteOffset: 2 })).rejects.toThrow(
      'byteOffset must be a multiple of 4',
    );
    await expect(cpu.fill('ones', [1], { buffer: [] as never })).rejects.toThrow(
      'buffer must be an ArrayBuffer or a view',
    );
  });

  it('streams the same bytes in chunks of any size', async () => {
    const whole = new Uint8Array(
      (await (await cpu.fill('normal', [999], { seed: 3, dtype: 'float16' })).data()).buffer,
    );
    for (const chunkBytes of [16, 100, 1 << 20]) {
      const parts: number[] = [];
      for await (const chunk of cpu.chunks('normal', [999], { seed: 3, dtype: 'float16', chunkBytes }))
        parts.push(...chunk);
      expect(parts).toEqual([...whole]);
    }
  });

  it('stops when it is told to', async () => {
    const abort = new AbortController();
    setTimeout(() => abort.abort(new Error('enough')), 20);
    await expect(cpu.fill('normal', [1e8], { seed: 1, signal: abort.signal })).rejects.toThrow('enough');
  });
});

describe('bad input is refused in one line that names it', () => {
  const shapes: readonly (readonly [unknown, string])[] = [
    [[-1], 'shape[0] must be an integer in [0, 2^53), got -1'],
    [[2, 1.5], 'shape[1] must be an integer in [0, 2^53), got 1.5'],
    [[NaN], 'shape[0] must be an integer in [0, 2^53), got NaN'],
    [['3'], 'shape[0] must be an integer in [0, 2^53), got "3"'],
    [[2 ** 53], 'shape[0] must be an integer in [0, 2^53), got 9007199254740992'],
    [
      [2 ** 30, 2 ** 30],
      'shape [1073741824,1073741824] has 1152921504606846976 elements, more than 2^53 - 1',
    ],
    [7, 'shape must be an array of sizes, got 7'],
    [null, 'shape must be an array of sizes, got null'],
  ];
  it.each(shapes)('shape %j', async (shape, message) => {
    await expect(cpu.fill('zeros', shape as number[])).rejects.toThrow(message);
  });

  const options: readonly (readonly [object, string])[] = [
    [{ seed: -1 }, 'seed must be an integer in [0, 2^64), got -1'],
    [{ seed: null }, 'seed must be an integer in [0, 2^64), got null'],
    [
      { seed: 2 ** 53 },
      'seed must be an integer in [0, 2^64), got 9007199254740992 (beyond 2^53 - 1 pass a BigInt)',
    ],
    [
      { seed: 1, dtype: 'float64' },
      'dtype must be one of float32, float16, bfloat16, uint32, int32, uint8, int8, got "float64"',
    ],
    [{ seed: 1, math: 'fast' }, 'math must be one of exact, native, got "fast"'],
    [{ seed: 1, range: { start: 11 } }, 'range.start must be an integer in [0, 10], got 11'],
    [
      { seed: 1, range: { start: 4, count: 7 } },
      'range.count must be an integer in [0, 6] from start 4 of 10 elements, got 7',
    ],
    [{ seed: 1, range: { start: 0.5 } }, 'range.start must be an integer in [0, 10], got 0.5'],
    [{ seed: 1, range: { begin: 1 } }, 'range has the unknown key "begin"'],
    [{ seed: 1, sead: 2 }, 'options has the unknown key "sead"'],
    [{ seed: 1, byteOffset: -4 }, 'byteOffset must be an integer in [0, 2^53), got -4'],
    [{ seed: 1, byteOffset: 16 }, 'byteOffset needs a buffer that it counts in, got 16 alone'],
    [{ seed: 1, signal: 5 }, 'signal must be an AbortSignal, got 5'],
    [{ seed: 1, signal: null }, 'signal must be an AbortSignal, got null'],
    [{ seed: 1, name: 5 }, 'a name must be a string of well-formed Unicode, got 5'],
  ];
  it.each(options)('options %j', async (bad, message) => {
    await expect(cpu.fill('normal', [10], bad)).rejects.toThrow(message);
  });

  it('initializers, devices and backends that are none', async () => {
    await expect(cpu.fill('xavier', [1])).rejects.toThrow(/"?xavier"?/);
    await expect(cpu.fill(null as never, [1])).rejects.toThrow(ArgumentError);
    await expect(Sampler.create({ backend: 'tpu' as never })).rejects.toThrow(
      'backend must be one of auto, gpu, cpu, got "tpu"',
    );
    await expect(Sampler.create({ device: {} as never })).rejects.toThrow(
      'device must be a GPUDevice, got {}',
    );
    await expect(Sampler.create({ device: { createBuffer() {} } as never })).rejects.toThrow(
      'device must be a GPUDevice',
    );
    await expect(Sampler.create({ devise: 1 } as never)).rejects.toThrow(
      'options has the unknown key "devise"',
    );
  });

  it('what only a GPU does, and says what to do instead', async () => {
    const needs = (method: string, instead: string): string =>
      `${method} needs the GPU backend, got cpu; use ${instead}, or a sampler of Sampler.create({ backend: 'gpu' })`;
    expect(() => cpu.encode({} as never, 'zeros', [1], {} as never)).toThrow(
      new ArgumentError(needs('encode', 'fill')),
    );
    await expect(cpu.prepare('zeros', [1], {} as never)).rejects.toThrow(
      new ArgumentError(needs('prepare', 'fill')),
    );
    await expect(cpu.prepareAll([])).rejects.toThrow(new ArgumentError(needs('prepareAll', 'fillAll')));
  });

  const noDevices: readonly (readonly [unknown, string])[] = [
    [undefined, 'undefined: await adapter.requestDevice(), or leave device out'],
    [Promise.resolve(), 'a Promise: await it'],
    [{ requestDevice() {} }, '{"requestDevice":function requestDevice}: await its requestDevice()'],
    [null, 'null'],
    ['gpu', '"gpu"'],
    [0, '0'],
  ];
  it.each(noDevices)('a device that is %o', async (device, got) => {
    const error = new ArgumentError(`device must be a GPUDevice, got ${got}`);
    for (const backend of ['auto', 'cpu', 'gpu'] as const)
      await expect(Sampler.create({ device: device as never, backend })).rejects.toThrow(error);
    expect(() => Sampler.on(device as never)).toThrow(error);
    const model = { tensors: [{ name: 'w', shape: [1], initializer: 'ones' }] };
    await expect(initModel(model, { seed: 1, device: device as never })).rejects.toThrow(error);
    class Options {
      get device(): unknown {
        return device;
      }
    }
    await expect(Sampler.create(new Options() as never)).rejects.toThrow(error);
  });

  it('a tensor that no memory holds, before anything is computed', async () => {
    await expect(cpu.fill('zeros', [2 ** 52])).rejects.toThrow(
      'the tensor needs 18014398509481984 bytes of memory',
    );
  });
});
