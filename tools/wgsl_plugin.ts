import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join, relative, sep } from 'node:path';
import { type Plugin, runnerImport } from 'vite';
import { link } from 'wesl/core';
import { LIBRARY, linkLibrary, withPrefix } from './shader_library.ts';
import { manifestOf } from './shader_manifest.ts';
import { declarationsOf } from './wgsl_declarations.ts';
import { globalNames, withGlobalNames, withShortLocals } from './wgsl_names.ts';

const SHADERS = fileURLToPath(new URL('../shaders/', import.meta.url));
const LIBRARY_ID = 'virtual:shader-library';

/** The module of one declaration, by a hash of its text. */
const DECLARATION_ID = /^\0?virtual:wgsl\/([0-9a-f]+)$/;

/** The declarations of all kernels that were linked. */
const declarations = new Map<string, string>();

/**
 * Imports a kernel of shaders/ as `{body, edge}`. Both are plain WGSL whose WESL imports are linked: `body`
 * for whole groups, and `edge`, with EDGE on, for ragged ones. Kernels have most of their declarations in
 * common. So each declaration is a module, and a kernel joins its own.
 *
 * Of an operation on elements `edge` is the variant for memory that is changed in place.
 *
 * With `?from=<name>&stream` the words come from `shaders/streams/<name>.wgsl` instead of `shared/stream.wgsl`.
 *
 * The module `virtual:shader-library` has the functions for kernels of one's own. Comments are left out of
 * all texts.
 */
export function wgsl(): Plugin {
  return {
    name: 'tensorseed-wgsl',
    resolveId: (id) =>
      id === LIBRARY_ID || DECLARATION_ID.test(id) ? `\0${id.replace('\0', '')}` : undefined,
    async load(id) {
      const hash = DECLARATION_ID.exec(id)?.[1];
      if (hash !== undefined) return `export default ${JSON.stringify(declarations.get(hash))};\n`;
      if (id !== `\0${LIBRARY_ID}`) return undefined;
      return libraryModule(readShaders());
    },
    async transform(_code, id) {
      const [file, query] = id.split('?');
      const path = relative(SHADERS, file).split(sep).join('/');
      if (!path.endsWith('.wgsl') || path.startsWith('..')) return undefined;
      const sources = readShaders();
      for (const name of Object.keys(sources)) this.addWatchFile(join(SHADERS, name));
      const stream = new URLSearchParams(query).get('from');
      if (stream !== null) sources['shared/stream.wgsl'] = sources[`streams/${stream}.wgsl`];
      const [body, edge] = await Promise.all(
        [false, true].map(async (edge) => hashesOf(await linkShort(path, sources, edge))),
      );
      const imports = [...new Set([...body, ...edge])].map(
        (hash) => `import d${hash} from 'virtual:wgsl/${hash}';\n`,
      );
      const joined = (hashes: readonly string[]): string => hashes.map((hash) => `d${hash}`).join(' + ');
      const code = `${imports.join('')}export const body = ${joined(body)};\nexport const edge = ${joined(edge)};\n`;
      return { code, map: null };
    },
  };
}

/** The declarations of a linked kernel, in order, by their hashes. */
function hashesOf(kernel: string): string[] {
  return declarationsOf(kernel).map((declaration) => {
    const hash = createHash('sha256').update(declaration).digest('hex').slice(0, 12);
    declarations.set(hash, declaration);
    return hash;
  });
}

/** What the manifest has of kernels that are not in shaders/kernels/, by their paths. */
const OTHER_KERNELS: Readonly<Record<string, string>> = { 'streams/copy.wgsl': 'copy' };

/**
 * Writes these files to `shaders/` of the build: `functions.wgsl`, and `manifest.json` with all kernels. They are as
 * compact as in the bundle.
 * @param facts the module whose MANIFEST_FACTS the manifest has beside
 */
