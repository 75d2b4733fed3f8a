import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { packedPage } from '../../tools/packed_readme.mjs';
import { readReadme, unpackInto } from '../support/packed';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** A text in Markdown without its code. */
function prose(markdown: string): string {
  return markdown
    .replace(/^([ \t]*)(```+|~~~+)[^]*?^\1\2\s*$/gm, '')
    .replace(/(`+)[^`]+\1/g, (code) => code.replace(/[[\]<>]/g, ' '));
}

/** Where the links and images of a page lead: those of Markdown, definitions of references, and HTML. */
function linksOf(markdown: string): string[] {
  const text = prose(markdown);
  const patterns = [
    /\]\(\s*<?([^)\s>]+)>?[^)]*\)/g,
    /^\s*\[[^\]]+\]:\s*<?([^\s>]+)/gm,
    /\b(?:href|src)="([^"]*)"/g,
  ];
  return patterns.flatMap((pattern) => Array.from(text.matchAll(pattern), ([, link]) => link));
}

/** The anchors of a page, as GitHub and npm make them from headings. */
function anchorsOf(markdown: string): Set<string> {
  const anchors = new Set<string>();
  for (const [, heading] of markdown
    .replace(/^([ \t]*)```[^]*?^\1```/gm, '')
    .matchAll(/^#{1,6}\s+(.*?)\s*#*$/gm)) {
    const words = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase();
    const slug = words.replace(/[^\p{L}\p{N}\p{M} _-]/gu, '').replace(/ /g, '-');
    let anchor = slug;
    for (let i = 1; anchors.has(anchor); i++) anchor = `${slug}-${i}`;
    anchors.add(anchor);
  }
  return anchors;
}

/** The links of pages below a folder that lead nowhere in it, each with its page. */
function lostLinks(
  folder: string,
  pages: readonly string[],
  read = (page: string): string => readFileSync(join(folder, page), 'utf8'),
): string[] {
  const leads = (page: string, link: string): boolean => {
    if (/^(https?|mailto):/.test(link)) return true;
    const [path, anchor] = decodeURI(link).split('#');
    const file = path === '' ? join(folder, page) : resolve(folder, dirname(page), path);
    if (relative(folder, file).startsWith('..') || !existsSync(file)) return false;
    if (anchor === undefined) return true;
    return statSync(file).isFile() && anchorsOf(readFileSync(file, 'utf8')).has(anchor);
  };
  return pages.flatMap((page) =>
    linksOf(read(page))
      .filter((link) => !leads(page, link))
      .map((link) => `${page}: ${link}`),
  );
}

describe('the packed package', () => {
  let folder = '';
  let library = '';
  let files: string[] = [];

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'tensorseed-links-'));
    library = unpackInto(folder);
    files = readdirSync(library, { recursive: true }).map((name) => String(name).replaceAll('\\', '/'));
  }, 300_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('has no link, image or anchor in its pages that leads out of it or nowhere', () => {
    const pages = files.filter((name) => name.endsWith('.md') && !name.startsWith('dist/'));
    expect(pages).toContain('README.md');
    expect(lostLinks(library, pages)).toEqual([]);
    const readme = readFileSync(join(library, 'README.md'), 'utf8');
    expect(readme).toContain('Guide (`docs/guide.md`) · Models (`docs/models.md`)');
    expect(readme).not.toContain('![');
    expect(readme.match(/project's repository/g)).toHaveLength(1);
  });

  it('is small', () => {
    const bytes = files.reduce((sum, name) => {
      const found = statSync(join(library, name));
      return sum + (found.isFile() ? found.size : 0);
    }, 0);
    expect(bytes).toBeLessThan(1_110_000);
  });

  it('has what npm shows and searches', () => {
    expect(manifest.keywords).toEqual(
      expect.arrayContaining([
        'webgpu',
        'wgsl',
        'random',
        'philox',
        'prng',
        'initializer',
        'keras',
        'tensor',
        'machine-learning',
        'safetensors',
        'reproducible',
      ]),
    );
    expect(new Set(manifest.keywords).size).toBe(manifest.keywords.length);
    expect([manifest.description, manifest.license, manifest.author].every(Boolean)).toBe(true);
  });
});

describe('the README of the repository', () => {
  it('has links and a picture, and each leads somewhere', () => {
    const readme = readReadme();
    const links = linksOf(readme);
    expect(links).toEqual(expect.arrayContaining(['docs/guide.md', 'STREAM.md', 'bench/initializers.svg']));
    expect(lostLinks(ROOT, ['README.md'], () => readme)).toEqual([]);
  });
});

describe('packedPage', () => {
  const isPacked = (path: string): boolean => path === 'LICENSE';
  const pack = (...lines: string[]): string => packedPage(lines.join('\n'), isPacked);

  it('names by its path what is not in the package', () => {
    const page = pack(
      '# A',
      '',
      '[x y](b.md#c) · [d',
      'e](f/g.md), [L](LICENSE) [w](https://w.example/)',
      '',
      '## B',
      '',
    );
    expect(page).toBe(
      [
        '# A',
        '',
        'x y (`b.md`) · d',
        'e (`f/g.md`), [L](LICENSE) [w](https://w.example/)',
        '',
        "Paths in parentheses, such as `b.md`, are those of the project's repository.",
        '',
        '## B',
        '',
      ].join('\n'),
    );
  });

  it('drops the line of an image that is not in the package, and leaves the others', () => {
    expect(pack('a', '', '![p](b/c.svg)', '', '![q](LICENSE)', '![r](https://w.example/r.png)', '')).toBe(
      ['a', '', '![q](LICENSE)', '![r](https://w.example/r.png)', ''].join('\n'),
    );
  });

  it('changes no code, and nothing where no link leads out', () => {
    const page = 'a `[b](c.md)` [d](#e)\n```md\n[f](g.md)\n```\n\n## H\n';
    expect(packedPage(page, isPacked)).toBe(page);
  });
});

describe('the test of links', () => {
  it('finds what is lost', () => {
    const page =
      '# A b\n[x](y.md) ![z](z.png "t") [a](#a-b) [c](#c)\n`[d](e)`\n```md\n[f](g)\n```\n[r]: s.md\n<img src="i.svg">\n';
    expect(linksOf(page)).toEqual(['y.md', 'z.png', '#a-b', '#c', 's.md', 'i.svg']);
    expect([...anchorsOf('# A, b: `c`\n## A\n## A\n```sh\n# no\n```\n')]).toEqual(['a-b-c', 'a', 'a-1']);
  });
});
