/** Tags that only the reference shows: what it hides or lays out, parameters, errors, sources and programs. */
const LEFT_OUT = /^@(?:example|hidden|interface|param|see|throws|useDeclaredType)\b/;

/**
 * A text of declarations with shorter docstrings. They have no asterisk, no indentation and no space at their end, which
 * editors do not show.
 *
 * @param {string} text
 */
export function withShortDocstrings(text) {
  return text.replace(/^ *\/\*\*([^]*?)\*\/\n?/gm, (_, comment) => {
    const lines = String(comment)
      .split('\n')
      .map((line) => line.replace(/^ *\* ?|^ /, '').trimEnd());
    const kept = paragraphsOf(lines).filter(([first]) => !LEFT_OUT.test(first));
    const short = kept.flat().join('\n').trim();
    if (short === '') return '';
    // Without asterisks TypeScript would drop the indentation of a list.
    if (/\n /.test(kept[0].join('\n').trim())) return `/**\n * ${short.replaceAll('\n', '\n * ')}\n */\n`;
    return `/** ${short}*/\n`;
  });
}

/**
 * The lines before the first tag, and those of each tag.
 *
 * @param {readonly string[]} lines
 */
function paragraphsOf(lines) {
  /** @type {string[][]} */
  const parts = [[]];
  let isCode = false;
  for (const line of lines) {
    if (line.startsWith('```')) isCode = !isCode;
    if (line.startsWith('@') && !isCode) parts.push([]);
    parts[parts.length - 1].push(line);
  }
  return parts;
}
