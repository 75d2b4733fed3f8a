/**
 * The last step of the build. It makes the command line executable, so that `npx tensorseed` can start it.
 */
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mjs';

chmodSync(join(root, 'dist', 'cli.js'), 0o755);
