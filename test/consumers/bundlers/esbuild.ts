import { type BuildOptions, build, formatMessages } from 'esbuild';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bundler } from './bundle';
import { html } from './project';

/** esbuild as `esbuild main.js --bundle` runs it, with these further options. */
export const esbuild =
  (options: BuildOptions = {}): Bundler =>
  async (project, entry, out) => {
    const { warnings } = await build({
      absWorkingDir: project.folder,
      entryPoints: [project.path(entry, 'main.js')],
      bundle: true,
      outdir: out,
      logLevel: 'silent',
      ...options,
    });
    const script =
      options.format === 'esm'
        ? '<script type="module" src="./main.js"></script>'
        : '<script src="./main.js"></script>';
    writeFileSync(join(out, 'index.html'), html(script));
    return { folder: out, warnings: await formatMessages(warnings, { kind: 'warning' }) };
  };