export function wgslFiles(facts: string): Plugin {
  return {
    name: 'tensorseed-wgsl-files',
    apply: 'build',
    async generateBundle() {
      const sources = readShaders();
      const emit = (fileName: string, source: string): void =>
        void this.emitFile({ type: 'asset', fileName: `shaders/${fileName}`, source });
      emit(LIBRARY, withPrefix(await linkShortLibrary(sources)));
      const ours = /^(kernels|qr|keys)\//; // The kernels that streams bring are theirs.
      const paths = Object.keys(sources).filter(
        (path) => path in OTHER_KERNELS || (ours.test(path) && isKernel(path, sources)),
      );
      const kernels = await Promise.all(
        paths.map(async (path) => {
          const [body, edge] = await Promise.all([false, true].map((edge) => linkShort(path, sources, edge)));
          const name = OTHER_KERNELS[path] ?? path.replace(/^kernels\/|\.wgsl$/g, '');
          return { name, source: sources[path], body, edge };
        }),
      );
      const { module } = await runnerImport<ManifestFacts>(facts, { configFile: false, plugins: [wgsl()] });
      emit('manifest.json', JSON.stringify(manifestOf(kernels, sources, module.MANIFEST_FACTS)));
    },
  };
}

interface ManifestFacts {
  readonly MANIFEST_FACTS: Parameters<typeof manifestOf>[2];
}

/** The text of every module below a folder, by default shaders/, by path. */
export function readShaders(folder = SHADERS): Record<string, string> {
  const names = readdirSync(folder, { recursive: true })
    .map(String)
    .filter((name) => name.endsWith('.wgsl'));
  return Object.fromEntries(
    names.map((name) => [name.split(sep).join('/'), readFileSync(join(folder, name), 'utf8')]),
  );
}

/** Whether a kernel has a function of that name. */
function draws(name: string, path: string, sources: Record<string, string>): boolean {
  return sources[path].includes(`fn ${name}(`);
}

/**
 * The module with the entry point of a kernel. It is the kernel itself, or it imports the kernel as
 * `package::draw`. It is undefined where there is none.
 */
function entryOf(path: string, sources: Record<string, string>): string | undefined {
  if (sources[path].includes('@compute')) return path.replace(/\.wgsl$/, '');
  if (draws('draw_lane', path, sources)) return 'entry/rejection';
  if (draws('apply_block', path, sources)) return 'operations/elementwise';
  return draws('draw_block', path, sources) || draws('draw_group', path, sources)
    ? 'entry/groups'
    : undefined;
}

function isKernel(path: string, sources: Record<string, string>): boolean {
  return !path.startsWith('shared/') && !path.startsWith('entry/') && entryOf(path, sources) !== undefined;
}

/** The plain WGSL of a kernel. */
export async function linkKernel(
  path: string,
  sources: Record<string, string>,
  edge: boolean,
): Promise<string> {
  const linked = await link({
    rootModuleName: entryOf(path, sources),
    weslSrc: { ...sources, 'draw.wgsl': sources[path] },
    conditions: { EDGE: edge, IN_PLACE: edge, BLOCKS: draws('draw_block', path, sources) },
  });
  return linked.dest;
}

/** The text of a kernel, compact and with short names. */
async function linkShort(path: string, sources: Record<string, string>, edge: boolean): Promise<string> {
  return withGlobalNames(compact(await linkKernel(path, sources, edge)), globalNames(sources));
}

/** The text of the library, compact. What its functions need has short names, but they and their parameters keep theirs. */
async function linkShortLibrary(sources: Record<string, string>): Promise<string> {
  const names = new Map(globalNames(sources));
  for (const [, name] of sources[LIBRARY].matchAll(/^(?:fn|const) (\w+)/gm)) names.delete(name);
  return withGlobalNames(compact(await linkLibrary(sources)), names);
}

/** The library once, as a module for WESL, from which the bundle makes the functions in plain WGSL. */
async function libraryModule(sources: Record<string, string>): Promise<string> {
  return `${withPrefix}
const library = ${JSON.stringify(await linkShortLibrary(sources))};
export const functions = /* @__PURE__ */ withPrefix(library);
export const modules = { ${JSON.stringify(`shaders/${LIBRARY}`)}: library };
`;
}

function withoutComments(code: string): string {
  const lines = code.split('\n').map((line) => line.replace(/\/\/.*$/, '').trim());
  return lines.filter((line) => line !== '').join('\n');
}

/**
 * Removes comments and all else that a compiler does not need, because WGSL is the largest part of a bundle.
 */
function compact(code: string): string {
  const short = withoutComments(code)
    .replace(/\s*([,;{}()=+*/%&|^:<>!])\s*/g, '$1')
    .replace(/ - (?!-)/g, '-') // Two of them in a row would be a decrement.
    .replace(/vec([234])<(u|i|f)32>/g, 'vec$1$2');
  return withShortLocals(short);
}
