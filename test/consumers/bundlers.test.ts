import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Browser } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { initializers, Sampler } from '../../src/index';
import { launchBrowser } from '../../tools/browser';
import { findDeno, findVulkanDrivers } from '../../tools/find.mjs';
import { GOLDEN } from '../contract/golden';
import { root } from '../docs/programs';
import { describeWhere } from '../harness/describe';
import { driversRequired } from '../harness/target';
import type { Bundle, Bundler } from './bundlers/bundle';
import { outcomeIn } from './bundlers/browser';
import { esbuild } from './bundlers/esbuild';
import { nodeNamesIn } from './bundlers/node_names';
import { parcel } from './bundlers/parcel';
import { ASK_SERVICE_WORKER, html, Project } from './bundlers/project';
import { rollup } from './bundlers/rollup';
import { vite, viteForNode } from './bundlers/vite';
import { webpack } from './bundlers/webpack';

const drivers = findVulkanDrivers();

const vite8 = () => import('vite');
const vite6 = () => import('vite-6');

/** Each with its defaults, but for what its name says. */
const FOR_BROWSERS: readonly (readonly [name: string, bundler: Bundler])[] = [
  ['esbuild', esbuild()],
  ['esbuild --format=esm', esbuild({ format: 'esm' })],
  ['esbuild --format=esm --splitting --minify', esbuild({ format: 'esm', splitting: true, minify: true })],
  ['Vite 8', vite(vite8)],
  ['Vite 6', vite(vite6)],
  ['webpack', webpack()],
  ['Rollup', rollup()],
  ['Rollup with browser: true', rollup({ browser: true })],
  ['Parcel', parcel()],
];

/** webpack takes most of its time to minify, which one of its bundles shows. */
const AS_IT_IS = { optimization: { minimize: false } };

/** Those that bundle workers by themselves, with the settings that docs/browsers.md has. */
const FOR_WORKERS: typeof FOR_BROWSERS = [
  ['Vite 8', vite(vite8)],
  ['Vite 6 with worker.format: es', vite(vite6, { worker: { format: 'es' } })],
  ['webpack', webpack(AS_IT_IS)],
  ['Parcel --no-scope-hoist', parcel('--no-scope-hoist')],
];

/**
 * Not minified, which takes long for the megabytes of tf.js. Rollup needs another plugin for tf.js, since parts of it
 * are CommonJS, and Parcel a package that it would download.
 */
const FOR_TFJS: typeof FOR_BROWSERS = [
  ['esbuild --format=esm --splitting', esbuild({ format: 'esm', splitting: true })],
  ['Vite 8', vite(vite8, { build: { minify: false } })],
  ['Vite 6', vite(vite6, { build: { minify: false } })],
  ['webpack', webpack(AS_IT_IS)],
];

/** The conditions of a bundler decide whether it takes the files for Node, whose threads are Node's. */
const FOR_NODE: readonly (readonly [name: string, bundler: Bundler, file: string, forNode: boolean])[] = [
  [
    'esbuild --platform=node --format=esm',
    esbuild({ platform: 'node', format: 'esm', outExtension: { '.js': '.mjs' } }),
    'main.mjs',
    true,
  ],
  [
    'esbuild --platform=node',
    esbuild({ platform: 'node', outExtension: { '.js': '.cjs' } }),
    'main.cjs',
    true,
  ],
  ['Vite 8 --ssr, which bundles it', viteForNode(vite8, true), 'main.js', true],
  ['Vite 6 --ssr, which bundles it', viteForNode(vite6, true), 'main.js', true],
  ['webpack --target node', webpack({ target: 'node', ...AS_IT_IS }), 'main.js', true],
  ['Rollup with exportConditions: node', rollup({ exportConditions: ['node'] }), 'main.js', true],
  ['Rollup', rollup(), 'main.js', false],
];

/** Those whose bundles also run on a GPU, one of each kind of module. */
const FOUND_BY = ['esbuild --platform=node --format=esm', 'webpack --target node'];

let project: Project;
/** For bundles: imports from here reach no package of the project. */
let elsewhere: string;
let expected: {
  readonly tensor: object;
  readonly encode: object;
  readonly model: object;
  readonly layer: object;
  readonly words: string;
  readonly large: string;
};

beforeAll(async () => {
  project = await Project.create();
  elsewhere = mkdtempSync(join(tmpdir(), 'bundles-'));
  expected = await outcomes();
});
afterAll(() => {
  project?.remove();
  if (elsewhere !== undefined) rmSync(elsewhere, { recursive: true, force: true });
});

