import { describe, expect, it } from 'vitest';
import { chiSquareTails } from '../../bench/certify/special/tails';
import { type ArgumentError, Sampler } from '../../src/index';
import { categorical, type CategoricalOptions } from '../../src/operations';

const cpu = await Sampler.create({ backend: 'cpu' });
const NONE = 0xffffffff;

async function choose(
  logits: Float32Array | Uint16Array,
  options: Partial<CategoricalOptions>,
): Promise<number[]> {
  const asked = { seed: 7, vocabulary: logits.length, ...options };
  return [...((await (await categorical(cpu, logits, asked)).data()) as Uint32Array)];
}

/** Rows with the same logits. */
const repeated = (row: Float32Array, rows: number): Float32Array => {
  const logits = new Float32Array(rows * row.length);
  for (let i = 0; i < rows; i++) logits.set(row, i * row.length);
  return logits;
};

function softmax(logits: Iterable<number>): number[] {
  const weights = Array.from(logits, Math.exp);
  const sum = weights.reduce((a, b) => a + b);
  return weights.map((weight) => weight / sum);
}

describe('categorical', () => {
  it.each([
    [1, 10, 2],
    [0.5, 3, 1],
    [2, 40, 3],
    [1, 1000, 1],
  ])(
    'chooses with the probabilities of softmax at temperature %d, of %i logits',
    async (temperature, vocabulary, spread) => {
      const rows = vocabulary < 100 ? 200_000 : 50_000;
      const row = Float32Array.from({ length: vocabulary }, (_, i) => spread * Math.sin(i * i));
      const chosen = await choose(repeated(row, rows), { vocabulary, temperature });
      const counts = new Float64Array(vocabulary);
      for (const column of chosen) counts[column]++;
      let chiSquare = 0;
      softmax(row.map((logit) => logit / temperature)).forEach((p, i) => {
        chiSquare += (counts[i] - rows * p) ** 2 / (rows * p);
      });
      const { lower, upper } = chiSquareTails(chiSquare, vocabulary - 1);
      expect(Math.min(lower, upper)).toBeGreaterThan(1e-4);
    },
  );

  it('chooses what is rare as often as it should', async () => {
    const rows = 400_000;
    const chosen = await choose(repeated(Float32Array.of(0, -7, -8), rows), { vocabulary: 3 });
    const [, seven, eight] = softmax([0, -7, -8]);
    for (const [column, p] of [
      [1, seven],
      [2, eight],
    ]) {
      const count = chosen.filter((each) => each === column).length;
      expect(Math.abs(count - rows * p)).toBeLessThan(4 * Math.sqrt(rows * p));
    }
  });

  it('takes the largest logit at temperature 0, and the first of equal ones', async () => {
    expect(await choose(Float32Array.of(1, 3, 2), { temperature: 0 })).toEqual([1]);
    expect(await choose(Float32Array.of(-0, 0, -1e-45, -5), { temperature: 0 })).toEqual([0]);
    expect(await choose(Float32Array.of(-5, 1e-45, 0, 1e-45), { temperature: 0, seed: undefined })).toEqual([
      1,
    ]);
  });

  it.each([0, 1, 1e-9, 1e9])(
    'never chooses NaN or minus infinity, at temperature %d',
    async (temperature) => {
      const rows = repeated(Float32Array.of(NaN, -Infinity, -3e38, NaN), 100);
      expect(new Set(await choose(rows, { vocabulary: 4, temperature }))).toEqual(new Set([2]));
      const none = Float32Array.of(NaN, -Infinity, -NaN);
      expect(await choose(none, { temperature })).toEqual([NONE]);
      for (const filters of [{ topK: 2 }, { topP: 0.5 }, { minP: 0.5 }])
        expect(await choose(none, { temperature, ...filters })).toEqual([NONE]);
    },
  );

  it('prefers plus infinity to all finite logits, and draws between several', async () => {
    const rows = repeated(Float32Array.of(3e38, Infinity, 0, Infinity), 1000);
    for (const filters of [{}, { topK: 3 }, { topP: 0.9 }, { minP: 0.1 }]) {
      const chosen = await choose(rows, { vocabulary: 4, ...filters });
      const second = chosen.filter((column) => column === 1).length;
      expect(chosen.filter((column) => column === 3).length).toBe(1000 - second);
      expect(Math.abs(second - 500)).toBeLessThan(100);
    }
  });

  it('gives a row the same choice alone, in a batch and from halves of the same values', async () => {
    const vocabulary = 33;
    const logits = Float32Array.from({ length: 20 * vocabulary }, (_, i) => Math.round(9 * Math.sin(i)) / 4);
    const whole = await choose(logits, { vocabulary, name: 'tokens', step: 5 });
    const parts = await Promise.all(
      whole.map((_, firstRow) => {
        const row = logits.subarray(firstRow * vocabulary, (firstRow + 1) * vocabulary);
        return choose(row, { firstRow, name: 'tokens', step: 5 });
      }),
    );
    expect(parts.flat()).toEqual(whole);
    const halves = Uint16Array.from(logits, (_, i) => float16(logits[i]));
    expect(await choose(halves, { vocabulary, name: 'tokens', step: 5 })).toEqual(whole);
    expect(await choose(logits, { vocabulary, name: 'tokens', step: 6 })).not.toEqual(whole);
  });

  it('writes to the memory of the caller', async () => {
    const memory = new Uint32Array(5).fill(99);
    const logits = repeated(Float32Array.of(0, 9), 3);
    const options = { vocabulary: 2, temperature: 0, buffer: memory, byteOffset: 4 };
    const output = await categorical(cpu, logits, options);
    expect([...memory]).toEqual([99, 1, 1, 1, 99]);
    expect([...(await output.data())]).toEqual([1, 1, 1]);
    expect([output.byteOffset, output.byteLength, output.dtype]).toEqual([4, 12, 'uint32']);
  });

  const two = Float32Array.of(1, 2);
  it.each<[string, unknown, object, string]>([
    ['no seed', two, { seed: undefined }, 'seed is missing: give an integer in [0, 2^64)'],
    ['temperature', two, { temperature: -1 }, 'temperature must be 0, or a number in [1e-9, 1e9], got -1'],
    ['NaN', two, { temperature: NaN }, 'temperature must be 0, or a number in [1e-9, 1e9], got NaN'],
    ['topK', two, { topK: 0 }, 'topK must be an integer in [1, 9007199254740991], got 0'],
    ['topP', two, { topP: 1.1 }, 'topP must be a number in [0, 1], got 1.1'],
    ['minP', two, { minP: -0.1 }, 'minP must be a number in [0, 1], got -0.1'],
    ['vocabulary', two, { vocabulary: 0 }, 'vocabulary must be an integer in [1, 16777216], got 0'],
    ['too many', two, { rows: 2 }, 'logits must have 4 elements for 2 rows of 2, got 2'],
    ['a rest', two, { vocabulary: 3 }, 'logits must have rows of 3, got 2'],
    ['a misspelt key', two, { topk: 3 }, 'options has the unknown key "topk"; did you mean topK?'],
    ['a list', [1, 2], {}, 'logits must be a GPUBuffer on a GPU, or a typed array'],
    ['another class', Int8Array.of(1, 2), {}, 'logits must be a GPUBuffer on a GPU, or a typed array'],
    ['another dtype', two, { dtype: 'float16' }, '(Float16Array, Uint16Array for float16)'],
    ['an offset', two, { byteOffset: 2, buffer: new ArrayBuffer(8) }, 'byteOffset must be a multiple of 4'],
    ['small memory', two, { buffer: new ArrayBuffer(2) }, 'buffer must have at least 4 bytes'],
    ['far rows', two, { firstRow: 2 ** 52 }, 'firstRow must be below 2^53 / (vocabulary * samples)'],
  ])('refuses %s', async (_, logits, options, message) => {
    const asked = { vocabulary: 2, seed: 1, ...options } as CategoricalOptions;
    const error: ArgumentError = await categorical(cpu, logits as Float32Array, asked).then(
      () => expect.fail('it was taken'),
      (error: ArgumentError) => error,
    );
    expect(error.name).toBe('ArgumentError');
    expect(error.message).toContain(message);
    expect(error.message).not.toContain('\n');
  });

  it('refuses a sampler that was destroyed', async () => {
    const sampler = await Sampler.create({ backend: 'cpu' });
    sampler.destroy();
    await expect(categorical(sampler, two, { vocabulary: 2, seed: 1 })).rejects.toThrow(
      'after it was destroyed',
    );
    await expect(categorical({} as Sampler, two, { vocabulary: 2, seed: 1 })).rejects.toThrow(
      'sampler must be a Sampler, got {}',
    );
  });
});

/** The float16 bits of a small multiple of 1/4. */
function float16(value: number): number {
  if (value === 0) return 0;
  const exponent = Math.floor(Math.log2(Math.abs(value)));
  const mantissa = (Math.abs(value) / 2 ** exponent - 1) * 1024;
  return (value < 0 ? 0x8000 : 0) | ((exponent + 15) << 10) | mantissa;
}
