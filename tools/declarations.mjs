/**
 * A step of the build. Of the declarations that tsc wrote into dist/types, file by file, it keeps what the
 * entries of the package lead to, most of it in one file. For CommonJS it writes what package.json names for `require`: the declarations,
 * and a module that passes on the one for Node.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { commonJsDeclarations } from './declarations/commonjs.mjs';
import { homesOf } from './declarations/homes.mjs';
import { readDeclarations } from './declarations/program.mjs';
import { reachedFrom } from './declarations/reached.mjs';
import { textOf } from './declarations/text.mjs';
import { root } from './root.mjs';

/** @typedef {Record<string, string>} Conditions the files of an entry by their conditions */
/** @type {{ exports: Record<string, string | (Conditions & { require: Conditions })> }} */
const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const entries = Object.values(exports).filter((target) => typeof target !== 'string');

const types = join(root, 'dist', 'types');
const { checker, files } = readDeclarations(
  types,
  entries.map((entry) => join(root, entry.types)),
);
const modules = entries.map((entry) => {
  const file = files.find(({ fileName }) => fileName === join(root, entry.types));
  const module = file && checker.getSymbolAtLocation(file);
  if (module === undefined) throw new Error(`${entry.types} has no exports`);
  return { entry, module };
});
const reached = reachedFrom(
  checker,
  modules.map(({ module }) => module),
);
const entryFiles = new Set(entries.map((entry) => join(root, entry.types)));
const homes = homesOf(checker, files, reached, entryFiles, join(types, 'declarations.d.ts'));
const texts = [...new Set(homes.values())].map((path) => {
  const parts = files.filter(({ fileName }) => homes.get(fileName) === path);
  return { path, text: textOf(checker, path, parts, homes, reached) };
});

rmSync(types, { recursive: true });
for (const { path, text } of texts) if (entryFiles.has(path) || isNamed(path)) write(path, text);
for (const { entry, module } of modules) {
  const { types, ...scripts } = entry.require;
  const declarations = pathBetween(types, entry.types).replace(/\.d\.ts$/, '.js');
  write(join(root, types), commonJsDeclarations(checker, module, declarations));
  for (const [condition, path] of Object.entries(scripts)) {
    const script = entry[condition] ?? entry.default;
    write(join(root, path), `module.exports = require('${pathBetween(path, script)}');\n`);
  }
}

/** Whether another file of declarations takes something from it. @param {string} file */
function isNamed(file) {
  return texts.some(({ path, text }) =>
    text.includes(`'${pathBetween(path, file).replace(/\.d\.ts$/, '.js')}'`),
  );
}

/** @param {string} path @param {string} text */
function write(path, text) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

/** @param {string} from @param {string} to */
function pathBetween(from, to) {
  const path = relative(dirname(from), to).split(sep).join('/');
  return path.startsWith('.') ? path : `./${path}`;
}
