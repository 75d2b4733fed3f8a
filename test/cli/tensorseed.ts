import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach } from 'vitest';

export const BUILT = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
/** The command, which starts the built command line; TENSORSEED_CLI names another build of that. */
export const CLI =
  process.env.TENSORSEED_CLI ?? fileURLToPath(new URL('../../bin/tensorseed.cjs', import.meta.url));

export interface Result {
  readonly code: number | null;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** The environment without what a launcher of this test run may have put there. */
export const QUIET_ENV: NodeJS.ProcessEnv = Object.fromEntries(
  Object.entries(process.env).filter(
    ([name]) => !/^(RANK|WORLD_SIZE|JOB_COMPLETION_INDEX|TENSORSEED_SHARDS|(OMPI|PMI|SLURM)_.*)$/.test(name),
  ),
);

export interface Workspace {
  readonly folder: string;
  run(...words: string[]): Result;
  runIn(environment: Readonly<Record<string, string>>, ...words: string[]): Result;
  files(): string[];
  read(file: string): Buffer;
  write(file: string, content: string | Uint8Array): void;
}

/** A folder for each test, in which the command runs. */
export function workspace(): Workspace {
  let folder = '';
  beforeEach(() => {
    if (!existsSync(BUILT)) throw new Error(`${BUILT} is missing: run npm run build`);
    folder = mkdtempSync(join(tmpdir(), 'tensorseed-cli-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  return {
    get folder() {
      return folder;
    },
    run(...words) {
      return this.runIn({}, ...words);
    },
    runIn(environment, ...words) {
      const env = { ...QUIET_ENV, ...environment };
      const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...words], {
        cwd: folder,
        env,
        maxBuffer: 2 ** 28,
      });
      return { code: status, stdout, stderr: stderr.toString() };
    },
    read: (file) => readFileSync(join(folder, file)),
    write: (file, content) => writeFileSync(join(folder, file), content),
    /** All that is there, hidden files too. */
    files: () => readdirSync(folder).sort(),
  };
}
