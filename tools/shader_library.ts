import { link } from 'wesl/core';

/** The module that kernels of one's own may import, in shaders/. */
export const LIBRARY = 'functions.wgsl';

/**
 * The library as plain WGSL to put before a kernel. Every name in it that is global begins with
 * `tensorseed_`, so that none clashes with the kernel's.
 */
export async function linkLibrary(sources: Record<string, string>): Promise<string> {
  const { dest } = await link({ rootModuleName: LIBRARY.replace('.wgsl', ''), weslSrc: sources });
  const names = Array.from(
    dest.matchAll(/^\s*(?:fn|const|struct|override|alias) (\w+)/gm),
    ([, name]) => name,
  );
  const header = /^(?:\/\/.*\n)*/.exec(sources[LIBRARY])![0]; // The linker drops the header.
  return header + dest.replace(new RegExp(`\\b(${names.join('|')})\\b`, 'g'), 'tensorseed_$1');
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
