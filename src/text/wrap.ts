/** The number of characters, not of UTF-16 units. */
export function characters(text: string): number {
  return /^[ -~]*$/.test(text) ? text.length : [...text].length;
}

/**
 * Breaks a text between words into lines of at most `width` characters, of which there is one at least. A word
 * that is longer is cut off, and ends in "…".
 */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const [word] of text.matchAll(/\s*\S+\s*/g)) {
    const fits = characters(line) + characters(word.trimEnd()) <= width;
    if (!fits && line !== '') {
      lines.push(line);
      line = '';
    }
    line += word;
  }
  lines.push(line);
  return lines.map((line) => {
    const kept = line.trimEnd();
    return characters(kept) > width ? `${[...kept].slice(0, width - 1).join('')}…` : kept;
  });
}
