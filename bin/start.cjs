'use strict';
const { spawnSync } = require('node:child_process');
const { existsSync } = require('node:fs');
const { join } = require('node:path');
const { pathToFileURL } = require('node:url');

const root = join(__dirname, '..');
const program = join(root, 'dist', 'cli.js');
const setUp = join(root, 'tools', 'packages.mjs');

/** Says in one line why the program cannot start. */
function refuse(/** @type {string} */ reason) {
  process.stderr.write(`tensorseed: ${reason}\n`);
  process.exitCode = 1;
}

/**
 * Builds the project in a checkout that was not built yet. The progress goes to stderr, because stdout is the
 * program's.
 *
 * @returns {boolean} whether the program is there
 */
function build() {
  if (!existsSync(setUp)) {
    refuse(`${program} is missing: install the package again`);
    return false;
  }
  const { status } = spawnSync(process.execPath, [setUp], { stdio: ['ignore', 2, 2] });
  if (status === 0 && existsSync(program)) return true;
  refuse(`${root} could not be built: run npm ci and npm run build there`);
  return false;
}

if (existsSync(program) || build()) {
  import(pathToFileURL(program).href).catch((error) =>
    refuse(`${program} cannot be loaded: ${String(error).split('\n')[0]}`),
  );
}
