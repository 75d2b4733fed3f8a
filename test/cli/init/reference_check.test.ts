import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkElements, type CheckRequest, type CheckResult } from '../../../src/cli/init/reference_check';
import { type KeyData, Sampler } from '../../../src/index';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tensorseed-check-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const reference = await Sampler.create({ backend: 'cpu', cpu: 'reference' });
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
  const [result] = await checkElements([request], reference);
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
