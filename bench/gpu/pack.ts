import { cp, mkdir, readdir, readFile, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import { ArgumentError } from '../../src/core/errors';
import { grouped } from '../../src/text/numbers';
import { commitOf } from '../report/commit';
import { vite } from '../throughput/build';
import { packageOf } from '../throughput/package';
import { platformHere } from './options';
import { findLibrary } from './vulkan';

const LOADER = 'libvulkan.so.1';

/**
 * Makes a folder with all that a machine with a card, Node and nothing else needs: the built benchmark, the package
 * webgpu of a platform, and the Vulkan loader where this machine has one for it.
 * @param script the URL of the bundled command, in a checkout
 * @param platform as the package webgpu names it
 * @returns what was made, in words
 * @throws ArgumentError where there is no checkout to build, or a folder that is not a copy made before
 */
export async function pack(script: string, platform: string, out = join('out', 'gpu')): Promise<string> {
  const { version, checkout } = packageOf(script);
  if (checkout === undefined)
    throw new ArgumentError('--pack needs a checkout of the project, and this is none');
  await emptied(out);
  const { build } = await vite();
  await build({
    root: checkout,
    configFile: join(checkout, 'bench', 'gpu', 'vite.config.ts'),
    logLevel: 'silent',
    build: { outDir: resolve(out) },
  });
  await copyWebgpu(checkout, platform, out);
  const loader =
    platform === platformHere() && platform.startsWith('linux-') ? findLibrary(LOADER) : undefined;
  if (loader !== undefined) {
    await mkdir(join(out, 'lib'));
    await cp(await realpath(loader), join(out, 'lib', LOADER));
  }
  const { commit, dirty } = commitOf(checkout) ?? { commit: `version ${version}`, dirty: false };
  const about = {
    name: MARK,
    private: true,
    type: 'module',
    version,
    commit: `${commit}${dirty ? ' with changes' : ''}`,
    platform,
  };
  await writeFile(join(out, 'package.json'), `${JSON.stringify(about, null, 2)}\n`);
  await cp(join(checkout, 'LICENSE'), join(out, 'LICENSE'));

  const files = await sizesIn(out);
  const bytes = files.reduce((sum, [, size]) => sum + size, 0);
  return [
    `${out}: ${grouped(bytes)} bytes for ${platform}, of ${about.commit}`,
    ...files.map(([path, size]) => `  ${grouped(size).padStart(11)}  ${path}`),
    ...(loader === undefined && platform.startsWith('linux-')
      ? [`without ${LOADER}, the Vulkan loader, which the other machine must have`]
      : []),
    'Copy the folder to a machine with a card and Node 20 or newer, and run there: node run.mjs',
    '',
  ].join('\n');
}

/** The name in the package.json of a copy, by which it is known. */
const MARK = 'tensorseed-bench-gpu';

/** Makes a folder empty, which is nothing else than a copy that was made before. */
async function emptied(folder: string): Promise<void> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw new ArgumentError(`--out must be a folder for the copy, got ${folder}`);
  });
  if (names.length > 0) {
    const text = await readFile(join(folder, 'package.json'), 'utf8').catch(() => '{}');
    if ((JSON.parse(text) as { name?: string }).name !== MARK)
      throw new ArgumentError(`--out must be empty or a copy that was made before, got ${folder}`);
    await rm(folder, { recursive: true });
  }
  await mkdir(folder, { recursive: true });
}

/** Copies the package webgpu with its programs for one platform. */
async function copyWebgpu(checkout: string, platform: string, out: string): Promise<void> {
  const own = createRequire(join(checkout, 'package.json'));
  const from = dirname(own.resolve('webgpu/package.json'));
  const to = join(out, 'node_modules', 'webgpu');
  await mkdir(join(to, 'dist'), { recursive: true });
  for (const name of ['package.json', 'index.js', 'LICENSE.md']) await cp(join(from, name), join(to, name));
  await cp(join(from, 'dist', platform), join(to, 'dist', platform), { recursive: true });
}

async function sizesIn(folder: string): Promise<[path: string, size: number][]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const sizes = await Promise.all(
    files.sort().map(async (path): Promise<[string, number]> => [path, (await stat(path)).size]),
  );
  // Many small ones are one line.
  const large = sizes.filter(([path]) => !basename(dirname(path)).startsWith('assets'));
  const small = sizes.filter((one) => !large.includes(one));
  const rest = small.reduce((sum, [, size]) => sum + size, 0);
  return small.length === 0 ? large : [...large, [`${small.length} files in assets`, rest]];
}
