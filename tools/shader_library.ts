import { link } from 'wesl/core';

/** The module of the functions for kernels of one's own, in shaders/. */
export const LIBRARY = 'functions.wgsl';

/** The library as plain WGSL with its names as the modules have them, which is a module for WESL, too. */
export async function linkLibrary(sources: Record<string, string>): Promise<string> {
  const { dest } = await link({ rootModuleName: LIBRARY.replace('.wgsl', ''), weslSrc: sources });
  return dest;
}

/**
 * The library to put before a kernel. In it every name that is global begins with `tensorseed_`, so that none clashes with a kernel's.
 * The bundle has the text of this function, too, so it uses nothing from outside.
 */
export function withPrefix(code: string): string {
  const names = new Set(
    Array.from(code.matchAll(/\b(?:fn|const|struct|override|alias) (\w+)/g), (found) => found[1]),
  );
  return code.replace(/\w+/g, (word) => (names.has(word) ? `tensorseed_${word}` : word));
}
