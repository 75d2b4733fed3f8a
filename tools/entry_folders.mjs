/**
 * Writes a folder for each entry of the package beside its files, or with --remove takes them away. npm packs
 * them: see prepack and postpack in package.json.
 *
 * Parcel, and TypeScript with the resolution of old, do not read "exports" unless they are told to. For
 * `tensorseed/models` they look for a folder of that name, with a package.json that names a file.
 */
import { mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mjs';

const remove = process.argv.includes('--remove');
/** @type {{ exports: Record<string, string | Record<string, unknown>> }} */
const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
for (const [path, target] of Object.entries(exports)) {
  if (path === '.' || path === './shaders' || typeof target === 'string') continue; // shaders/ has its own
  const folder = join(root, path);
  const file = join(folder, 'package.json');
  if (remove) {
    rmSync(file, { force: true });
    if (readdirSync(folder).length === 0) rmdirSync(folder);
    continue;
  }
  mkdirSync(folder, { recursive: true });
  const fields = Object.entries({ main: target.default, module: target.default, types: target.types });
  const above = fields.map(([name, value]) => [name, String(value).replace(/^\./, '..')]);
  const entry = { type: 'module', sideEffects: path === './tfjs', ...Object.fromEntries(above) };
  writeFileSync(file, `${JSON.stringify(entry, undefined, 2)}\n`);
}
