import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';
import { sourcePlugins } from '../../tools/plugins.ts';

const root = fileURLToPath(new URL('.', import.meta.url));

/**
 * Makes one file of the page, its script and its style, because a page from a disk may load no modules. The
 * policy of that file allows this script and this style by their hashes, and no request at all. In
 * development there is no policy, because the server's scripts make requests.
 */
function oneFile(): Plugin {
  return {
    name: 'tensorseed-one-file',
    apply: 'build',
    enforce: 'post',
    generateBundle: {
      order: 'post', // Vite fills in first what its wrappers of dynamic imports name.
      handler(_, bundle) {
        const page = bundle['index.html'];
        if (page?.type !== 'asset') throw new Error('the build has no index.html');
        let html = String(page.source);
        const hashes: Hashes = { script: [], style: [] };
        for (const [name, item] of Object.entries(bundle)) {
          if (item === page) continue;
          if (item.type === 'chunk') {
            const text = item.code.replaceAll('</script', '<\\/script');
            html = without(html, name, new RegExp(`\\s*<script[^>]*src="./${name}"[^>]*></script>`));
            html = before(html, '</body>', `<script type="module">${text}</script>\n`);
            hashes.script.push(hashOf(text));
          } else {
            const text = String(item.source);
            html = without(html, name, new RegExp(`<link[^>]*href="./${name}"[^>]*>`));
            html = before(html, '</head>', `<style>${text}</style>\n`);
            hashes.style.push(hashOf(text));
          }
          delete bundle[name];
        }
        // The policy holds for what comes after it, so it is the first element of the head.
        const policy = `<meta http-equiv="Content-Security-Policy" content="${policyOf(hashes)}">`;
        page.source = before(html, '<meta charset=', `${policy}\n    `);
      },
    },
  };
}

interface Hashes {
  readonly script: string[];
  readonly style: string[];
}

/**
 * Nothing may be fetched, and no script or style runs but those of the build. Threads are scripts that the
 * page makes itself, and they compile WebAssembly. The icon is a data URL.
 */
const policyOf = ({ script, style }: Hashes): string =>
  [
    "default-src 'none'",
    `script-src ${script.join(' ')} 'wasm-unsafe-eval'`,
    'worker-src blob:',
    `style-src ${style.join(' ')}`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

function without(html: string, name: string, tag: RegExp): string {
  if (!tag.test(html)) throw new Error(`${name} is not in the page`);
  return html.replace(tag, '');
}

function before(html: string, place: string, text: string): string {
  if (!html.includes(place)) throw new Error(`the page has no ${place}`);
  return html.replace(place, () => `${text}${place}`);
}

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

export default defineConfig({
  root,
  base: './',
  plugins: [...sourcePlugins(), oneFile()],
  define: { __VERSION__: JSON.stringify(version) },
  build: {
    outDir: fileURLToPath(new URL('../../out/gallery/', import.meta.url)),
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: false,
    assetsInlineLimit: Infinity,
    cssCodeSplit: false,
    chunkSizeWarningLimit: 2000,
    rollupOptions: { output: { codeSplitting: false } },
  },
});
