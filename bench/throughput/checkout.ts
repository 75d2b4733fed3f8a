import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The folder of the project's sources that a built script lies in; undefined in an installed
 * package, which has none.
 */
export function findCheckout(script: string): string | undefined {
  for (let folder = dirname(fileURLToPath(script)); ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json')))
      return existsSync(join(folder, 'bench', 'throughput', 'page', 'index.html')) ? folder : undefined;
    if (folder === dirname(folder)) return undefined;
  }
}
