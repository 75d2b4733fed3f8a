/** A kernel of shaders/, which tools/wgsl_plugin.ts links. */
declare module '*.wgsl' {
  /** The variant for whole groups, with EDGE off. */
  export const body: string;
  /** The variant for a ragged group at an end of a range, with EDGE on. */
  export const edge: string;
}

/** A kernel over the words of `shaders/streams/<name>.wgsl`: `<kernel>.wgsl?from=<name>&stream`. */
declare module '*&stream' {
  export const body: string;
  export const edge: string;
}

/** The functions for kernels of one's own, from the same plugin. */
declare module 'virtual:shader-library' {
  /** The functions as plain WGSL. */
  export const functions: string;
  /** The functions as WESL modules, by path. */
  export const modules: Record<string, string>;
}
