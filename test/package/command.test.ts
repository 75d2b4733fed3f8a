import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };

const root = fileURLToPath(new URL('../../', import.meta.url));
const shell = process.platform === 'win32';

/** npm and npx with a cache of their own, and without a network. */
describe('the command of the packed package', () => {
  let folder = '';
  let tarball = '';
  const at = (place: string): string => {
    const path = join(folder, place);
    mkdirSync(path, { recursive: true });
    return path;
  };
  const run = (place: string, command: string, ...words: string[]) => {
    const env = Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name));
    const { status, stdout, stderr } = spawnSync(command, words, {
      cwd: at(place),
      env: { ...Object.fromEntries(env), npm_config_cache: at('cache'), npm_config_offline: 'true' },
      encoding: 'utf8',
      shell,
    });
    return { status, stdout, stderr };
  };
  const printed = { status: 0, stdout: `${manifest.version}\n` };

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'tensorseed-command-'));
    const words = ['pack', root, '--ignore-scripts', '--json', '--pack-destination', folder];
    const [{ filename }] = JSON.parse(run('pack', 'npm', ...words).stdout) as [{ filename: string }];
    tarball = `../${filename}`; // npx takes an absolute path for a program
  }, 300_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('runs by npx from the tarball, in an empty folder, and again', () => {
    for (let i = 0; i < 2; i++)
      expect(run('empty', 'npx', '--yes', tarball, '--version')).toMatchObject(printed);
  }, 300_000);

  it('runs by npx in a project that has it', () => {
    expect(run('project', 'npm', 'init', '--yes').status).toBe(0);
    expect(run('project', 'npm', 'install', '--no-audit', '--no-fund', tarball)).toMatchObject({ status: 0 });
    expect(run('project', 'npx', 'tensorseed', '--version')).toMatchObject(printed);
    expect(run('project', 'npx', 'tensorseed', 'nope').status).toBe(2);
  }, 300_000);
});
