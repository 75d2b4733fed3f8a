import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

/** The files and folders that a build reads. */
const INPUTS = [
  'src',
  'shaders',
  'bench',
  'tools',
  'index.html',
  'vite.config.ts',
  'tsconfig.json',
  'tsconfig.build.json',
  'package.json',
  'package-lock.json',
];

export const packagesStamp = (/** @type {string} */ root) => join(root, 'node_modules', '.installed-for');
export const buildStamp = (/** @type {string} */ root) => join(root, 'dist', '.inputs');

/** The Node and the platform that packages are installed for. */
export const packagesKey = `Node ${process.versions.node.split('.')[0]} on ${process.platform}-${process.arch}`;

/**
 * Why the packages must be installed, or '' where they are up to date.
 * It compares npm's record of the installed packages with the lock file. So an `npm ci` by hand counts, too.
 *
 * @param {string} root
 */
export function packagesStale(root) {
  if (!existsSync(join(root, 'node_modules'))) return 'no packages yet';
  const installed = readJson(join(root, 'node_modules', '.package-lock.json'))?.packages;
  if (!installed) return 'packages not completely installed';
  const wanted = readJson(join(root, 'package-lock.json'))?.packages ?? {};
  for (const [path, { version, optional }] of Object.entries(wanted)) {
    if (path === '' || (optional && !installed[path])) continue;
    if (installed[path]?.version !== version || !existsSync(join(root, path))) {
      return `${packageName(path)} ${version} not installed`;
    }
  }
  const extra = Object.keys(installed).find((path) => !wanted[path]);
  if (extra) return `${packageName(extra)} no longer wanted`;
  if (!existsSync(packagesStamp(root))) return '';
  const installedFor = readFileSync(packagesStamp(root), 'utf8');
  return installedFor === packagesKey ? '' : `packages were installed for ${installedFor}`;
}

const packageName = (/** @type {string} */ path) => path.replace(/^.*node_modules\//, '');

/**
 * A hash of the content of everything that a build reads.
 *
 * @param {string} root
 */
export function buildKey(root) {
  return hash(
    INPUTS.flatMap((name) => files(join(root, name))),
    root,
  );
}

/**
 * Why the project must be built, or '' where dist is up to date.
 *
 * @param {string} root
 */
export function buildStale(root) {
  if (!existsSync(join(root, 'dist', 'cli.js'))) return 'not built yet';
  if (!existsSync(buildStamp(root))) return 'built by hand or not completely';
  return readFileSync(buildStamp(root), 'utf8') === buildKey(root)
    ? ''
    : 'the sources changed since the last build';
}

/**
 * @param {string} path
 * @returns {string[]}
 */
function files(path) {
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return [path];
  return readdirSync(path)
    .sort()
    .flatMap((name) => files(join(path, name)));
}

/**
 * @param {readonly string[]} paths
 * @param {string} root
 */
function hash(paths, root) {
  const sum = createHash('sha256');
  for (const path of paths) {
    sum.update(`${relative(root, path)}\0`);
    sum.update(existsSync(path) ? readFileSync(path) : '');
    sum.update('\0');
  }
  return sum.digest('hex');
}

/** @param {string} path */
function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}
