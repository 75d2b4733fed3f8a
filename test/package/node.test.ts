import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { unpackInto } from '../support/packed';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** What npm would publish, installed in a folder of its own. */
describe('the package', () => {
  let folder = '';
  const install = (name: string): void => {
    const path = join(folder, 'node_modules', name);
    mkdirSync(dirname(path), { recursive: true });
    symlinkSync(join(root, 'node_modules', name), path);
  };
  const node = (...args: string[]): SpawnSyncReturns<string> =>
    spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  const importing = (path: string) => node('--input-type=module', '--eval', `import '${path}'`);

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'tensorseed-package-'));
    unpackInto(folder);
  });
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
      new RegExp(`Cannot find package '${peer}(/\\w+)?' imported from .*tensorseed/dist/${path}.js`),
    );
  });

  test('the library itself needs none of them', () => {
    expect(importing('tensorseed').status).toBe(0);
  });

  test('the types of all of them resolve, for bundlers and for Node', () => {
    for (const name of [
      '@jax-js/jax',
      'onnxruntime-web',
      'onnxruntime-common',
      '@tensorflow/tfjs',
      '@tensorflow/tfjs-backend-webgpu',
      'typegpu',
      '@webgpu/types',
    ]) {
      install(name);
    }
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
    writeFileSync(join(folder, 'use.ts'), USE);
    for (const [module, moduleResolution] of [
      ['esnext', 'bundler'],
      ['node16', 'node16'],
    ]) {
      const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
      const { stdout } = node(
        tsc,
        '--noEmit',
        '--strict',
        '--skipLibCheck',
        '--target',
        'es2022',
        '--types',
        '@webgpu/types',
        '--module',
        module,
        '--moduleResolution',
        moduleResolution,
        'use.ts',
      );
      expect(stdout).toBe('');
    }
  });
});

const USE = `
import * as tf from '@tensorflow/tfjs';
import tgpu from 'typegpu';
import * as d from 'typegpu/data';
import { numpy as np } from '@jax-js/jax';
import { Sampler } from 'tensorseed';
import * as jax from 'tensorseed/jax';
import * as ort from 'tensorseed/ort';
import { fill, heNormal, HeNormal, varianceScaling } from 'tensorseed/tfjs';
import * as typegpu from 'tensorseed/typegpu';

const layer = tf.layers.dense({ units: 2, kernelInitializer: heNormal({ seed: 1 }), biasInitializer: new HeNormal() });
varianceScaling({ mode: 'fanAvg', distribution: 'truncated_normal' });
const tensor: tf.Tensor = await fill('he_normal', [2, 2], { seed: 1n, dtype: 'float32' });
const dims: readonly number[] = (await ort.fill('he_normal', [2, 2], { seed: 1, dtype: 'float16' })).dims;
const root = await tgpu.init();
const own = (await typegpu.fill(root, 'he_normal', [4], { seed: 1 })).as('readonly');
const buffer = root.createBuffer(d.arrayOf(d.vec4f, 1)).$usage('storage');
const same: typeof buffer = await typegpu.fill(root, heNormal({ seed: 1 }), [4], { buffer });
const array = np.sum(await jax.fill('zeros', [3]));
const sampler: Sampler = Sampler.on(root.device);
// @ts-expect-error: no such option
heNormal({ sed: 1 });
// @ts-expect-error: no such dtype
await ort.fill('he_normal', [2, 2], { seed: 1, dtype: 'bfloat16' });
export { array, dims, layer, own, same, sampler, tensor };
`;
