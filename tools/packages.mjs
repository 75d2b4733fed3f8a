/**
 * The set-up of `npm start`, `npm test` and others. It installs the packages and builds the project, each
 * only where it is missing or stale. With --no-build it installs the packages alone. It needs nothing but
 * Node and npm.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CommandError, command } from './command.mjs';
import { root } from './root.mjs';
import { say, step } from './say.mjs';
import { buildKey, buildStale, buildStamp, packagesKey, packagesStale, packagesStamp } from './stale.mjs';

const builds = !process.argv.includes('--no-build');

/**
 * Runs npm: the npm that started this script, or the one on PATH.
 *
 * @param {string[]} args
 */
function npm(...args) {
  const path = process.env.npm_execpath;
  if (path && /\.c?js$/.test(path)) return command(process.execPath, [path, ...args], { cwd: root });
  return command('npm', args, { cwd: root, shell: process.platform === 'win32' });
}

/** @param {string} reason */
async function installPackages(reason) {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const wanted = Object.keys(packages).filter((path) => isOutermost(path) && !packages[path].optional).length;
  await step(`npm ci (${reason})`, async (progress) => {
    const timer = setInterval(() => progress(`${countPackages()} of about ${wanted} packages`), 500);
    try {
      await npm('ci', '--no-audit', '--no-fund');
    } finally {
      clearInterval(timer);
    }
  });
}

const isOutermost = (/** @type {string} */ path) => path.split('node_modules/').length === 2;

/** How many packages are in node_modules so far. */
function countPackages() {
  /** @type {(path: string) => string[]} */
  const list = (path) => {
    try {
      return readdirSync(path).filter((name) => !name.startsWith('.'));
    } catch {
      return [];
    }
  };
  const folder = join(root, 'node_modules');
  return list(folder).reduce(
    (sum, name) => sum + (name.startsWith('@') ? list(join(folder, name)).length : 1),
    0,
  );
}

async function main() {
  const noPackages = packagesStale(root);
  if (noPackages) await installPackages(noPackages);
  writeFileSync(packagesStamp(root), packagesKey);

  const noBuild = builds && buildStale(root);
  if (noBuild) {
    const key = buildKey(root);
    await step(`npm run build (${noBuild})`, () => npm('run', 'build'));
    writeFileSync(buildStamp(root), key);
  }
  if (builds && !noPackages && !noBuild) say('packages and build are up to date');
}

try {
  await main();
} catch (error) {
  say(error instanceof CommandError ? error.message : String(error instanceof Error ? error.stack : error));
  process.exitCode = 1;
}
