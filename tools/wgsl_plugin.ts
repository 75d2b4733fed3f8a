import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { dirname, join, relative, sep } from 'node:path';
import type { Plugin } from 'vite';
import { link } from 'wesl/core';
import { LIBRARY, libraryModules, linkLibrary } from './shader_library.ts';
import { Parts } from './wgsl_parts.ts';

const SHADERS = fileURLToPath(new URL('../shaders/', import.meta.url));
const LIBRARY_ID = 'virtual:shader-library';

/** The modules with the declarations of the kernels below a folder of shaders/. */
const PARTS_ID = /^\0?virtual:wgsl\/(\w+)$/;

/**
 * Imports a kernel of shaders/ as `{body, edge}`. Both are plain WGSL whose WESL imports are linked: `body`
 * for whole groups, and `edge`, with EDGE on, for ragged ones. The kernels of a folder have most of their
 * declarations in common. So a module has each declaration once, and a kernel joins its own.
 *
 * With `?from=<name>&stream` the words come from `shaders/streams/<name>.wgsl` instead of `shared/stream.wgsl`.
 *
 * The module `virtual:shader-library` has the functions for kernels of one's own. Comments are left out of
 * all texts.
 */
export function wgsl(): Plugin {
  return {
    name: 'tensorseed-wgsl',
    resolveId: (id) => (id === LIBRARY_ID || PARTS_ID.test(id) ? `\0${id.replace('\0', '')}` : undefined),
    async load(id) {
      const folder = PARTS_ID.exec(id)?.[1];
      if (folder !== undefined) return asModule({ parts: (await linkFolder(folder)).declarations });
      if (id !== `\0${LIBRARY_ID}`) return undefined;
      const sources = readShaders();
      const modules = Object.entries(libraryModules(sources)).map(([path, code]) => [
        path,
        withoutComments(code),
      ]);
      return asModule({
        functions: withoutComments(await linkLibrary(sources)),
        modules: Object.fromEntries(modules),
      });
    },
    async transform(_code, id) {
      const [file, query] = id.split('?');
      const path = relative(SHADERS, file).split(sep).join('/');
      if (!path.endsWith('.wgsl') || path.startsWith('..')) return undefined;
      for (const name of Object.keys(readShaders())) this.addWatchFile(join(SHADERS, name));
      const stream = new URLSearchParams(query).get('from');
      if (stream !== null) return asModule(await linkOver(stream, path));
      const folder = dirname(path);
      const { body, edge } = (await linkFolder(folder)).kernels[path];
      const joined = (indices: readonly number[]): string =>
        `${JSON.stringify(indices)}.map((i) => parts[i]).join('')`;
      const code = `import { parts } from 'virtual:wgsl/${folder}';
export const body = /* @__PURE__ */ ${joined(body)};
export const edge = /* @__PURE__ */ ${joined(edge)};
`;
      return { code, map: null };
    },
  };
}

interface LinkedFolder {
  readonly declarations: readonly string[];
  /** The indices of the declarations of each kernel, by its path. */
  readonly kernels: Readonly<Record<string, Readonly<Record<'body' | 'edge', number[]>>>>;
}

/** What was linked last of each folder, and the sources that it was linked from. */
const linked = new Map<string, { readonly key: string; readonly folder: Promise<LinkedFolder> }>();

function linkFolder(folder: string): Promise<LinkedFolder> {
  const sources = readShaders();
  const key = JSON.stringify(sources);
  let found = linked.get(folder);
  if (found?.key !== key) linked.set(folder, (found = { key, folder: linkKernels(folder, sources) }));
  return found.folder;
}

async function linkKernels(folder: string, sources: Record<string, string>): Promise<LinkedFolder> {
  const parts = new Parts();
  const kernels: Record<string, Record<'body' | 'edge', number[]>> = {};
  for (const path of Object.keys(sources).filter(
    (path) => dirname(path) === folder && isKernel(path, sources),
  )) {
    const [body, edge] = await Promise.all([false, true].map((edge) => linkKernel(path, sources, edge)));
    kernels[path] = { body: parts.add(compact(body)), edge: parts.add(compact(edge)) };
  }
  return { declarations: parts.declarations, kernels };
}

/** A kernel over another stream. It shares its declarations with no other. */
async function linkOver(stream: string, path: string): Promise<Record<'body' | 'edge', string>> {
  const all = readShaders();
  const sources = { ...all, 'shared/stream.wgsl': all[`streams/${stream}.wgsl`] };
  const [body, edge] = await Promise.all([false, true].map((edge) => linkKernel(path, sources, edge)));
  return { body: compact(body), edge: compact(edge) };
}

/**
 * Writes linked texts to the build: `shaders/functions.wgsl`, and `shaders/linked/<kernel>.wgsl` for whole
 * groups. They have no comments; their sources, below `shaders/wesl`, do.
 */
export function wgslFiles(): Plugin {
  return {
    name: 'tensorseed-wgsl-files',
    apply: 'build',
    async generateBundle() {
      const sources = readShaders();
      const emit = (fileName: string, source: string): void =>
        void this.emitFile({ type: 'asset', fileName: `shaders/${fileName}`, source });
      emit(LIBRARY, withoutComments(await linkLibrary(sources)));
      const ours = /^(kernels|qr)\//; // The kernels that streams bring are theirs.
      for (const path of Object.keys(sources).filter((path) => ours.test(path) && isKernel(path, sources))) {
        const name = path.replace(/^kernels\//, '');
        emit(`linked/${name}`, withoutComments(await linkKernel(path, sources, false)));
      }
    },
  };
}

/** The text of every module below shaders/, by path. */
export function readShaders(): Record<string, string> {
  const names = readdirSync(SHADERS, { recursive: true })
    .map(String)
    .filter((name) => name.endsWith('.wgsl'));
  return Object.fromEntries(
    names.map((name) => [name.split(sep).join('/'), readFileSync(join(SHADERS, name), 'utf8')]),
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
  return draws('draw_block', path, sources) || draws('draw_group', path, sources)
    ? 'entry/groups'
    : undefined;
}

function isKernel(path: string, sources: Record<string, string>): boolean {
  return !path.startsWith('shared/') && !path.startsWith('entry/') && entryOf(path, sources) !== undefined;
}

async function linkKernel(path: string, sources: Record<string, string>, edge: boolean): Promise<string> {
  const linked = await link({
    rootModuleName: entryOf(path, sources),
    weslSrc: { ...sources, 'draw.wgsl': sources[path] },
    conditions: { EDGE: edge, BLOCKS: draws('draw_block', path, sources) },
  });
  return linked.dest;
}

function asModule(exports: Record<string, unknown>): string {
  return Object.entries(exports)
    .map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};\n`)
    .join('');
}

function withoutComments(code: string): string {
  const lines = code.split('\n').map((line) => line.replace(/\/\/.*$/, '').trim());
  return lines.filter((line) => line !== '').join('\n');
}

/**
 * Removes comments and all else that a compiler does not need, because WGSL is the largest part of a bundle.
 */
function compact(code: string): string {
  return withoutComments(code)
    .replace(/\s*([,;{}()=+*/%&|^:<>!])\s*/g, '$1')
    .replace(/ - (?!-)/g, '-') // Two of them in a row would be a decrement.
    .replace(/vec([234])<(u|i|f)32>/g, 'vec$1$2');
}
