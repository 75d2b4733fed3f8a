// ../../tmp/work/h1t/link.ts
import { link as link2 } from 'wesl/core';

// tools/wgsl_plugin.ts
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join, relative, sep } from 'node:path';
import { link } from 'wesl/core';
var SHADERS = fileURLToPath(new URL('../shaders/', import.meta.url));
function readShaders() {
  const names = readdirSync(SHADERS, { recursive: true })
    .map(String)
    .filter((name) => name.endsWith('.wgsl'));
  return Object.fromEntries(
    names.map((name) => [name.split(sep).join('/'), readFileSync(join(SHADERS, name), 'utf8')]),
  );
}

// ../../tmp/work/h1t/link.ts
import { writeFileSync, readFileSync as readFileSync2 } from 'node:fs';
var [out, kernel, ...over] = process.argv.slice(2);
var src = { ...readShaders() };
for (const o of over) {
  const [k, f] = o.split('=');
  src[k] = readFileSync2(f, 'utf8');
}
src['draw.wgsl'] = src['kernels/' + kernel + '.wgsl'];
var linked = await link2({
  rootModuleName: 'entry/groups',
  weslSrc: src,
  conditions: { BLOCKS: true, EDGE: false },
});
writeFileSync(out, linked.dest);
