import type { Project } from './project';

/** What a bundler made. */
export interface Bundle {
  /** Its folder. Of one for a browser it is the root of a server. */
  readonly folder: string;
  /** What the bundler warned of, in words. Errors are thrown. */
  readonly warnings: readonly string[];
}

/**
 * Bundles an entry of a project.
 *
 * @param entry the folder of its `main.js`, and for a browser of its `index.html`
 * @param out the folder of the bundle
 */
export type Bundler = (project: Project, entry: string, out: string) => Promise<Bundle>;
