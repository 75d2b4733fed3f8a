/**
 * Puts the README.md of the package in the place of the repository's, or with --restore puts that back. npm packs
 * it: see prepack and postpack in package.json.
 *
 * README.md is the front page of the repository, too, and links to pages there that the package, which should be
 * small, does not have.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mjs';

const README = join(root, 'README.md');
/** Where the README.md of the repository is meanwhile. */
const KEPT = join(root, 'out', 'README.md');

/** Code, which stays as it is, or a link with its text, its path and its anchor. */
const CODE_OR_LINK = /^```[^]*?^```|`[^`]+`|(?<!!)\[([^\]]*)\]\(([^)#\s]+)(#[^)\s]*)?\)/gm;
const IMAGE_LINE = /^!\[[^\]]*\]\(([^)\s]+)\)\n+/gm;

/**
 * A page with a path as text where it has a link to what is not in the package, and without the lines that are
 * such an image alone. Before the first section it says whose paths these are.
 *
 * @param {string} markdown
 * @param {(path: string) => boolean} isPacked
 */
export function packedPage(markdown, isPacked) {
  const leadsOut = (/** @type {string} */ path) => !/^[a-z]+:/.test(path) && !isPacked(path);
  /** @type {string | undefined} */
  let example;
  const page = markdown
    .replace(IMAGE_LINE, (line, path) => (leadsOut(path) ? '' : line))
    .replace(CODE_OR_LINK, (found, text, path) => {
      if (path === undefined || !leadsOut(path)) return found;
      example ??= path;
      return `${text} (\`${path}\`)`;
    });
  if (example === undefined) return page;
  return page.replace(
    /^## /m,
    `Paths in parentheses, such as \`${example}\`, are those of the project's repository.\n\n## `,
  );
}

/** The README.md of the package. @param {string} original */
function packedReadme(original) {
  /** @type {{ files: string[] }} */
  const { files } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const packed = [...files, 'package.json', 'README.md', 'LICENSE'];
  return packedPage(original, (path) => packed.some((name) => path === name || path.startsWith(`${name}/`)));
}

/** Whether the README.md of the package is in place, and that of the repository is kept. */
function isInPlace() {
  if (!existsSync(KEPT)) return false;
  if (readFileSync(README, 'utf8') === packedReadme(readFileSync(KEPT, 'utf8'))) return true;
  throw new Error(
    'out/README.md was kept by an interrupted "npm pack", and README.md has changed since: move the right one to README.md, and remove out/README.md',
  );
}

function putInPlace() {
  if (isInPlace()) return;
  const original = readFileSync(README, 'utf8');
  mkdirSync(join(KEPT, '..'), { recursive: true });
  // What reads a page at this time finds all of it, since a name changes at once.
  const made = `${KEPT}.packed`;
  writeFileSync(made, packedReadme(original));
  writeFileSync(`${KEPT}.copy`, original);
  renameSync(`${KEPT}.copy`, KEPT);
  renameSync(made, README);
}

if (process.argv[1]?.endsWith('packed_readme.mjs')) {
  if (!process.argv.includes('--restore')) putInPlace();
  else if (isInPlace()) renameSync(KEPT, README);
}
