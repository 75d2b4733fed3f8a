import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type CheckRequest, type CheckResult, ElementCheck } from '../../../src/cli/init/element_check';
import { type KeyData, Sampler } from '../../../src/index';
import { SecondImplementation } from '../../../src/verify/second/second';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tensorseed-check-'));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

const reference = await Sampler.create({ backend: 'cpu', cpu: 'reference' });
const checks = await ElementCheck.open(reference);
const fast = await Sampler.create({ backend: 'cpu', threads: 1 });

/** Writes elements of a tensor, as the command line computes them, from byte 8 of a file on. */
async function written(changes: Partial<CheckRequest> = {}): Promise<CheckRequest> {
  const request: CheckRequest = {
    file: join(folder, 'a.bin'),
    label: 'a.bin',
    position: 8,
    name: 'w',
    initializer: 'normal',
    shape: [100, 30],
    dtype: 'float32',
    key: { lo: 3, hi: 0 },
    stream: undefined,
    math: 'exact',
    range: { start: 1001, count: 999 },
    ...changes,
  };
  const { key, dtype, math, range } = request;
  const tensor = await fast.fill(request.initializer as string, request.shape, {
    seed: key as KeyData,
    dtype,
    math,
    range,
  });
  const { buffer, byteOffset, byteLength } = await tensor.data();
  writeFileSync(request.file, Buffer.concat([Buffer.alloc(8), Buffer.from(buffer, byteOffset, byteLength)]));
  return request;
}

async function check(request: CheckRequest): Promise<CheckResult> {
  const [result] = await checks.check([request]);
  return result;
}

function change({ file }: CheckRequest, at: number, mask: number): void {
  const content = readFileSync(file);
  content[at] ^= mask;
  writeFileSync(file, content);
}

describe('checking elements of a file', () => {
  it('finds what was written, with its statistics', async () => {
    const { mismatch, moments } = await check(await written());
    expect(mismatch).toBeUndefined();
    expect(moments.count).toBe(999);
    expect(moments.squares / moments.count).toBeCloseTo(0.05 ** 2, 3);
  });

  it('finds one wrong bit in any byte', async () => {
    const request = await written({ range: { start: 1001, count: 20 } });
    for (let byte = 0; byte < 80; byte++) {
      change(request, 8 + byte, 0x10);
      expect((await check(request)).mismatch?.element).toBe(1001 + Math.floor(byte / 4));
      change(request, 8 + byte, 0x10);
    }
    expect((await check(request)).mismatch).toBeUndefined();
  });

  it.each(['float32', 'float16', 'bfloat16'] as const)(
    'names the first of %s that differs in one bit',
    async (dtype) => {
      const request = await written({ dtype });
      const size = dtype === 'float32' ? 4 : 2;
      change(request, 8 + 17 * size, 1);
      change(request, 8 + 400 * size, 1);
      expect((await check(request)).mismatch).toMatchObject({
        element: 1001 + 17,
        got: expect.stringMatching(/^-?[\d.e-]+ \(0x[\da-f]+\)$/),
      });
    },
  );

  it('finds a zero with the wrong sign', async () => {
    const request = await written({ initializer: 'zeros' });
    change(request, 11, 0x80);
    expect((await check(request)).mismatch).toEqual({
      element: 1001,
      got: '0 (0x80000000)',
      want: '0 (0x0)',
    });
  });

  it('gives native math its bound and no more', async () => {
    const request: CheckRequest = { ...(await written()), math: 'native' };
    change(request, 8 + 17 * 4, 1);
    expect((await check(request)).mismatch).toBeUndefined();
    change(request, 8 + 17 * 4 + 3, 0x80);
    expect((await check(request)).mismatch?.element).toBe(1018);
  });

  it('gives an orthogonal its bound and no more', async () => {
    const request = await written({
      initializer: 'orthogonal',
      shape: [40, 30],
      range: { start: 30, count: 600 },
    });
    change(request, 8 + 17 * 4, 1);
    expect((await check(request)).mismatch).toBeUndefined();
    change(request, 8 + 18 * 4 + 3, 0x80);
    expect((await check(request)).mismatch?.element).toBe(48);
  });

  it('says where a file is cut off', async () => {
    const request = await written();
    writeFileSync(request.file, readFileSync(request.file).subarray(0, 1000));
    await expect(check(request)).rejects.toThrow('a.bin ends at byte 1000');
    rmSync(request.file);
    await expect(check(request)).rejects.toThrow('cannot read a.bin: no such file or directory');
  });

  it('reads a part of a tensor that is filled by parts', async () => {
    const parts = [
      { shape: [1500], initializer: 'zeros' },
      { shape: [1500], initializer: 'normal' },
    ];
    const request = { ...(await written({ range: { start: 1500, count: 1000 } })), initializer: parts };
    expect((await check(request)).mismatch).toBeUndefined();
    change(request, 8 + 999 * 4, 1);
    expect((await check(request)).mismatch?.element).toBe(2499);
  });
});

