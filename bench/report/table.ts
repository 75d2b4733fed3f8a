import { type Content, html, type Html } from './html';

/** A column of a table; that of numbers is set flush right. */
export interface HtmlColumn {
  readonly title: string;
  readonly isNumber?: boolean;
}

/** A cell with a style of its own, or one that spans columns. */
export interface StyledCell {
  readonly content: Content;
  /** A class of the page's style. */
  readonly style?: 'good' | 'bad';
  readonly span?: number;
}

export type Cell = Content | StyledCell;

export function htmlTable(columns: readonly HtmlColumn[], rows: readonly (readonly Cell[])[]): Html {
  const head = columns.map(({ title, isNumber }) => html`<th${classes(isNumber, undefined)}>${title}</th>`);
  return html`<table>
    <tr>
      ${head}
    </tr>
    ${rows.map((row) => tableRow(columns, row))}
  </table>`;
}

function tableRow(columns: readonly HtmlColumn[], row: readonly Cell[]): Html {
  return html`<tr>
    ${row.map((cell, i) => dataCell(cell, columns[i].isNumber))}
  </tr>`;
}

/** A table of names and what they stand for. */
export function factsTable(facts: readonly (readonly [name: string, value: Content])[]): Html {
  const rows = facts.map(
    ([name, value]) =>
      html`<tr>
        <th>${name}</th>
        <td>${value}</td>
      </tr>`,
  );
  return html`<table>
    ${rows}
  </table>`;
}

function dataCell(cell: Cell, isNumber: boolean | undefined): Html {
  const { content, style, span } = isStyled(cell)
    ? cell
    : { content: cell, style: undefined, span: undefined };
  const colspan = span === undefined ? '' : html` colspan="${span}"`;
  return html`<td${colspan}${classes(isNumber && span === undefined, style)}>${content}</td>`;
}

function isStyled(cell: Cell): cell is StyledCell {
  return typeof cell === 'object' && 'content' in cell;
}

function classes(isNumber: boolean | undefined, style: StyledCell['style']): Content {
  const names = [isNumber ? 'number' : '', style ?? ''].filter((name) => name !== '');
  return names.length === 0 ? '' : html` class="${names.join(' ')}"`;
}
