import { clip, MAX_CELL } from '../../text/clip';
import { printable } from '../../text/printable';
import { characters, wrap } from '../../text/wrap';

/** A column of a summary, whose cells are texts about a row. */
export interface SummaryColumn<Row> {
  readonly title: string;
  /** Where its cells stand in it. Default 'left'. */
  readonly align?: 'left' | 'center' | 'right';
  cell(row: Row): string;
}

/**
 * The lines of a table that is drawn as Keras 3 draws it, with a heavy frame around the titles.
 * @param widths the characters that a cell of each column has room for, one at least
 */
export function summaryTable<Row>(
  columns: readonly SummaryColumn<Row>[],
  rows: readonly Row[],
  widths: readonly number[],
): string[] {
  const rule = ([left, fill, middle, right]: string): string =>
    left + widths.map((width) => fill.repeat(width + 2)).join(middle) + right;
  // A title that takes fewer lines than others stands at the bottom, any other cell at the top.
  const row = (cells: readonly string[], bar: string, down = false): string[] => {
    const wrapped = cells.map((cell, i) => wrap(printable(clip(cell, MAX_CELL)), widths[i]));
    const height = Math.max(...wrapped.map((lines) => lines.length));
    return Array.from({ length: height }, (_, y) => {
      const line = wrapped.map((lines, i) =>
        aligned(lines[down ? y - height + lines.length : y] ?? '', widths[i], columns[i].align),
      );
      return `${bar} ${line.join(` ${bar} `)} ${bar}`;
    });
  };
  const titles = columns.map(({ title }) => title);
  const body = rows.flatMap((one, i) => [
    ...(i === 0 ? [] : [rule('├─┼┤')]),
    ...row(
      columns.map((column) => column.cell(one)),
      '│',
    ),
  ]);
  return [rule('┏━┳┓'), ...row(titles, '┃', true), rule('┡━╇┩'), ...body, rule('└─┴┘')];
}

function aligned(text: string, width: number, align: 'left' | 'center' | 'right' = 'left'): string {
  const room = width - characters(text);
  const before = { left: 0, center: Math.floor(room / 2), right: room }[align];
  return ' '.repeat(before) + text + ' '.repeat(room - before);
}
