import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import webpackOf, { type Configuration } from 'webpack';
import type { Bundler } from './bundle';
import { html } from './project';

/** webpack as `webpack --mode production` runs it. */
export const webpack =
  (options: Configuration = {}): Bundler =>
  async (project, entry, out) => {
    const compiler = webpackOf({
      context: project.folder,
      mode: 'production',
      entry: `./${entry}/main.js`,
      output: { path: out },
      // A program of all models is above 244 KiB, which webpack warns of; sizes.test.ts has the budgets.
      performance: { hints: false },
      ...options,
    });
    if (compiler === null) throw new Error('webpack made no compiler');
    const stats = await new Promise<webpackOf.Stats>((resolve, reject) =>
      compiler.run((error, stats) => (stats === undefined ? reject(error!) : resolve(stats))),
    );
    await new Promise((resolve) => compiler.close(resolve));
    if (stats.hasErrors()) throw new Error(stats.toString({ preset: 'errors-only' }));
    writeFileSync(join(out, 'index.html'), html('<script src="./main.js"></script>'));
    writeFileSync(join(out, 'package.json'), '{"type":"commonjs"}'); // as its bundle for Node is
    return { folder: out, warnings: (stats.toJson().warnings ?? []).map(({ message }) => message) };
  };
