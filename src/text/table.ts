import { clip, MAX_CELL } from './clip';
import { printable } from './printable';
import { characters } from './wrap';

export interface Column {
  readonly title: string;
  readonly right?: boolean;
}

/** Aligned columns, two spaces apart, with a line of titles. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const lines = [columns.map((column) => column.title), ...rows].map((row) =>
    row.map((cell) => printable(clip(cell, MAX_CELL))),
  );
  const widths = columns.map((_, i) => lines.reduce((width, row) => Math.max(width, characters(row[i])), 0));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, i) => {
        const pad = ' '.repeat(widths[i] - characters(cell));
        return columns[i].right ? pad + cell : cell + pad;
      })
      .join('  ')
      .trimEnd();
  return lines.map((row) => `${line(row)}\n`).join('');
}
