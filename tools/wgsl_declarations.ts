/**
 * Splits WGSL without comments into its declarations.
 *
 * Joined, they are the text again. A declaration ends with the semicolon or the brace that closes it, outside
 * of all other braces.
 */
export function declarationsOf(code: string): string[] {
  const declarations: string[] = [];
  let start = 0;
  let depth = 0;
  for (let at = 0; at < code.length; at++) {
    const character = code[at];
    if (character === '{') depth++;
    if (character === '}') depth--;
    if (depth === 0 && (character === '}' || character === ';')) {
      declarations.push(code.slice(start, at + 1));
      start = at + 1;
    }
  }
  const rest = code.slice(start);
  if (rest.trim() !== '') throw new Error(`WGSL ends in the middle of a declaration: ${rest}`);
  return declarations;
}
