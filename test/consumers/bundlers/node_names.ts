import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';

const bare = builtinModules.filter((name) => /^[a-z]/.test(name)).join('|');

/** What only Node has: a module of its own, by any spelling, or the package `webgpu`. */
const NODE_NAMES = new RegExp(
  [
    '["\'`]node:[a-z]\\w*', // anywhere, since the name in an import may be a constant
    `(?:\\bfrom|\\bimport|\\brequire\\w*\\(|\\bimport\\()\\s*(?:/\\*[^*]*\\*/\\s*)*["'\`](?:${bare})["'\`]`,
    '["\'`]webgpu["\'`]',
    '__vite-browser-external',
  ].join('|'),
  'g',
);

/** The names of Node's modules in the scripts of a folder, each with its file. */
export function nodeNamesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.m?js$/.test(name))
    .flatMap((name) =>
      (readFileSync(join(folder, name), 'utf8').match(NODE_NAMES) ?? []).map((found) => `${name}: ${found}`),
    );
}
