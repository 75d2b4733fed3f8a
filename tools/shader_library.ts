import { link } from 'wesl/core';

/** The module that kernels of one's own may import, in shaders/. */
export const LIBRARY = 'functions.wgsl';

/** The library as plain WGSL to put before a kernel, with its names as the modules have them. */
export async function linkLibrary(sources: Record<string, string>): Promise<string> {
  const { dest } = await link({ rootModuleName: LIBRARY.replace('.wgsl', ''), weslSrc: sources });
  return dest;
}

/**
 * The same where every name that is global begins with `tensorseed_`, so that none clashes with a kernel's. The
 * bundle has the text of this function, too, so it uses nothing from outside.
 */
export function withPrefix(code: string): string {
  const names = new Set(
    Array.from(code.matchAll(/\b(?:fn|const|struct|override|alias) (\w+)/g), (found) => found[1]),
  );
  return code.replace(/\w+/g, (word) => (names.has(word) ? `tensorseed_${word}` : word));
}

/**
 * The library's modules for a WESL linker, by path. An npm package's modules carry the path of its export,
 * here `tensorseed/shaders`, so that `import tensorseed::shaders::functions::normal_at` finds them.
 */
export function libraryModules(sources: Record<string, string>): Record<string, string> {
  const modules: Record<string, string> = {};
  const add = (path: string): void => {
    if (`shaders/${path}` in modules) return;
    const source = sources[path];
    modules[`shaders/${path}`] = source.replaceAll('import package::', 'import package::shaders::');
    for (const [, name] of source.matchAll(/^import package::([\w:]+?)::(?:\w+|\{[^}]*\});/gm))
      add(`${name.replaceAll('::', '/')}.wgsl`);
  };
  add(LIBRARY);
  return modules;
}
