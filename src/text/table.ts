import { clip, MAX_CELL } from './clip';
import { printable } from './printable';

export interface Column {
  readonly title: string;
  readonly right?: boolean;
}

/** Aligned columns, two spaces apart, with a line of titles. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const lines = [columns.map((column) => column.title), ...rows].map((row) =>
    row.map((cell) => printable(clip(cell, MAX_CELL))),
  );
  const widths = columns.map((_, i) => lines.reduce((width, row) => Math.max(width, columnsOf(row[i])), 0));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, i) => {
        const pad = ' '.repeat(widths[i] - columnsOf(cell));
        return columns[i].right ? pad + cell : cell + pad;
      })
      .join('  ')
      .trimEnd();
  return lines.map((row) => `${line(row)}\n`).join('');
}

/** Characters, not UTF-16 units. */
function columnsOf(text: string): number {
  return /^[ -~]*$/.test(text) ? text.length : [...text].length;
}
