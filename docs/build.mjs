/**
 * Builds the site of the documentation, out/site, which opens from a disk: `npm run docs`.
 *
 * It fails where a link leads nowhere, a public name has no docstring, or a public type is not exported.
 */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { addGallery, buildSite } from './site.mjs';

const out = fileURLToPath(new URL('../out/', import.meta.url));
const site = join(out, 'site');
if (await buildSite({ out: site })) {
  addGallery(site, join(out, 'gallery', 'index.html'));
  console.log('The site is out/site/index.html.');
} else {
  process.exitCode = 1;
}
