import { gzipSync } from 'node:zlib';
import { build, type Metafile } from 'esbuild';

/** A bundle for browsers, whose parts are loaded when they are first used. */
export interface Bundle {
  /** The bytes of what a page loads at first, with gzip. */
  readonly initial: number;
  /**
   * The bytes, with gzip, of what a page has loaded once it has used parts.
   * @param parts the modules of the package that these uses import, by their names
   */
  with(...parts: string[]): number;
}

/**
 * Bundles a program with esbuild, as its users do: minified and in parts.
 * @param program the text of the program
 * @param folder where the package is installed
 * @param external packages that are left out
 */
export async function bundle(program: string, folder: string, external: string[] = []): Promise<Bundle> {
  const { metafile, outputFiles } = await build({
    stdin: { contents: program, resolveDir: folder, sourcefile: 'program.js' },
    absWorkingDir: folder,
    bundle: true,
    minify: true,
    splitting: true,
    format: 'esm',
    outdir: 'out',
    write: false,
    metafile: true,
    legalComments: 'none',
    external,
  });
  const { outputs } = metafile;
  const bytes = new Map(
    outputFiles.map(({ path, contents }) => [
      Object.keys(outputs).find((output) => path.replaceAll('\\', '/').endsWith(`/${output}`))!,
      gzipSync(contents, { level: 9 }).length,
    ]),
  );
  const sizeOf = (files: ReadonlySet<string>): number =>
    [...files].reduce((sum, file) => sum + bytes.get(file)!, 0);
  const entry = Object.keys(outputs).find((output) => outputs[output].entryPoint === 'program.js')!;
  return {
    initial: sizeOf(loadedBy(outputs, entry, [])),
    with: (...parts) => sizeOf(loadedBy(outputs, entry, parts)),
  };
}

/** The files that a page has loaded from an entry once it has used parts. */
function loadedBy(outputs: Metafile['outputs'], entry: string, parts: readonly string[]): Set<string> {
  const loaded = new Set<string>();
  const found = new Set<string>();
  const load = (file: string): void => {
    if (loaded.has(file)) return;
    loaded.add(file);
    for (const { path, kind } of outputs[file].imports) {
      const part = parts.find((name) => outputs[path]?.entryPoint?.includes(`/${name}.js`));
      if (part !== undefined) found.add(part);
      if (outputs[path] !== undefined && (kind === 'import-statement' || part !== undefined)) load(path);
    }
  };
  load(entry);
  const missing = parts.filter((name) => !found.has(name));
  if (missing.length > 0) throw new Error(`the bundle loads no ${missing.join(', ')}`);
  return loaded;
}
