import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { link, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { checkShared, writeShared } from '../../src/cli/init/shared_file';
import { OutputFile } from '../../src/cli/output_file';

vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof import('node:fs/promises')>();
  return { ...real, link: vi.fn(real.link) };
});

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tensorseed-name-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function written(name: string, text: string): Promise<OutputFile> {
  const file = await OutputFile.create(join(folder, name), false);
  await file.write(Buffer.from(text));
  return file;
}

/** Commits both at once; the temporary files are removed. */
async function race(...files: OutputFile[]): Promise<PromiseSettledResult<boolean>[]> {
  const ended = await Promise.allSettled(files.map((file) => file.commit()));
  await Promise.all(files.map((file) => file.discard()));
  return ended;
}

const NONE = 'links';
describe.each([NONE, 'EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EXDEV', 'EMLINK'])(
  'the name of a file, where the disk answers to a link: %s',
  (code) => {
    beforeEach(() => {
      if (code !== NONE)
        vi.mocked(link).mockImplementation(async () => {
          throw Object.assign(new Error(`${code}: no links here, link`), { code, syscall: 'link' });
        });
    });
    afterEach(() => void vi.mocked(link).mockReset());

    it('is taken once', async () => {
      const file = await written('a', 'text');
      expect(await file.commit()).toBe(true);
      await file.discard();
      expect(readdirSync(folder)).toEqual(['a']);
      expect(readFileSync(join(folder, 'a'), 'utf8')).toBe('text');
      expect((await stat(join(folder, 'a'))).nlink).toBe(1);
    });

    it('is never taken from what has it', async () => {
      const file = await written('a', 'text');
      writeFileSync(join(folder, 'a'), 'older');
      await expect(file.commit()).rejects.toThrow(
        `a: it has come into being while this ran, and stays as it is`,
      );
      await file.discard();
      expect(readdirSync(folder)).toEqual(['a']);
      expect(readFileSync(join(folder, 'a'), 'utf8')).toBe('older');
    });

    it('goes to one of two, and with the same bytes that is no fault', async () => {
      const [first, second] = await race(await written('a', 'first'), await written('a', 'other'));
      expect([first.status, second.status].toSorted()).toEqual(['fulfilled', 'rejected']);
      const want = first.status === 'fulfilled' ? 'first' : 'other';
      expect(readFileSync(join(folder, 'a'), 'utf8')).toBe(want);
      const alike = await race(await written('b', 'same'), await written('b', 'same'));
      expect(alike.map((one) => one.status === 'fulfilled' && one.value).toSorted()).toEqual([false, true]);
      expect(readFileSync(join(folder, 'b'), 'utf8')).toBe('same');
      expect(readdirSync(folder)).toEqual(['a', 'b']);
    });

    it('is not left on an empty file where the temporary file is gone', async () => {
      const file = await written('a', 'text');
      rmSync(file.temporary);
      await expect(file.commit()).rejects.toThrow(
        'a: its folder or temporary file was removed while this ran',
      );
      expect(readdirSync(folder)).toEqual([]);
    });
  },
);

describe('a file that all shards write', () => {
  it('may be written by several at once, with one text only', async () => {
    const path = join(folder, 'm.index.json');
    await Promise.all(Array.from({ length: 8 }, () => writeShared({ path, text: 'same' }, false)));
    expect(readFileSync(path, 'utf8')).toBe('same');
    expect(await checkShared({ path, text: 'same' }, false)).toBe(true);
    const other = join(folder, 'n.index.json');
    const texts = ['one', 'two', 'six'];
    const ended = await Promise.allSettled(texts.map((text) => writeShared({ path: other, text }, false)));
    const winners = texts.filter((_, i) => ended[i].status === 'fulfilled');
    expect(winners).toEqual([readFileSync(other, 'utf8')]);
    expect(readdirSync(folder)).toEqual(['m.index.json', 'n.index.json']);
  });
});
