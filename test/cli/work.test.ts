import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nativeAgrees } from '../../src/verify/native_tolerance';
import { perform, type Work } from '../../src/cli/work';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tensorseed-work-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A piece of a tensor that begins at byte 8 of its file, written. */
async function written(changes: Partial<Work> = {}): Promise<Work> {
  const file = join(folder, 'a.bin');
  writeFileSync(file, Buffer.alloc(8));
  const work: Work = {
    task: 'write',
    file,
    label: 'a.bin',
    position: 8,
    name: 'w',
    initializer: 'normal',
    shape: [100, 30],
    dtype: 'float32',
    seed: 3n,
    math: 'exact',
    start: 1001,
    count: 999,
    ...changes,
  };
  await perform(work);
  return { ...work, task: 'check' };
}

function change({ file }: Work, at: number, mask: number): void {
  const content = readFileSync(file);
  content[at] ^= mask;
  writeFileSync(file, content);
}

describe('checking a piece', () => {
  it('finds what was written, with its statistics', async () => {
    const { mismatch, moments } = await perform(await written());
    expect(mismatch).toBeUndefined();
    expect(moments.count).toBe(999);
    expect(moments.squares / moments.count).toBeCloseTo(0.05 ** 2, 3);
  });

  it.each(['float32', 'float16', 'bfloat16'] as const)(
    'names the first of %s that differs in one bit',
    async (dtype) => {
      const work = await written({ dtype });
      const size = dtype === 'float32' ? 4 : 2;
      change(work, 8 + 17 * size, 1);
      change(work, 8 + 400 * size, 1);
      expect((await perform(work)).mismatch).toMatchObject({
        element: 1001 + 17,
        got: expect.stringMatching(/^-?[\d.e-]+ \(0x[\da-f]+\)$/),
      });
    },
  );

  it('finds a zero with the wrong sign', async () => {
    const work = await written({ initializer: 'zeros' });
    change(work, 11, 0x80);
    expect((await perform(work)).mismatch).toEqual({ element: 1001, got: '0 (0x80000000)', want: '0 (0x0)' });
  });

  it('gives native math its bound and no more', async () => {
    const work: Work = { ...(await written()), math: 'native' };
    change(work, 8 + 17 * 4, 1);
    expect((await perform(work)).mismatch).toBeUndefined();
    change(work, 8 + 17 * 4 + 3, 0x80);
    expect((await perform(work)).mismatch?.element).toBe(1018);
  });

  it('gives an orthogonal its bound and no more', async () => {
    const work = await written({ initializer: 'orthogonal', shape: [40, 30], start: 30, count: 600 });
    change(work, 8 + 17 * 4, 1);
    expect((await perform(work)).mismatch).toBeUndefined();
    change(work, 8 + 18 * 4 + 3, 0x80);
    expect((await perform(work)).mismatch?.element).toBe(48);
  });

  it('says where a file is cut off', async () => {
    const work = await written();
    writeFileSync(work.file, readFileSync(work.file).subarray(0, 1000));
    await expect(perform(work)).rejects.toThrow('a.bin ends at byte 1000');
    rmSync(work.file);
    await expect(perform(work)).rejects.toThrow('cannot read a.bin: no such file or directory');
  });
});

describe('nativeAgrees', () => {
  const cut = { kind: 'truncated_normal', mean: 1, stddev: 0.5, lower: -2, upper: 2 } as const;

  it('allows a small share of the standard deviation', () => {
    const normal = { kind: 'normal', mean: 0, stddev: 0.5 } as const;
    expect(nativeAgrees(normal, 'float32', 0.1009, 0.1)).toBe(true);
    expect(nativeAgrees(normal, 'float32', 0.102, 0.1)).toBe(false);
    expect(nativeAgrees(normal, 'bfloat16', 1.0078125, 1)).toBe(true);
    expect(nativeAgrees(normal, 'float32', NaN, 0.1)).toBe(false);
  });

  it('allows another candidate only where one was at a bound', () => {
    expect(nativeAgrees(cut, 'float32', 1.9995, 0.3)).toBe(true);
    expect(nativeAgrees(cut, 'float32', 0.3, 0.0005)).toBe(true);
    expect(nativeAgrees(cut, 'float32', 1.5, 0.3)).toBe(false);
  });

  it('allows nothing where no function of the device is used', () => {
    expect(nativeAgrees({ kind: 'uniform', low: 0, high: 1 }, 'float32', 0.5, 0.5 + 2 ** -24)).toBe(false);
  });
});
