import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));

/**
 * The sources of the package's entries, and the names that they are imported by.
 *
 * @returns {Map<string, string>}
 */
export function entries() {
  /** @type {{ name: string, exports: Record<string, string | { types: string }> }} */
  const { name, exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const typed = Object.entries(exports).flatMap(([path, target]) =>
    typeof target === 'string' ? [] : [{ path, types: target.types }],
  );
  return new Map(
    typed.map(({ path, types }) => [
      join(root, types.replace('./dist/types/', 'src/').replace(/\.d\.ts$/, '.ts')),
      path.replace(/^\./, name),
    ]),
  );
}
