import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { Bundler } from './bundle';

const bin = join(dirname(createRequire(import.meta.url).resolve('parcel/package.json')), 'lib', 'bin.js');

/** Parcel as `parcel build index.html` runs it, with these further options. */
export const parcel =
  (...options: string[]): Bundler =>
  async (project, entry, out) => {
    const words = ['build', 'index.html', '--dist-dir', out, '--no-cache', '--log-level', 'warn', ...options];
    // It fails with its diagnostics on stdout.
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [bin, ...words], {
      cwd: project.path(entry),
      env: { ...process.env, NODE_ENV: 'production', PARCEL_WORKERS: '0' },
    }).catch((error: Error & { stdout: string }) => {
      throw new Error(`${error.message}\n${error.stdout}`);
    });
    const said = `${stdout}${stderr}`.trim();
    return { folder: out, warnings: said === '' ? [] : [said] };
  };
