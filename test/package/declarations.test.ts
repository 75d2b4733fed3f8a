import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { entries } from '../../docs/entries.mjs';
import ts from '../../docs/compiler.mjs';
import { publicNames } from '../docs/docstrings';

const dist = fileURLToPath(new URL('../../dist/', import.meta.url));
const types = join(dist, 'types');
const files = [types, join(dist, 'cjs')].flatMap((folder) =>
  readdirSync(folder, { recursive: true })
    .map((name) => join(folder, String(name)))
    .filter((path) => /\.d\.c?ts$/.test(path)),
);

/** What an editor shows, when the pointer is over a word of a program that imports the package. */
function shownAt(program: string, word: string): string {
  const file = join(dist, 'program.ts');
  const host: ts.LanguageServiceHost = {
    fileExists: (path) => path === file || ts.sys.fileExists(path),
    readFile: (path) => ts.sys.readFile(path),
    directoryExists: (path) => ts.sys.directoryExists(path),
    getScriptFileNames: () => [file],
    getScriptVersion: () => '1',
    getScriptSnapshot(path) {
      const text = path === file ? program : ts.sys.readFile(path);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    getCompilationSettings: () => ({
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      types: [],
    }),
    getDefaultLibFileName: (options) => ts.getDefaultLibFilePath(options),
    getCurrentDirectory: () => dist,
  };
  const shown = ts.createLanguageService(host).getQuickInfoAtPosition(file, program.indexOf(word) + 1);
  return ts.displayPartsToString(shown?.documentation);
}

describe('the declarations that the build makes', () => {
  it('have every public name of the sources, with its docstring', () => {
    const documented = (names: ReturnType<typeof publicNames>) =>
      names.map(({ entry, name, documentation }) => `${entry} ${name.replace(/ .*/, '')}: ${documentation}`);
    const sources = join(fileURLToPath(new URL('../../', import.meta.url)), 'src');
    const built = new Map(
      Array.from(entries(), ([file, entry]) => [
        file.replace(sources, types).replace(/\.ts$/, '.d.ts'),
        entry,
      ]),
    );
    const expected = documented(publicNames());
    expect(expected.length).toBeGreaterThan(400);
    expect(documented(publicNames(built, types)).sort()).toEqual(expected.sort());
  });

  it('have the docstrings of layers', () => {
    const program = "import { layers } from 'tensorseed/models'; const dense = layers.conv2d;";
    expect(shownAt(program, 'conv2d')).toContain('A convolution along two axes');
  });

  it('have nothing internal or private', () => {
    for (const path of files)
      expect(readFileSync(path, 'utf8'), path).not.toMatch(
        /@internal|^ *(private|static private) (?!constructor)/m,
      );
  });

  it('are small', () => {
    const bytes = files.reduce((sum, path) => sum + statSync(path).size, 0);
    expect(bytes).toBeLessThan(240_000);
  });
});
