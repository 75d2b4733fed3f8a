import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, inject, it } from 'vitest';
import { describeWhere } from '../harness/describe';
import { type Gallery, openGallery } from './page';
import { Panel } from './panel';

/** The policy of the built page, by its directives. */
function policy(): Map<string, string> {
  const html = readFileSync(fileURLToPath(inject('galleryFile')), 'utf8');
  const found = /<meta http-equiv="Content-Security-Policy" content="([^"]*)">/.exec(html);
  if (found === null) throw new Error('the page has no policy');
  return new Map(
    found[1].split('; ').map((directive) => {
      const [name, ...sources] = directive.split(' ');
      return [name, sources.join(' ')];
    }),
  );
}

async function withGallery(
  hash: string,
  use: (gallery: Gallery) => Promise<void>,
  from: 'file' | 'server' = 'file',
): Promise<void> {
  const gallery = await openGallery(hash, { from });
  try {
    await use(gallery);
  } finally {
    await gallery.close();
  }
}

const violations = ({ page }: Gallery): Promise<string[]> => page.evaluate(() => window.violations);

describeWhere('the policy of the page', () => {
  it('allows one script and one style by their hashes, threads, WebAssembly and the icon, and nothing else', () => {
    const hash = /^'sha256-[A-Za-z0-9+/]{43}='$/;
    const { 'script-src': script, 'style-src': style, ...others } = Object.fromEntries(policy());
    expect(script.split(' ')[0]).toMatch(hash);
    expect(script.split(' ').slice(1)).toEqual(["'wasm-unsafe-eval'"]);
    expect(style).toMatch(hash);
    expect(others).toEqual({
      'default-src': "'none'",
      'worker-src': 'blob:',
      'img-src': 'data:',
      'base-uri': "'none'",
      'form-action': "'none'",
    });
  });

  it.each(['file', 'server'] as const)('is in the way of no part of the page, from a %s', async (from) => {
    const folder = mkdtempSync(join(tmpdir(), 'tensorseed-policy-'));
    try {
      await withGallery(
        '#seed=7&throughput.most=1',
        async (gallery) => {
          const { page, drawn } = gallery;
          await drawn();
          await page.select('.theme select', 'dark');
          expect(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme)).toBe(
            'dark',
          );
          const cards = new Panel(page, '#initializers');
          await cards.select('shape', '40, 50');
          await drawn();
          await page.setViewport({ width: 500, height: 900 }); // draws the charts anew

          const throughput = new Panel(page, '#throughput');
          await throughput.click('Measure');
          expect(await throughput.words(/^(Done|Not|Stopped)/)).toMatch(/GPU and CPU in turn/);

          const model = new Panel(page, '#model');
          const path = join(folder, 'small.json');
          const tensors = [{ name: 'w', shape: [30, 20], initializer: 'he_normal' }];
          writeFileSync(path, JSON.stringify({ tensors }));
          await model.upload(path);
          await model.text('.model-summary', /^small\.json/);
          await model.click('Initialize');
          expect(await model.words(/^(Initialized|Not|Stopped)/)).toMatch(/^Initialized/);
          await page.$eval('#model .small-charts', (one) => one.scrollIntoView());
          await model.appears('.layer svg');
          await page.evaluate(
            () => void delete (window as { showSaveFilePicker?: unknown }).showSaveFilePicker,
          );
          await model.click('Download .safetensors');
          expect(await model.words(/^(Saved|Not|Stopped)/)).toMatch(/^Saved/);

          expect(await violations(gallery)).toEqual([]);
          expect(gallery.errors).toEqual([]);
        },
        from,
      );
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('styles a chart by the rules of the page', async () => {
    await withGallery('', async ({ page, drawn }) => {
      await drawn();
      const chart = await page.$eval('.chart svg', (svg) => ({
        styles: svg.querySelectorAll('style').length,
        height: (svg.parentElement as HTMLElement).style.minHeight,
        display: getComputedStyle(svg).display,
        space: getComputedStyle(svg.querySelector('text')!).whiteSpace,
      }));
      expect(chart).toEqual({
        styles: 0,
        height: expect.stringMatching(/^\d+px$/),
        display: 'block',
        space: 'pre',
      });
    });
  });

  it('blocks scripts, styles, handlers, evaluation and requests that are put into the page', async () => {
    await withGallery('', async (gallery) => {
      const { page } = gallery;
      const ran = await page.evaluate(async (url) => {
        const script = document.createElement('script');
        script.textContent = 'window.injected = true';
        const style = document.createElement('style');
        style.textContent = 'body { letter-spacing: 77px }';
        document.body.append(script, style);
        document.body.setAttribute('style', 'word-spacing: 77px');
        const handler = document.createElement('div');
        handler.setAttribute('onclick', 'window.injected = true');
        document.body.append(handler);
        handler.click();
        // What a debugger runs, as this function, may evaluate texts. A timer may not.
        setTimeout('window.injected = true' as unknown as () => void);
        await new Promise((resolve) => setTimeout(resolve, 50));
        const fetched = await fetch(url, { mode: 'no-cors' }).then(
          () => true,
          () => false,
        );
        const { letterSpacing, wordSpacing } = getComputedStyle(document.body);
        return { injected: 'injected' in window, fetched, letterSpacing, wordSpacing };
      }, inject('serverUrl'));
      expect(ran).toEqual({
        injected: false,
        fetched: false,
        letterSpacing: 'normal',
        wordSpacing: '0px',
      });
      const blocked = (await violations(gallery)).map((one) => one.split(' ')[0]);
      expect([...new Set(blocked)].sort()).toEqual([
        'connect-src',
        'script-src',
        'script-src-attr',
        'script-src-elem',
        'style-src-attr',
        'style-src-elem',
      ]);
    });
  });
});

describeWhere('a link of a stranger’s', () => {
  const many = new Array<string>(60_000).fill(String(2 ** 53 - 1)).join();
  it.each([
    ['a shape of 60,000 sizes', `#shape=${many}`],
    ['a shape of one long number', `#shape=${'9'.repeat(100_000)}`],
    ['settings of no use', '#seed=-1&shape=NaN&dtype=__proto__&constructor=1&__proto__=2&model.seed=x'],
    ['no settings', '#%E0%A4%A&&==&%00=%ff'],
    ['markup', '#shape=<script>injected=1</script>&seed=<img src=x onerror=injected=1>'],
    ['100,000 settings', `#${Array.from({ length: 100_000 }, (_, i) => `k${i}=1`).join('&')}`],
  ])('opens with %s', async (_, hash) => {
    await withGallery(hash, async (gallery) => {
      const { page } = gallery;
      // What cannot be used is said beside its field, in a few words.
      const long = await page.evaluate(
        () =>
          [...document.querySelectorAll('.fault, .field-error')]
            .map((one) => one.textContent ?? '')
            .filter((text) => text.length > 500).length,
      );
      expect(long).toBe(0);
      expect(await page.evaluate(() => 'injected' in window)).toBe(false);
      await new Panel(page, '#initializers').select('shape', '3, 4');
      await new Panel(page, '#initializers').select('seed', '5');
      await gallery.drawn();
      expect(await violations(gallery)).toEqual([]);
      expect(gallery.errors).toEqual([]);
    });
  });
});