describe('checking many elements', () => {
  const SHAPE = [1000, 1000];
  const RANGE = { start: 3, count: 900_000 };

  it.each(['normal', 'uniform', 'truncated_normal'])(
    'compares all with a second implementation and some with the reference: %s',
    async (initializer) => {
      const { mismatch, byReference, moments } = await check(
        await written({ initializer, shape: SHAPE, range: RANGE, dtype: 'bfloat16' }),
      );
      expect(mismatch).toBeUndefined();
      expect(moments.count).toBe(RANGE.count);
      expect(byReference).toBeGreaterThanOrEqual(RANGE.count / 64);
      expect(byReference).toBeLessThan(RANGE.count / 50);
    },
  );

  it('finds one wrong bit anywhere, and says what the reference has', async () => {
    const request = await written({ shape: SHAPE, range: RANGE });
    for (const element of [0, 77_777, 524_287, 524_288, 899_999]) {
      change(request, 8 + 4 * element, 1);
      const { mismatch, byReference } = await check(request);
      expect(mismatch?.element).toBe(RANGE.start + element);
      expect(byReference).toBe(RANGE.count);
      change(request, 8 + 4 * element, 1);
    }
  });

  it('says where the second implementation contradicts the reference', async () => {
    const request = await written({ shape: SHAPE, range: RANGE });
    vi.spyOn(SecondImplementation.prototype, 'fill').mockImplementation((_, _start, out) => void out.fill(0));
    await expect(check(request)).rejects.toThrow(
      'the second implementation contradicts the CPU reference, which finds nothing wrong with tensor "w"',
    );
  });

  it('finds by the reference what a second implementation with the same fault would not', async () => {
    const request = await written({ shape: SHAPE, range: RANGE });
    const content = readFileSync(request.file);
    for (let element = 0; element < RANGE.count; element += 200) content[8 + 4 * element] ^= 1;
    writeFileSync(request.file, content);
    vi.spyOn(SecondImplementation.prototype, 'fill').mockImplementation((_, start, out) => {
      const at = 8 + 4 * (start - RANGE.start);
      new Uint8Array(out.buffer, out.byteOffset, out.byteLength).set(
        content.subarray(at, at + out.byteLength),
      );
    });
    const { mismatch, byReference } = await check(request);
    expect(mismatch?.element).toBe(RANGE.start);
    expect(byReference).toBeLessThan(RANGE.count / 50);
  });

  it('compares all with the reference what the second implementation does not know', async () => {
    const shared = { shape: [300, 300], range: { start: 0, count: 90_000 } };
    const request = await written({ ...shared, initializer: 'zeros' });
    expect((await check(request)).byReference).toBe(90_000);
    expect((await check({ ...(await written(shared)), math: 'native' })).byReference).toBe(90_000);
  });
});
