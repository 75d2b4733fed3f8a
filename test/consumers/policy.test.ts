import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'puppeteer';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Sampler } from '../../src/index';
import { launchBrowser } from '../../tools/browser';
import { describeWhere } from '../harness/describe';
import { outcomeIn } from './bundlers/browser';
import { esbuild } from './bundlers/esbuild';
import { Project } from './bundlers/project';

const SHAPE = [2 ** 22];
const STREAM = { seed: 42, name: 'w' };

/** Threads start while the first tensor is filled. So a second one is filled, and told which threads there are. */
const program = (urls: object): string => `
import { Sampler } from 'tensorseed';

globalThis.outcome = (async () => {
  const sampler = await Sampler.create({ backend: 'cpu', threads: 2, ...${JSON.stringify(urls)} });
  const atFirst = sampler.description;
  const fill = () => sampler.fill('random_normal', ${JSON.stringify(SHAPE)}, ${JSON.stringify(STREAM)});
  await fill();
  const tensor = await fill();
  return { atFirst, description: sampler.description, first: (await tensor.float32())[0] };
})();
`;

const SCRIPTS = "default-src 'none'; script-src 'self'";
const BLOB_URLS = {};
const OWN_URLS = { workerUrl: './worker.js', wasmUrl: './kernels.wasm' };
const UP_TO = 'WebAssembly SIMD, up to 2 threads';
const NO_WEBASSEMBLY = "CPU reference, because the page's policy forbids WebAssembly";

describeWhere("a page's content security policy", () => {
  let project: Project;
  let browser: Browser;
  let close: () => Promise<void>;
  let first: number;
  const built = new Map<object, string>();

  beforeAll(async () => {
    ({ browser, close } = await launchBrowser());
    project = await Project.create();
    const reference = await Sampler.create({ backend: 'cpu', cpu: 'reference' });
    const range = { start: 0, count: 1 };
    [first] = await (await reference.fill('random_normal', SHAPE, { ...STREAM, range })).float32();
    for (const [name, urls] of Object.entries({ blob: BLOB_URLS, own: OWN_URLS })) {
      const out = project.path(`out-${name}`);
      project.write('main/main.js', program(urls));
      await esbuild({ format: 'esm', splitting: true })(project, 'main', out);
      for (const file of ['worker.js', 'kernels.wasm'])
        copyFileSync(join(project.library, 'dist', 'assets', file), join(out, file));
      built.set(urls, out);
    }
  }, 120_000);
  afterAll(async () => {
    await close();
    project.remove();
  });

  it.each([
    [
      'that allows blobs as workers, and WebAssembly',
      BLOB_URLS,
      `${SCRIPTS} 'wasm-unsafe-eval'; worker-src blob:`,
      [UP_TO, 'WebAssembly SIMD, 2 threads'],
    ],
    [
      'that allows no blobs as workers',
      BLOB_URLS,
      `${SCRIPTS} 'wasm-unsafe-eval'`,
      [UP_TO, 'WebAssembly SIMD, 1 thread, because workers do not start here'],
    ],
    ['that forbids WebAssembly', BLOB_URLS, `${SCRIPTS}; worker-src blob:`, [NO_WEBASSEMBLY, NO_WEBASSEMBLY]],
    [
      'that allows only what the site serves',
      OWN_URLS,
      `${SCRIPTS} 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'`,
      [UP_TO, 'WebAssembly SIMD, 2 threads'],
    ],
  ])('%s', async (_, urls, policy, [atFirst, description]) => {
    const headers = { 'content-security-policy': policy };
    const { outcome } = await outcomeIn(browser, built.get(urls)!, headers);
    expect(outcome).toEqual({ atFirst, description, first });
  });

  it('a wrong URL of the module is an error', async () => {
    const { outcome } = await outcomeIn(browser, built.get(OWN_URLS)!, {
      'content-security-policy': `${SCRIPTS} 'wasm-unsafe-eval'; connect-src 'none'`,
    });
    expect(outcome).toEqual({
      failure: expect.stringMatching(/^DeviceError: wasmUrl .* cannot be fetched: /),
    });
  });
});
