import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import ts from '../../docs/compiler.mjs';
import { entries } from '../../docs/entries.mjs';
import { root } from '../docs/programs';

/** An import of one file of the checkout by another, as paths in the checkout. */
export interface Import {
  readonly from: string;
  readonly to: string;
  /** What the importing file writes. */
  readonly specifier: string;
}

/** Folders and files whose imports are looked at. */
const SOURCES = ['src', 'bench', 'tools', 'examples', 'vite.config.ts'];

/** What an import may leave out of a file's name. */
const ENDINGS = ['', '.ts', '.mjs', '/index.ts'];

/** The files of the sources, tracked or new. */
export function sourceFiles(): string[] {
  const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '--', ...SOURCES], {
    cwd: root,
    encoding: 'utf8',
  });
  return [...new Set(listed.trim().split('\n'))].filter((file) => existsSync(join(root, file)));
}

/** All imports of the files by one another, type imports and dynamic ones included. Packages are left out. */
export function importsOf(files: readonly string[]): Import[] {
  const byPackageName = new Map([...entries()].map(([source, name]) => [name, relative(root, source)]));
  return files
    .filter((file) => /\.(ts|mjs)$/.test(file))
    .flatMap((from) =>
      specifiersOf(from).flatMap((specifier) => {
        const to = specifier.startsWith('.') ? resolved(from, specifier) : byPackageName.get(specifier);
        return to === undefined ? [] : [{ from, to, specifier }];
      }),
    );
}

function specifiersOf(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8');
  const inCode = ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName);
  // JavaScript names types in its comments.
  const inComments = file.endsWith('.mjs') ? text.matchAll(/\bimport\('(\.[^']*)'\)/g) : [];
  return [...new Set([...inCode, ...Array.from(inComments, ([, specifier]) => specifier)])];
}

/** @throws where there is no such file */
function resolved(from: string, specifier: string): string {
  const path = resolve(root, dirname(from), specifier.replace(/\?.*$/, ''));
  const found = ENDINGS.map((ending) => path + ending).find(
    (file) => existsSync(file) && statSync(file).isFile(),
  );
  if (found === undefined) throw new Error(`${from} imports '${specifier}', which is no file`);
  return relative(root, found);
}
