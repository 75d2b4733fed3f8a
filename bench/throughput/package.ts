import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The package that a built script lies in. */
export interface Package {
  readonly version: string;
  /** Its folder, where that is a checkout of the project's sources; undefined where it is installed. */
  readonly checkout: string | undefined;
  /** The commit that a copy was made of. */
  readonly commit: string | undefined;
}

export function packageOf(script: string): Package {
  let folder = dirname(fileURLToPath(script));
  while (!existsSync(join(folder, 'package.json'))) {
    if (folder === dirname(folder)) throw new Error(`${script} lies in no package`);
    folder = dirname(folder);
  }
  const { version, commit } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    version: string;
    commit?: string;
  };
  const hasSources = existsSync(join(folder, 'bench', 'throughput', 'page', 'index.html'));
  return { version, checkout: hasSources ? folder : undefined, commit };
}
