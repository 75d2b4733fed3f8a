import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { appendChunks } from '../../src/cli/append';
import { OutputFile } from '../../src/cli/output_file';

let folder = '';
let file: OutputFile;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tensorseed-append-'));
  file = await OutputFile.create(join(folder, 'a.bin'), false);
});
afterEach(async () => {
  await file.discard();
  rmSync(folder, { recursive: true });
});

/** Chunks of these sizes in one memory, as a sampler gives them; byte i of them all is i % 251. */
async function* chunks(sizes: readonly number[]): AsyncGenerator<{ bytes: Uint8Array }> {
  const memory = new Uint8Array(Math.max(...sizes));
  let at = 0;
  for (const size of sizes) {
    const bytes = memory.subarray(0, size);
    for (let i = 0; i < size; i++) bytes[i] = at++ % 251;
    yield { bytes };
    memory.fill(255);
  }
}

describe('appended chunks', () => {
  it.each([
    ['none', []],
    ['small ones and empty ones', [3, 0, 1000, 5]],
    ['some that are larger than what is written at once', [7, 2 ** 25 + 3, 1, 2 ** 24]],
  ])('stand in the file in order: %s', async (_, sizes) => {
    await file.write(Uint8Array.of(9, 9));
    await appendChunks(file, chunks(sizes.length === 0 ? [0] : sizes));
    await file.commit();
    const content = readFileSync(join(folder, 'a.bin'));
    const total = sizes.reduce((sum, size) => sum + size, 0);
    const want = new Uint8Array(total);
    for (let i = 0; i < total; i++) want[i] = i % 251;
    expect(content.length).toBe(2 + total);
    expect(Buffer.compare(content.subarray(2), want)).toBe(0);
  });

  it('are asked for while those before them are written', async () => {
    const events: string[] = [];
    vi.spyOn(file, 'write').mockImplementation(async () => {
      events.push('begins');
      await new Promise((resolve) => setTimeout(resolve, 50));
      events.push('ends');
    });
    async function* two(): AsyncGenerator<{ bytes: Uint8Array }> {
      yield { bytes: new Uint8Array(2 ** 24) };
      events.push('next');
      yield { bytes: new Uint8Array(1) };
    }
    await appendChunks(file, two());
    expect(events).toEqual(['begins', 'next', 'ends', 'begins', 'ends']);
  });

  it('that cannot be written are a fault', async () => {
    vi.spyOn(file, 'write').mockRejectedValue(new Error('no space'));
    await expect(appendChunks(file, chunks([2 ** 24, 2 ** 24, 2 ** 24]))).rejects.toThrow('no space');
    await expect(appendChunks(file, chunks([1]))).rejects.toThrow('no space');
  });

  it('that cannot be computed are a fault, and nothing is left', async () => {
    async function* broken(): AsyncGenerator<{ bytes: Uint8Array }> {
      yield { bytes: new Uint8Array(2 ** 24) };
      throw new Error('device lost');
    }
    await expect(appendChunks(file, broken())).rejects.toThrow('device lost');
    await file.discard();
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('an output file', () => {
  const PART = new Uint8Array(32 * 2 ** 20);

  it('flushes while more is written, one flush at a time', async () => {
    const events: string[] = [];
    let finish = (): void => {};
    vi.spyOn(file.handle, 'datasync').mockImplementation(() => {
      events.push('flush');
      return new Promise((resolve) => (finish = resolve));
    });
    for (let part = 0; part < 5; part++) {
      await file.write(PART);
      events.push('written');
    }
    finish();
    await new Promise((resolve) => setTimeout(resolve));
    await file.write(PART);
    expect(events.join(' ')).toBe('written flush written written written written flush');
    finish();
    await file.commit();
  });

  it('is not complete where a flush before the last one failed, which the system says once', async () => {
    vi.spyOn(file.handle, 'datasync').mockRejectedValueOnce(
      Object.assign(new Error('EIO: i/o error, fdatasync'), { code: 'EIO', syscall: 'fdatasync' }),
    );
    await file.write(PART);
    await file.write(PART);
    await new Promise((resolve) => setTimeout(resolve));
    await expect(file.write(PART)).rejects.toThrow(/^cannot write .*a\.bin: i\/o error$/);
    await expect(file.commit()).rejects.toThrow(/^cannot write .*a\.bin: i\/o error$/);
    await file.discard();
    expect(readdirSync(folder)).toEqual([]);
  });
});
