import { execFileSync } from 'node:child_process';

/**
 * The commit that a checkout is at, and whether it has changes.
 * @param folder of the checkout
 * @returns undefined where there is no git or no repository
 */
export function commitOf(folder: string): { readonly commit: string; readonly dirty: boolean } | undefined {
  const git = (...words: string[]): string =>
    execFileSync('git', words, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  try {
    return { commit: git('rev-parse', '--short', 'HEAD'), dirty: git('status', '--porcelain') !== '' };
  } catch {
    return undefined;
  }
}
