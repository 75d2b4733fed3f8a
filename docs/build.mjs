/**
 * Builds the site of the documentation, out/site, which opens from a disk.
 *
 *     npm run docs                       fails where a link leads nowhere
 *     npm run docs -- --complete         fails, too, where a public name has no docstring or a type is not exported
 */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { addGallery, buildSite } from './site.mjs';

const { values } = parseArgs({ options: { complete: { type: 'boolean', default: false } } });
const out = fileURLToPath(new URL('../out/', import.meta.url));
const site = join(out, 'site');
if (await buildSite({ out: site, complete: values.complete })) {
  addGallery(site, join(out, 'gallery', 'index.html'));
  console.log('The site is out/site/index.html.');
} else {
  process.exitCode = 1;
}
