/** A kernel of shaders/, linked by the plugin in vite.config.ts. */
declare module '*.wgsl' {
  /** For whole groups: EDGE is off. */
  export const body: string;
  /** For a ragged group at either end of a range. */
  export const edge: string;
}

/** What kernels of one's own may import, from the same plugin. */
declare module 'virtual:shader-library' {
  /** Plain WGSL. */
  export const functions: string;
  /** WESL, by path. */
  export const modules: Record<string, string>;
}
