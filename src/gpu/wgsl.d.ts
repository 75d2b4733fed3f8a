/** A kernel of shaders/, linked by the plugin in vite.config.ts. */
declare module '*.wgsl' {
  /** For whole groups: EDGE is off. */
  export const body: string;
  /** For a ragged group at either end of a range. */
  export const edge: string;
}
