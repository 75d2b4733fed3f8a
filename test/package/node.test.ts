import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { unpackInto } from '../support/packed';

/** What npm would publish, installed in a folder of its own. */
describe('the package', () => {
  let folder = '';
  const node = (...args: string[]): SpawnSyncReturns<string> =>
    spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  const importing = (path: string) => node('--input-type=module', '--eval', `import '${path}'`);

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'tensorseed-package-'));
    unpackInto(folder);
  }, 120_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each([
    ['jax', '@jax-js/jax'],
    ['ort', 'onnxruntime-web'],
    ['tfjs', '@tensorflow/tfjs'],
    ['typegpu', 'typegpu'],
  ])('tensorseed/%s without its peer says which is missing', (path, peer) => {
    const { status, stderr } = importing(`tensorseed/${path}`);
    expect(status).not.toBe(0);
    expect(stderr).toMatch(
      new RegExp(
        `Cannot find package '${peer}(/\\w+)?' imported from .*tensorseed/dist/(\\w+/)?${path}\\d*\\.js`,
      ),
    );
  });

  test('the library itself needs none of them', () => {
    expect(importing('tensorseed').status).toBe(0);
  });

  // Node 20.19 and 22.12 are the first that require ES modules.
  test.runIf('require_module' in process.features)(
    'a CommonJS module that requires it gets the same instance as an import, without a warning',
    () => {
      const code = `
        const required = ['tensorseed', 'tensorseed/models', 'tensorseed/shaders'].map((path) => [path, require(path)]);
        (async () => {
          for (const [path, module] of required) {
            const imported = await import(path);
            console.log(path, Object.keys(module).length > 2 && Object.keys(imported).every((name) => imported[name] === module[name]));
          }
          const { Sampler } = require('tensorseed');
          const sampler = await Sampler.create({ backend: 'cpu' });
          console.log((await sampler.fill('ones', [2], { dtype: 'float32' })).shape);
        })();`;
      const { stdout, stderr } = node('--input-type=commonjs', '--eval', code);
      expect(stderr).toBe('');
      expect(stdout).toBe('tensorseed true\ntensorseed/models true\ntensorseed/shaders true\n[ 2 ]\n');
    },
  );
});
