import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { PLATFORMS } from '../../../bench/gpu/options';
import { pack } from '../../../bench/gpu/pack';
import { ArgumentError } from '../../../src/core/errors';

const folder = mkdtempSync(join(tmpdir(), 'bench-gpu-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const script = new URL('../../../out/build/bench/main.js', import.meta.url).href;

describe('bench --gpu --pack', () => {
  it('makes a folder that needs nothing but Node', async () => {
    const out = join(folder, 'copy');
    const text = await pack(script, 'win32-x64', out);
    expect(text).toContain('node run.mjs');
    expect(readdirSync(join(out, 'node_modules', 'webgpu', 'dist'))).toEqual(['win32-x64']);
    expect(JSON.parse(readFileSync(join(out, 'package.json'), 'utf8'))).toMatchObject({
      type: 'module',
      version: expect.stringMatching(/^\d/),
      commit: expect.stringMatching(/./),
      platform: 'win32-x64',
    });
    const files = readdirSync(out, { recursive: true, encoding: 'utf8' }).map((name) => join(out, name));
    const bytes = files.reduce((sum, path) => sum + statSync(path).size, 0);
    expect(bytes).toBeLessThan(64 * 2 ** 20);
    for (const path of files.filter((name) => /\.m?js$/.test(name) && !name.includes('webgpu'))) {
      const names = [
        ...readFileSync(path, 'utf8').matchAll(/\b(?:from|import)\s*\(?["']([^"'.][^"']*)["']/g),
      ];
      for (const [, name] of names) expect([name, isBuiltin(name)]).toEqual([name, true]);
    }
    const { status, stdout, stderr } = spawnSync(process.execPath, ['run.mjs', '--help'], {
      cwd: out,
      env: {},
      encoding: 'utf8',
    });
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toContain('npm run bench -- --gpu [options]');
  });

  it('makes it anew over one that was made before, and over nothing else', async () => {
    const out = join(folder, 'again');
    await pack(script, 'linux-arm64', out);
    writeFileSync(join(out, 'old.txt'), '');
    await pack(script, 'linux-arm64', out);
    expect(existsSync(join(out, 'old.txt'))).toBe(false);
    const mine = mkdtempSync(join(folder, 'mine-'));
    writeFileSync(join(mine, 'package.json'), '{ "name": "mine" }');
    await expect(pack(script, 'linux-arm64', mine)).rejects.toThrow(ArgumentError);
    expect(existsSync(join(mine, 'package.json'))).toBe(true);
    rmSync(join(mine, 'package.json'));
    writeFileSync(join(mine, 'a.txt'), '');
    await expect(pack(script, 'linux-arm64', mine)).rejects.toThrow('--out must be empty');
  });

  it('knows the platforms that the package webgpu has programs for', () => {
    const dist = new URL('../../../node_modules/webgpu/dist/', import.meta.url);
    expect([...PLATFORMS].sort()).toEqual(readdirSync(dist).sort());
  });
});
