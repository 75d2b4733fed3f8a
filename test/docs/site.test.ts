import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addGallery, buildSite } from '../../docs/site.mjs';
import { root } from './programs';

describe('the site of the documentation', () => {
  let out = '';
  let pages: readonly string[] = [];
  const read = (page: string): string => readFileSync(join(out, page), 'utf8');

  beforeAll(async () => {
    out = mkdtempSync(join(tmpdir(), 'tensorseed-site-'));
    expect(await buildSite({ out })).toBe(true);
    addGallery(out, join(root, 'src', 'gallery', 'index.html'));
    pages = readdirSync(out, { recursive: true })
      .map(String)
      .filter((name) => name.endsWith('.html'));
  }, 120_000);
  afterAll(() => rmSync(out, { recursive: true, force: true }));

  it('has every page of docs/ and every entry of the package', () => {
    for (const name of ['index', 'documents/Guide', 'documents/Decisions', 'modules/tensorseed_tfjs'])
      expect(pages).toContain(`${name}.html`);
    expect(pages.filter((name) => name.startsWith('documents/'))).toHaveLength(
      readdirSync(join(root, 'docs'), { recursive: true }).filter(
        (name) => String(name).endsWith('.md') && !String(name).includes('node_modules'),
      ).length + 5, // the others are in the root and examples/
    );
  });

  it('links to the gallery from every page, and back', () => {
    for (const page of pages.filter((name) => name !== 'gallery/index.html')) {
      const back = relative(dirname(join(out, page)), join(out, 'gallery', 'index.html'));
      expect(read(page), page).toContain(`<a href="${back}">The gallery</a>`);
    }
    expect(read('gallery/index.html')).toContain('href="../index.html"');
  });

  it('has no link that leads nowhere', () => {
    const lost = pages
      .filter((page) => page !== 'gallery/index.html')
      .flatMap((page) =>
        Array.from(read(page).matchAll(/ (?:href|src)="([^"]*)"/g), ([, link]) => ({ page, link })),
      )
      .filter(({ page, link }) => !leadsSomewhere(page, link));
    expect(lost).toEqual([]);
  });

  it('names no path of the machine that built it', () => {
    expect(pages.filter((page) => read(page).includes(root))).toEqual([]);
  });

  function leadsSomewhere(page: string, link: string): boolean {
    if (link === '#' || /^(https?:|data:)/.test(link)) return true; // '#' are buttons of typedoc's
    const [path, anchor] = decodeURI(link).split('#');
    const file = path === '' ? join(out, page) : resolve(out, dirname(page), path);
    if (!existsSync(file)) return false;
    const isPage = anchor !== undefined && file.endsWith('.html');
    return !isPage || readFileSync(file, 'utf8').includes(`id="${anchor}"`);
  }
});
