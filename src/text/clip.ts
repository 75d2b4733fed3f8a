/** The most characters that a cell of a table shows. */
export const MAX_CELL = 200;

/** A text of at most `width` characters: what is longer is cut off, and ends in dots. */
export function clip(text: string, width = 80): string {
  return text.length > width ? `${text.slice(0, width - 3)}...` : text;
}
