import type { Bundler } from './bundle';

/** What Vite 8 and Vite 6 have in common. */
interface Vite {
  build(config: object): Promise<unknown>;
  createLogger(level: 'warn'): object;
}

/** Vite as `vite build` runs it, with these further options. */
export const vite =
  (load: () => Promise<unknown>, options: { minify?: false } = {}): Bundler =>
  (project, entry, out) =>
    run(load, project.path(entry), { outDir: out, ...options });

/** Vite as `vite build --ssr main.js` runs it. The package is bundled, which by default it is not. */
export const viteForNode =
  (load: () => Promise<unknown>, noExternal?: true): Bundler =>
  (project, entry, out) =>
    run(load, project.path(entry), { outDir: out, ssr: 'main.js' }, { noExternal });

async function run(
  load: () => Promise<unknown>,
  root: string,
  build: { outDir: string; ssr?: string; minify?: false },
  ssr?: { noExternal?: true },
): ReturnType<Bundler> {
  const vite = (await load()) as Vite;
  const warnings: string[] = [];
  const warn = (message: string): void => void warnings.push(message);
  const customLogger = Object.assign(vite.createLogger('warn'), { warn, warnOnce: warn, error: warn });
  await vite.build({
    configFile: false,
    root,
    build: { emptyOutDir: true, ...build },
    ssr,
    logLevel: 'warn',
    customLogger,
  });
  return { folder: build.outDir, warnings };
}
