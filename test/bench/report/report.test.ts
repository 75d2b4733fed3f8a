import { describe, expect, it } from 'vitest';
import { figure, Plot } from '../../../bench/report/chart';
import { type Html, html } from '../../../bench/report/html';
import { reportPage } from '../../../bench/report/page';
import { factsTable, htmlTable } from '../../../bench/report/table';

/** Without the space between elements. */
function packed({ text }: Html): string {
  return text.replace(/\s*(<[^>]*>)\s*/g, '$1');
}

describe('html', () => {
  it('escapes text, and leaves HTML as it is', () => {
    expect(html`<p title="${'"'}">${'<b> & '}${html`<b>${'<'}</b>`}`.text).toBe(
      '<p title="&#34;">&#60;b&#62; &#38; <b>&#60;</b>',
    );
  });

  it('joins lists', () => {
    expect(html`${[1, 'a', [html`<i>`, '<']]}`.text).toBe('1a<i>&#60;');
  });
});

describe('tables', () => {
  it('set numbers flush right, and style and span cells', () => {
    const columns = [{ title: 'name' }, { title: 'ms', isNumber: true }, { title: '', isNumber: true }];
    const rows = [
      ['<a>', 3, { content: 4, style: 'bad' as const }],
      ['b', { content: 'absent', span: 2 }],
    ];
    expect(packed(htmlTable(columns, rows))).toBe(
      '<table><tr><th>name</th><th class="number">ms</th><th class="number"></th></tr>' +
        '<tr><td>&#60;a&#62;</td><td class="number">3</td><td class="number bad">4</td></tr>' +
        '<tr><td>b</td><td colspan="2">absent</td></tr></table>',
    );
  });

  it('list facts', () => {
    expect(packed(factsTable([['seed', '<1>']]))).toBe(
      '<table><tr><th>seed</th><td>&#60;1&#62;</td></tr></table>',
    );
  });
});

describe('a chart', () => {
  const drawn = packed(
    figure('of <two> "values"', {
      x: { domain: [0, 3] },
      marks: [Plot.dot([{ x: 1, y: 1 / 3 }], { x: 'x', y: 'y', title: () => 'a & b' })],
    }),
  );

  it('is an SVG element with a caption, in coordinates of two digits', () => {
    expect(drawn).toContain('<figcaption>of &#60;two&#62; &#34;values&#34;</figcaption><svg');
    expect(drawn).toContain('&quot;values&quot;"');
    expect(drawn).toContain('a &amp; b');
    expect(drawn).toMatch(/<circle[^>]* cx="233\.33"/);
    expect(drawn).not.toMatch(/ c[xy]="\d+\.\d{3}/);
  });

  it('asks for nothing from anywhere', () => {
    expect(reportPage('Test', html`${figure('empty', { marks: [] })}`)).not.toMatch(
      /https?:|<script|@import|url\(/,
    );
  });
});
