import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach } from 'vitest';

/** The built command line; TENSORSEED_CLI names another build of it. */
export const CLI = process.env.TENSORSEED_CLI ?? fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

export interface Result {
  readonly code: number | null;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** A folder for each test, in which the command runs. */
export function workspace(): { readonly folder: string; run(...words: string[]): Result; files(): string[] } {
  let folder = '';
  beforeEach(() => {
    if (!existsSync(CLI)) throw new Error(`${CLI} is missing: run npm run build`);
    folder = mkdtempSync(join(tmpdir(), 'tensorseed-cli-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  return {
    get folder() {
      return folder;
    },
    run(...words) {
      const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...words], { cwd: folder, maxBuffer: 2 ** 28 });
      return { code: status, stdout, stderr: stderr.toString() };
    },
    /** All that is there, hidden files too. */
    files: () => readdirSync(folder).sort(),
  };
}
