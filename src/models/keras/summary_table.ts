import { clip, MAX_CELL } from '../../text/clip';

/** A column of a summary, whose cells are texts about a row. */
export interface SummaryColumn<Row> {
  readonly title: string;
  /** Whether its cells are aligned at their right ends. Default false. */
  readonly right?: boolean;
  cell(row: Row): string;
}

/** The lines of a table that is drawn as Keras 3 draws it, with a heavy frame around the titles. */
export function summaryTable<Row>(columns: readonly SummaryColumn<Row>[], rows: readonly Row[]): string[] {
  const titles = columns.map(({ title }) => title);
  const body = rows.map((row) => columns.map((column) => clip(column.cell(row), MAX_CELL)));
  const widths = titles.map((title, i) =>
    body.reduce((most, cells) => Math.max(most, cells[i].length), title.length),
  );
  const rule = ([left, fill, middle, right]: string): string =>
    left + widths.map((width) => fill.repeat(width + 2)).join(middle) + right;
  const line = (cells: readonly string[], bar: string): string => {
    const padded = cells.map((text, i) =>
      columns[i].right ? text.padStart(widths[i]) : text.padEnd(widths[i]),
    );
    return `${bar} ${padded.join(` ${bar} `)} ${bar}`;
  };
  const separated = body.flatMap((cells, i) => [...(i === 0 ? [] : [rule('├─┼┤')]), line(cells, '│')]);
  return [rule('┏━┳┓'), line(titles, '┃'), rule('┡━╇┩'), ...separated, rule('└─┴┘')];
}
