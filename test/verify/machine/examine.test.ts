import { describe, expect, it } from 'vitest';
import { Sampler } from '../../../src/index';
import { MACHINE_CASES, type MachineCase } from '../../../src/verify/machine/cases';
import { type CaseResult, examine, type ExaminationOptions } from '../../../src/verify/machine/examine';
import type { Examined } from '../../../src/verify/machine/fills';
import { sha256 } from '../../../src/verify/machine/sha256';
import { bytesOfCase, checksummed, sha256Of, smallCases } from './small_cases';

const cpu = await Sampler.create({ backend: 'cpu' });

/** A sampler on the CPU whose tensors are changed after they were filled. */
function faulty(change: (bytes: Uint8Array, dtype: string | undefined) => void): Examined {
  return {
    backend: 'cpu',
    device: undefined,
    prepare: () => Promise.reject(new Error('only a GPU prepares')),
    async fill(initializer, shape, options) {
      const tensor = await cpu.fill(initializer, shape, options);
      change(new Uint8Array(options!.buffer as ArrayBuffer), options!.dtype);
      return tensor;
    },
  };
}

async function all(
  sampler: Examined,
  cases: readonly MachineCase[],
  options: Partial<ExaminationOptions> = {},
): Promise<CaseResult[]> {
  const results: CaseResult[] = [];
  for await (const one of examine(sampler, { cases, hash: sha256, ...options })) results.push(one);
  return results;
}

describe('the cases of a machine', () => {
  it('are every draw in every dtype that it has', () => {
    const dtypes = new Map<string, Set<string>>();
    for (const { draw, dtype } of MACHINE_CASES)
      dtypes.set(draw.kind, (dtypes.get(draw.kind) ?? new Set()).add(dtype));
    const floats = ['bfloat16', 'float16', 'float32'];
    const sorted = [...dtypes].map(([kind, found]) => [kind, [...found].sort()]);
    expect(Object.fromEntries(sorted)).toEqual({
      bits: ['uint32'],
      uniform: floats,
      normal: floats,
      truncated_normal: floats,
      constant: floats,
      eye: floats,
      orthogonal: floats,
    });
  });
});

describe('an examination', () => {
  it('finds a sound sampler right, by checksum, by bits and within a bound', async () => {
    const cases = await smallCases();
    const results = await all(cpu, cases);
    expect(results.map(({ of }) => of)).toEqual(cases);
    expect(results.map(({ right }) => right)).toEqual(cases.map(() => true));
    expect(results.map(({ sha256 }) => sha256)).toEqual(cases.map(({ sha256 }) => sha256));
    expect(results.map(({ firstWrong }) => firstWrong)).toEqual(cases.map(() => undefined));
    expect(results.map(({ times }) => times !== undefined)).toEqual([true, true, true, true, false]);
  });

  it('names the first wrong element, and the checksum that it got', async () => {
    const [, normal, , eye] = await smallCases();
    const results = await all(
      faulty((bytes, dtype) => {
        if (dtype === 'float32') return; // the constant fill
        bytes[2 * 1234] ^= 1;
        bytes[2 * 3000] ^= 1;
      }),
      [normal, eye],
    );
    const bytes = await bytesOfCase(normal);
    bytes[2 * 1234] ^= 1;
    bytes[2 * 3000] ^= 1;
    expect(results.map(({ right, firstWrong }) => [right, firstWrong?.element])).toEqual([
      [false, 1234],
      [false, 1234],
    ]);
    expect(results[0].sha256).toBe(sha256Of(bytes));
    expect(results[0].firstWrong!.got).not.toBe(results[0].firstWrong!.want);
    expect(results[1].sha256).toBeUndefined();
  });

  it.each([0, 2 ** 18 - 1, 2 ** 18, 2 ** 18 + 5])(
    'finds element %i, in whatever chunk it is',
    async (element) => {
      const one = await checksummed({ kind: 'bits' }, 'uint32', 2 ** 18 + 6);
      const [{ right, firstWrong }] = await all(
        faulty((bytes) => void (bytes[4 * element + 3] ^= 0x80)),
        [one],
      );
      expect([right, firstWrong?.element]).toEqual([false, element]);
    },
  );

  it('takes an orthogonal within its bound, and no further', async () => {
    const one = (await smallCases())[4];
    const moved = (by: number): Examined =>
      faulty((bytes) => void (new Float32Array(bytes.buffer, 0, 48 * 48)[77] += by));
    expect((await all(moved(1e-7), [one]))[0]).toMatchObject({ right: true });
    expect((await all(moved(0.01), [one]))[0]).toMatchObject({ right: false, firstWrong: { element: 77 } });
  });

  it('is not right where only the checksum differs', async () => {
    const one = { ...(await smallCases())[0], sha256: '0'.repeat(64) };
    expect((await all(cpu, [one]))[0]).toMatchObject({ right: false, firstWrong: undefined });
  });

  it('goes on after a wrong case', async () => {
    const [first, second] = await smallCases();
    const results = await all(cpu, [{ ...first, sha256: '0'.repeat(64) }, second]);
    expect(results.map(({ right }) => right)).toEqual([false, true]);
  });

  it('times by the clock that it is given', async () => {
    let now = 0;
    const [one] = await smallCases();
    const [{ times }] = await all(cpu, [one], { clock: () => (now += 30) });
    expect(times).toEqual({ fill: { wall: 0.03, gpu: undefined }, constant: { wall: 0.03, gpu: undefined } });
  });

  it('reports progress that grows, and stops where it is told to', async () => {
    const cases = await smallCases();
    const shares: number[] = [];
    await all(cpu, cases, { onProgress: (share) => shares.push(share) });
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares[0]).toBe(0);
    expect(shares.at(-1)).toBeLessThan(1);
    expect(new Set(shares).size).toBe(shares.length);
    const controller = new AbortController();
    const seen: CaseResult[] = [];
    const running = (async () => {
      for await (const one of examine(cpu, { cases, hash: sha256, signal: controller.signal })) {
        seen.push(one);
        controller.abort();
      }
    })();
    await expect(running).rejects.toThrow(/abort/i);
    expect(seen).toHaveLength(1);
  });
});
