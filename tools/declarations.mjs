/**
 * A step of the build. It gives the relative imports of dist/types their file extensions. Without these
 * TypeScript does not resolve them for users of moduleResolution node16.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './root.mjs';

const types = join(root, 'dist', 'types');
for (const name of readdirSync(types, { recursive: true }).map(String)) {
  if (!name.endsWith('.d.ts')) continue;
  const file = join(types, name);
  const text = readFileSync(file, 'utf8');
  const complete = text.replace(
    /((?:from|import\()\s*['"])(\.{1,2}\/[^'"]+)(['"])/g,
    (_, before, path, after) => {
      const isFolder = existsSync(join(dirname(file), path, 'index.d.ts'));
      return `${before}${path}${isFolder ? '/index' : ''}.js${after}`;
    },
  );
  writeFileSync(file, complete);
}
