import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join, relative, sep } from 'node:path';
import type { Plugin } from 'vite';
import { link } from 'wesl/core';

const SHADERS = fileURLToPath(new URL('../../shaders/', import.meta.url));

/**
 * Imports a kernel of shaders/ as `{body, edge}`: plain WGSL, its WESL imports linked, for whole
 * groups and, with EDGE on, for ragged ones. Comments are left out of what ships.
 */
export function wgsl(): Plugin {
  return {
    name: 'tensorseed-wgsl',
    async transform(_code, id) {
      const path = relative(SHADERS, id.split('?')[0]).split(sep).join('/');
      if (!path.endsWith('.wgsl') || path.startsWith('..')) return undefined;
      const sources = readShaders();
      for (const name of Object.keys(sources)) this.addWatchFile(join(SHADERS, name));
      const body = await linkKernel(path, sources, false);
      const edge = await linkKernel(path, sources, true);
      return {
        code: `export const body = ${JSON.stringify(body)};\nexport const edge = ${JSON.stringify(edge)};\n`,
        map: null,
      };
    },
  };
}

/** The text of every module below shaders/, by path. */
export function readShaders(): Record<string, string> {
  const names = readdirSync(SHADERS, { recursive: true }).map(String).filter((name) => name.endsWith('.wgsl'));
  return Object.fromEntries(names.map((name) => [name.split(sep).join('/'), readFileSync(join(SHADERS, name), 'utf8')]));
}

/**
 * A kernel without an entry point of its own has that of shared/blocks.wgsl, or where it draws again what was rejected,
 * shared/rejection.wgsl; these import it as `package::draw`.
 */
async function linkKernel(path: string, sources: Record<string, string>, edge: boolean): Promise<string> {
  const isEntry = sources[path].includes('@compute');
  const entry = sources[path].includes('fn draw_lane') ? 'shared/rejection' : 'shared/blocks';
  const linked = await link({
    rootModuleName: isEntry ? path.replace(/\.wgsl$/, '') : entry,
    weslSrc: isEntry ? sources : { ...sources, 'draw.wgsl': sources[path] },
    conditions: { EDGE: edge },
  });
  return withoutComments(linked.dest);
}

function withoutComments(code: string): string {
  const lines = code.split('\n').map((line) => line.replace(/\/\/.*$/, '').trim());
  return lines.filter((line) => line !== '').join('\n');
}
