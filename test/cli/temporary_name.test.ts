import { mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { OutputFile } from '../../src/cli/output_file';
import { LEASE_MS, removeStale, temporaryPath } from '../../src/cli/temporary_name';

let folder = '';
let path = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tensorseed-lease-'));
  path = join(folder, 'a.bin');
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(folder, { recursive: true });
});

/** Makes a file look as if nobody had touched it for so long. */
function age(file: string, ms: number): void {
  const then = (Date.now() - ms) / 1000;
  utimesSync(file, then, then);
}

/** A temporary file as a process leaves it that was killed so long ago. */
function left(of: string, ms: number): string {
  const file = temporaryPath(of);
  writeFileSync(file, '');
  age(file, ms);
  return file;
}

describe('temporary files', () => {
  it('have names without the process and the machine, each another one', () => {
    expect(temporaryPath(path)).toMatch(/\/\.tensorseed-[0-9a-f]{16}-[0-9a-f]{16}\.tmp$/);
    expect(new Set(Array.from({ length: 100 }, () => temporaryPath(path))).size).toBe(100);
  });

  it('are removed when their lease has passed, and those of other outputs stay', async () => {
    const fresh = left(path, LEASE_MS / 2);
    const stale = left(path, LEASE_MS * 2);
    const other = left(join(folder, 'b.bin'), LEASE_MS * 2);
    await removeStale(path);
    expect(
      readdirSync(folder)
        .map((name) => join(folder, name))
        .toSorted(),
    ).toEqual([fresh, other].toSorted());
    expect(readdirSync(folder)).not.toContain(stale);
  });

  it('are dated by the clock of the disk, whatever this machine believes', async () => {
    left(path, 0);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 100 * LEASE_MS });
    await removeStale(path);
    expect(readdirSync(folder)).toHaveLength(1);
  });

  it('are touched while nothing is written, until they are given up', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const file = await OutputFile.create(path, false);
    for (let round = 0; round < 3; round++) {
      age(file.temporary, LEASE_MS * 2);
      vi.advanceTimersByTime(LEASE_MS / 4);
      await vi.waitFor(() =>
        expect(Date.now() - statSync(file.temporary).mtimeMs).toBeLessThan(LEASE_MS / 2),
      );
      await removeStale(path);
      expect(readdirSync(folder)).toHaveLength(1);
    }
    await file.discard();
    expect([readdirSync(folder), vi.getTimerCount()]).toEqual([[], 0]);
  });

  it('are touched by the clock of the disk', async () => {
    vi.useFakeTimers({ toFake: ['Date', 'setInterval', 'clearInterval'], now: Date.now() - 100 * LEASE_MS });
    const file = await OutputFile.create(path, false);
    age(file.temporary, 0);
    vi.advanceTimersByTime(LEASE_MS / 4);
    vi.useRealTimers();
    await vi.waitFor(() => expect(Date.now() - statSync(file.temporary).mtimeMs).toBeLessThan(LEASE_MS / 2));
    await file.discard();
  });
});
