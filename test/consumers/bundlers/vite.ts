import type { Bundler } from './bundle';

/** What Vite 8 and Vite 6 have in common. */
interface Vite {
  build(config: object): Promise<unknown>;
  createLogger(level: 'info'): Logger;
}

interface Logger {
  warn(message: string): void;
  warnOnce(message: string): void;
  error(message: string): void;
  info(message: string): void;
}

/** Vite as `vite build` runs it. */
export const vite =
  (load: () => Promise<unknown>): Bundler =>
  (project, entry, out) =>
    run(load, { root: project.path(entry), build: { outDir: out } });

/** Vite as `vite build --ssr main.js` runs it. The package is bundled, which by default it is not. */
export const viteForNode =
  (load: () => Promise<unknown>, noExternal?: true): Bundler =>
  (project, entry, out) =>
    run(load, { root: project.path(entry), build: { outDir: out, ssr: 'main.js' }, ssr: { noExternal } });

async function run(
  load: () => Promise<unknown>,
  config: { root: string; build: { outDir: string } },
): ReturnType<Bundler> {
  const { build, createLogger } = (await load()) as Vite;
  const warnings: string[] = [];
  const warn = (message: string): void => void warnings.push(message);
  const customLogger = Object.assign(createLogger('info'), {
    info: () => undefined,
    warn,
    warnOnce: warn,
    error: warn,
  });
  await build({ configFile: false, customLogger, ...config });
  return { folder: config.build.outDir, warnings };
}
