import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';
import { sourcePlugins } from '../../tools/plugins.ts';

const root = fileURLToPath(new URL('.', import.meta.url));

/**
 * Makes one file of the page, its script and its style, because a page from a disk may load no modules. The
 * policy of that file allows no request at all. In development there is no policy, because the server's
 * scripts make requests.
 */
function oneFile(): Plugin {
  return {
    name: 'tensorseed-one-file',
    apply: 'build',
    enforce: 'post',
    generateBundle(_, bundle) {
      const page = bundle['index.html'];
      if (page?.type !== 'asset') throw new Error('the build has no index.html');
      let html = String(page.source);
      for (const [name, item] of Object.entries(bundle)) {
        if (item === page) continue;
        const text = item.type === 'chunk' ? item.code : String(item.source);
        const [tag, inlined] =
          item.type === 'chunk'
            ? [
                new RegExp(`\\s*<script[^>]*src="./${name}"[^>]*></script>`),
                `<script type="module">${text.replaceAll('</script', '<\\/script')}</script>`,
              ]
            : [new RegExp(`<link[^>]*href="./${name}"[^>]*>`), `<style>${text}</style>`];
        if (!tag.test(html)) throw new Error(`${name} is not in the page`);
        html = html.replace(tag, '');
        html =
          item.type === 'chunk'
            ? html.replace('</body>', () => `${inlined}\n</body>`)
            : html.replace('</head>', () => `${inlined}\n</head>`);
        delete bundle[name];
      }
      page.source = html.replace('<meta charset="utf-8">', (charset) => `${charset}\n  ${POLICY}`);
    },
  };
}

/**
 * Nothing may be fetched. Threads are scripts that the page makes itself, and they compile WebAssembly.
 */
const POLICY = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline' 'wasm-unsafe-eval' blob:; worker-src blob:; style-src 'unsafe-inline'; img-src data: blob:; base-uri 'none'; form-action 'none'">`;

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
  },
});
