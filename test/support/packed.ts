import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const ENTRY_FOLDERS = join('tools', 'entry_folders.mjs');
const PACKED_README = join('tools', 'packed_readme.mjs');

/**
 * Packs the build as npm would publish it.
 *
 * @param folder where the tarball goes
 * @returns the tarball's path
 */
export function packInto(folder: string): string {
  if (!existsSync(join(root, 'dist', 'index.js'))) throw new Error('dist is missing: run npm run build');
  const release = lock();
  try {
    // What "prepack" and "postpack" do, but without a build, which other tests would see.
    run('node', [ENTRY_FOLDERS]);
    run('node', [PACKED_README]);
    const flags = ['--ignore-scripts', '--offline', '--json', '--pack-destination', folder];
    const [{ filename }] = JSON.parse(run('npm', ['pack', ...flags])) as [{ filename: string }];
    return join(folder, filename);
  } finally {
    try {
      run('node', [ENTRY_FOLDERS, '--remove']);
      run('node', [PACKED_README, '--restore']);
    } finally {
      release();
    }
  }
}

/** README.md as the repository has it, which is another while a test packs. */
export function readReadme(): string {
  const release = lock();
  try {
    return readFileSync(join(root, 'README.md'), 'utf8');
  } finally {
    release();
  }
}

/**
 * Waits until no other test packs, for packing writes into the checkout.
 *
 * @returns a function that lets the next one pack
 */
function lock(): () => void {
  const held = join(root, 'node_modules', '.cache', 'tensorseed-pack');
  mkdirSync(join(held, '..'), { recursive: true });
  for (let waited = 0; ; waited += 100) {
    try {
      mkdirSync(held);
      return () => rmSync(held, { recursive: true });
    } catch (error) {
      // One that was killed while it packed holds the lock for ever.
      if (waited >= 120_000) rmSync(held, { recursive: true, force: true });
      else if ((error as { code?: string }).code !== 'EEXIST') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
    }
  }
}

/**
 * Unpacks the package, as npm would publish it, below node_modules of a project, without its peers.
 *
 * @param folder the project's folder
 * @param tarball default: the build is packed
 * @returns the folder of the package, `<folder>/node_modules/tensorseed`
 */
export function unpackInto(folder: string, tarball?: string): string {
  const library = join(folder, 'node_modules', 'tensorseed');
  mkdirSync(library, { recursive: true });
  const packed = tarball ?? packInto(folder);
  run('tar', ['-xzf', packed, '-C', library, '--strip-components=1']);
  if (tarball === undefined) rmSync(packed);
  return library;
}

function run(command: string, args: string[]): string {
  const shell = command === 'npm' && process.platform === 'win32';
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd: root, encoding: 'utf8', shell });
  if (status !== 0) throw new Error(`${command} ${args[0]} failed: ${error?.message ?? stderr}`);
  return stdout;
}
