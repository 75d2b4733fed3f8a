import type { Bundler } from './bundle';

/** What Vite 8 and Vite 6 have in common. */
interface Vite {
  build(config: object): Promise<unknown>;
  createLogger(level: 'warn'): object;
}

/** Vite as `vite build` runs it, with these further settings. */
export const vite =
  (load: () => Promise<unknown>, { build, worker }: Settings = {}): Bundler =>
  (project, entry, out) =>
    run(load, { root: project.path(entry), build: { ...build, outDir: out }, worker });

/** Vite as `vite build --ssr main.js` runs it. By default it does not bundle packages. */
export const viteForNode =
  (load: () => Promise<unknown>, noExternal?: true): Bundler =>
  (project, entry, out) =>
    run(load, { root: project.path(entry), build: { outDir: out, ssr: 'main.js' }, ssr: { noExternal } });

interface Settings {
  readonly build?: { readonly minify: false };
  readonly worker?: { readonly format: 'es' };
}

async function run(
  load: () => Promise<unknown>,
  config: { build: { outDir: string; ssr?: string } } & Record<string, unknown>,
): ReturnType<Bundler> {
  const { build, createLogger } = (await load()) as Vite;
  const warnings: string[] = [];
  const warn = (message: string): void => void warnings.push(message);
  const customLogger = Object.assign(createLogger('warn'), { warn, warnOnce: warn, error: warn });
  const quiet = { configFile: false, logLevel: 'warn', customLogger };
  await build({ ...quiet, ...config, build: { emptyOutDir: true, ...config.build } });
  return { folder: config.build.outDir, warnings };
}
