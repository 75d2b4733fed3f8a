import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import ts from '../../docs/compiler.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const bin = join(root, manifest.bin.tensorseed);

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tensorseed-bin-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const node = (...words: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, words, { cwd: folder, encoding: 'utf8' });
  return { status, stdout, stderr };
};

describe('the command', () => {
  it('runs the built program, through links and from anywhere', () => {
    const link = join(folder, 'tensorseed');
    symlinkSync(bin, link);
    for (const path of [bin, link]) {
      expect(node(path, '--version')).toEqual({ status: 0, stdout: `${manifest.version}\n`, stderr: '' });
    }
  });

  it('has the exit codes of the program', () => {
    expect(node(bin, 'nope')).toMatchObject({ status: 2, stdout: '' });
    expect(node(bin, 'inspect', 'missing.safetensors')).toMatchObject({ stdout: '' });
    expect(node(bin, 'inspect', 'missing.safetensors').status).toBe(
      node(join(root, 'dist', 'cli.js'), 'inspect', 'missing.safetensors').status,
    );
  });

  it.skipIf(process.platform === 'win32')(
    'is started as a program, and dies of a signal as one',
    async () => {
      const words = [
        'sample',
        'normal',
        '--shape',
        '1000000000',
        '--seed',
        '1',
        '--out',
        'x.npy',
        '--backend',
        'cpu',
      ];
      const child = spawn(bin, words, { cwd: folder, stdio: 'ignore' });
      await new Promise((resolve) => setTimeout(resolve, 1500));
      child.kill('SIGTERM');
      const [code, signal] = await new Promise<[number | null, string | null]>((resolve) =>
        child.on('exit', (code, signal) => resolve([code, signal])),
      );
      expect(signal === 'SIGTERM' || code === 143).toBe(true);
    },
  );

  it('says in one line that Node is too old, in syntax that an old Node reads', () => {
    const old = join(folder, 'old.cjs');
    writeFileSync(
      old,
      `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '18.20.4' } });
      Object.defineProperty(process, 'version', { value: 'v18.20.4' });`,
    );
    expect(node('--require', old, bin, '--version')).toEqual({
      status: 1,
      stdout: '',
      stderr: 'tensorseed: Node 20 or newer is needed, got v18.20.4\n',
    });
    const text = readFileSync(bin, 'utf8');
    const { outputText } = ts.transpileModule(text, { compilerOptions: { target: ts.ScriptTarget.ES5 } });
    const compact = (code: string): string => code.replace(/\s+/g, ' ').trim();
    expect(compact(outputText)).toBe(compact(text));
    expect(text).not.toMatch(/\bimport\b/);
  });
});

describe('the command without a build', () => {
  /** A copy of the command, in a folder that may have a set-up. */
  function copy(setUp?: string): string {
    const there = join(folder, 'a folder #1');
    cpSync(join(root, 'bin'), join(there, 'bin'), { recursive: true });
    if (setUp !== undefined) {
      mkdirSync(join(there, 'tools'));
      writeFileSync(join(there, 'tools', 'packages.mjs'), setUp);
    }
    return join(there, manifest.bin.tensorseed);
  }
  const BUILDS = `
    import { mkdirSync, writeFileSync } from 'node:fs';
    console.log('noise');
    console.error('building');
    mkdirSync(new URL('../dist', import.meta.url));
    writeFileSync(new URL('../dist/cli.js', import.meta.url), 'console.log(process.argv.slice(2).join()); process.exit(7)');`;

  it('builds in a checkout, and leaves stdout to the program', () => {
    const command = copy(BUILDS);
    expect(node(command, 'a', 'b')).toEqual({ status: 7, stdout: 'a,b\n', stderr: 'noise\nbuilding\n' });
    expect(node(command, 'c')).toEqual({ status: 7, stdout: 'c\n', stderr: '' });
  });

  it.each([
    ['fails', 'console.error("no network"); process.exit(1)'],
    ['builds nothing', 'console.error("no network")'],
  ])('says what to do where the set-up %s', (_, setUp) => {
    const { status, stdout, stderr } = node(copy(setUp), '--version');
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(
      /^no network\ntensorseed: .*a folder #1 could not be built: run npm ci and npm run build there\n$/,
    );
  });

  it('says what to do in a package without one', () => {
    const { status, stdout, stderr } = node(copy(), '--version');
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^tensorseed: .*cli\.js is missing: install the package again\n$/);
  });

  it('says in one line why a build cannot be loaded', () => {
    const command = copy(BUILDS.replace("'console.log(", '\'import "./gone.js"; console.log('));
    const { status, stdout, stderr } = node(command);
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr.split('\n').at(-2)).toMatch(/^tensorseed: .*cli\.js cannot be loaded: Error.*gone\.js/);
  });
});
