import { nodeResolve, type RollupNodeResolveOptions } from '@rollup/plugin-node-resolve';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rollup as rollupOf, type RollupLog } from 'rollup';
import type { Bundler } from './bundle';
import { html } from './project';

/** Rollup as `rollup main/main.js -d out -p node-resolve` runs it. */
export const rollup =
  (options: RollupNodeResolveOptions = {}): Bundler =>
  async (project, entry, out) => {
    const warnings: string[] = [];
    const bundle = await rollupOf({
      input: project.path(entry, 'main.js'),
      plugins: [nodeResolve(options)],
      onLog: (level, log: RollupLog) => {
        if (level === 'warn') warnings.push(log.message);
      },
    });
    await bundle.write({ dir: out });
    await bundle.close();
    writeFileSync(join(out, 'index.html'), html());
    return { folder: out, warnings };
  };