/** What the programs must give: words of the contract, and otherwise the values of the reference. */
async function outcomes(): Promise<typeof expected> {
  const sampler = await Sampler.create({ backend: 'cpu', cpu: 'reference' });
  const sha256 = async (...request: Parameters<Sampler['fill']>): Promise<string> => {
    const data = (await (await sampler.fill(...request)).data()) as ArrayBufferView<ArrayBuffer>;
    return Buffer.from(await crypto.subtle.digest('SHA-256', data)).toString('hex');
  };
  const words = GOLDEN.find(
    ({ draw, seed, name }) => draw.kind === 'bits' && seed === '42' && name === 'encoder/layer_0/kernel',
  );
  return {
    tensor: {
      sha256: await sha256(initializers.heNormal(), [3, 3, 64, 128], {
        seed: 42,
        name: 'encoder/conv_1/kernel',
        dtype: 'bfloat16',
      }),
    },
    encode: { sha256: await sha256('glorot_uniform', [512, 512], { seed: 42, name: 'dense/kernel' }) },
    model: { sha256: await sha256('he_uniform', [3, 4], { seed: 42, name: 'dense/kernel' }) },
    layer: { sha256: await sha256('he_normal', [8, 64], { seed: 42 }) },
    words: words!.first,
    large: await sha256('random_normal', [2 ** 20 + 3], { seed: 42, name: 'large', dtype: 'float16' }),
  };
}

const valuesOnCpu = (): object => ({
  backend: 'cpu',
  words: expected.words,
  orthogonal: true,
  large: expected.large,
});
const onCpu = (): object => ({ ...valuesOnCpu(), description: 'WebAssembly SIMD, 2 threads' });
const onGpu = (): object => ({ backend: 'gpu', words: expected.words, description: expect.any(String) });

const nameOf = (text: string): string => text.replace(/\W+/g, '_');

const bundles = new Map<string, Promise<Bundle>>();

/** Bundles once. */
function bundled(bundler: Bundler, entry: string, name: string): Promise<Bundle> {
  const out = join(elsewhere, `${nameOf(name)}_${entry}`);
  const bundle = bundles.get(out) ?? bundler(project, entry, out);
  bundles.set(out, bundle);
  return bundle;
}

describeWhere('the packed package in Chromium', () => {
  let launched: Awaited<ReturnType<typeof launchBrowser>>;
  let browser: Browser;
  beforeAll(async () => {
    launched = await launchBrowser();
    browser = launched.browser;
  });
  afterAll(() => launched?.close());

  describe.each(FOR_BROWSERS)('bundled by %s', (name, bundler) => {
    it('is bundled without a warning, and without anything of Node', async () => {
      const bundle = await bundled(bundler, 'main', name);
      expect(bundle.warnings).toEqual([]);
      expect(nodeNamesIn(bundle.folder)).toEqual([]);
    });

    it('gives the values of the contract, on a GPU, and on threads', async () => {
      const { folder } = await bundled(bundler, 'main', name);
      const { outcome, workers, errors } = await outcomeIn(browser, folder);
      const { tensor, encode, model } = expected;
      expect({ outcome, errors }).toEqual({
        outcome: { tensor, encode, model, gpu: onGpu(), cpu: onCpu() },
        errors: [],
      });
      expect(workers).toBeGreaterThan(0);
    });
  });

  it.each(FOR_WORKERS)('samples in a worker that %s bundles', async (name, bundler) => {
    const bundle = await bundled(bundler, 'worker', name);
    expect(bundle.warnings).toEqual([]);
    expect(nodeNamesIn(bundle.folder)).toEqual([]);
    const { outcome, errors } = await outcomeIn(browser, bundle.folder);
    expect({ outcome, errors }).toEqual({ outcome: { gpu: onGpu(), cpu: onCpu() }, errors: [] });
  });

  it('samples in a service worker, which allows no dynamic import, from a bundle in one file', async () => {
    const { folder } = await bundled(esbuild(), 'service', 'in one file');
    writeFileSync(join(folder, 'index.html'), html(`<script>${ASK_SERVICE_WORKER}</script>`));
    const { outcome, errors } = await outcomeIn(browser, folder);
    const description = 'WebAssembly SIMD, 1 thread, because workers do not start here';
    expect({ outcome, errors }).toEqual({
      outcome: { gpu: onGpu(), cpu: { ...valuesOnCpu(), description } },
      errors: [],
    });
  });

  it.each(FOR_TFJS)('initializes a layer of tf.js in a bundle by %s', async (name, bundler) => {
    const bundle = await bundled(bundler, 'tfjs', name);
    expect(bundle.warnings.filter((text) => text.includes('tensorseed'))).toEqual([]); // Others are about tf.js.
    const { outcome, errors } = await outcomeIn(browser, bundle.folder);
    expect({ outcome, errors }).toEqual({ outcome: expected.layer, errors: [] });
  });

  it('runs without a bundler, by an import map', async () => {
    const { exports } = JSON.parse(readFileSync(join(project.library, 'package.json'), 'utf8')) as {
      exports: Record<string, string | Record<string, string>>;
    };
    const imports: Record<string, string> = {};
    for (const [path, target] of Object.entries(exports)) {
      const file = typeof target === 'string' ? target : (target.browser ?? target.default);
      if (file.endsWith('.js'))
        imports[path.replace('.', 'tensorseed')] = file.replace('.', '/node_modules/tensorseed');
    }
    const map = `<script type="importmap">${JSON.stringify({ imports })}</script>`;
    const script = (entry: string): string => `<script type="module" src="/${entry}/main.js"></script>`;
    project.write('index.html', html(script('plain'), map));
    const { errors, outcome } = await outcomeIn(browser, project.folder);
    expect({ outcome, errors }).toEqual({ outcome: expected.tensor, errors: [] });
    project.write('index.html', html(script('main'), map));
    const { errors: more, outcome: all } = await outcomeIn(browser, project.folder);
    const { tensor, encode, model } = expected;
    expect({ all, more }).toEqual({ all: { tensor, encode, model, gpu: onGpu(), cpu: onCpu() }, more: [] });
  });
});

