import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

/**
 * Packs the build as npm would publish it.
 *
 * @param folder where the tarball goes
 * @returns the tarball's path
 */
export function packInto(folder: string): string {
  if (!existsSync(join(root, 'dist', 'index.js'))) throw new Error('dist is missing: run npm run build');
  const packed = run('npm', [
    'pack',
    '--ignore-scripts',
    '--offline',
    '--json',
    '--pack-destination',
    folder,
  ]);
  const [{ filename }] = JSON.parse(packed) as [{ filename: string }];
  return join(folder, filename);
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
