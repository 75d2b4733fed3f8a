/**
 * Last step of the build: lets the command line be started as a program, which `npx tensorseed` does.
 */
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mjs';

chmodSync(join(root, 'dist', 'cli.js'), 0o755);