describe('the packed package in Node and Deno', () => {
  const run = async (
    program: string,
    { words = [], cwd, env = {} }: { words?: string[]; cwd: string; env?: Record<string, string> },
  ): Promise<unknown> => {
    const { stdout, stderr } = await promisify(execFile)(program, words, {
      cwd,
      env: { ...process.env, ...env },
      timeout: 60_000,
    });
    expect(stderr.replaceAll(DAWN_WARNING, '')).toBe('');
    return JSON.parse(stdout);
  };
  const values = (): object => ({ tensor: expected.tensor, model: expected.model });
  const threaded = (): object => ({ ...values(), cpu: onCpu(), threads: 1 });

  describe.each(FOR_NODE)('bundled by %s', (name, bundler, file, forNode) => {
    it('is bundled without a warning, and gives the values of the contract', async () => {
      const { folder, warnings } = await bundled(bundler, 'node', name);
      expect(warnings).toEqual([]);
      const outcome = await run(process.execPath, { words: [join(folder, file)], cwd: folder });
      if (forNode) expect(outcome).toEqual(threaded());
      else expect(outcome).toMatchObject({ ...values(), cpu: valuesOnCpu() });
    });
  });

  it('runs in Node as it is', async () => {
    const words = [project.path('node', 'main.js')];
    expect(await run(process.execPath, { words, cwd: project.folder })).toEqual(threaded());
  });

  it.each([
    ['Vite 8', vite8],
    ['Vite 6', vite6],
  ] as const)('is left to Node by %s --ssr', async (name, load) => {
    const out = project.path('out', nameOf(name));
    const bundle = await viteForNode(load)(project, 'node', out);
    expect(bundle.warnings).toEqual([]);
    const words = [join(out, 'main.js')];
    expect(await run(process.execPath, { words, cwd: project.folder })).toEqual(threaded());
  });

  const deno = findDeno();
  it(`runs in Deno from node_modules ${deno.reason ?? ''}`, async ({ skip }) => {
    skip(deno.path === undefined && !driversRequired(), deno.reason);
    const words = ['run', '--node-modules-dir=manual', '--allow-all', 'node/main.js'];
    const env = { DENO_DIR: join(elsewhere, 'deno'), DENO_NO_UPDATE_CHECK: '1' };
    const outcome = await run(deno.path!, { words, cwd: project.folder, env });
    expect(outcome).toEqual({ ...threaded(), threads: expect.any(Number) });
  });

  const noDriver = drivers.lavapipe === undefined ? `, skipped: ${drivers.reasons.lavapipe}` : '';
  describe.skipIf(noDriver !== '' && !driversRequired())(`with the package webgpu${noDriver}`, () => {
    const expectGpu = async (program: string, cwd: string): Promise<void> => {
      mkdirSync(join(cwd, 'node_modules'), { recursive: true });
      symlinkSync(join(root, 'node_modules', 'webgpu'), join(cwd, 'node_modules', 'webgpu'));
      const { lavapipe = '' } = drivers;
      const env = { VK_DRIVER_FILES: lavapipe, VK_ICD_FILENAMES: lavapipe };
      const outcome = await run(process.execPath, { words: [program, '--gpu'], cwd, env });
      expect(outcome).toEqual({ ...threaded(), gpu: { ...onGpu(), orthogonal: true } });
    };

    it.each(FOR_NODE.filter(([name]) => FOUND_BY.includes(name)))(
      'finds it beside a bundle by %s',
      async (name, bundler, file) => {
        const { folder } = await bundled(bundler, 'node', name);
        await expectGpu(join(folder, file), folder);
      },
    );

    it('finds it in the project', () => expectGpu(project.path('node', 'main.js'), project.folder));
  });
});

/** What Dawn writes to stderr of every adapter of lavapipe. */
const DAWN_WARNING = /^Warning: max\w+ artificially reduced .*\n/gm;
