import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Mark, type Program, root } from './programs';

/** The pages of the project: those beside README.md, of docs/ and of examples/, as paths in the checkout. */
export const pages = (): string[] =>
  ['', 'docs/', 'examples/'].flatMap((folder) =>
    readdirSync(join(root, folder))
      .filter((name) => name.endsWith('.md'))
      .map((name) => `${folder}${name}`),
  );

/** The programs in the blocks of a page. */
export const programsOf = (page: string): Program[] =>
  programsIn(readFileSync(join(root, page), 'utf8'), (line) => `${page}:${line}`);

/**
 * The blocks of a text in TypeScript or JavaScript. What stands behind the language says what the tests do:
 *
 *     ```ts                      a whole program, which runs on the CPU
 *     ```ts continued            goes on with the block before it
 *     ```ts gpu                  a whole program that needs WebGPU; the tests of Dawn run it
 *     ```ts no-run <reason>      a whole program that no test can run
 *
 * @param place names a line of the text, counted from 1
 * @throws where a block has another mark, or no reason
 */
export function programsIn(text: string, place: (line: number) => string): Program[] {
  const lines = text.split('\n');
  const programs: Program[] = [];
  for (let at = 0; at < lines.length; at++) {
    const fence = /^(\s*)```(\w*)\s*(.*)$/.exec(lines[at]);
    if (fence === null) continue;
    const [, indent, language, words] = fence;
    const where = place(at + 1);
    const end = lines.indexOf(`${indent}\`\`\``, at + 1);
    if (end < 0) throw new Error(`${where}: the block has no end`);
    if (/^(ts|typescript|js|javascript)$/.test(language)) {
      const body = lines.slice(at + 1, end).join('\n');
      const before = words === 'continued' ? programs.pop() : undefined;
      if (words === 'continued' && before === undefined)
        throw new Error(`${where}: there is no block to go on with`);
      const above = before?.code ?? '';
      const gap = '\n'.repeat(at + 2 - above.split('\n').length);
      programs.push(
        before === undefined
          ? { where, code: `${gap}${body}`, mark: markOf(where, words) }
          : { ...before, code: `${above}${gap}${body}` },
      );
    }
    at = end;
  }
  return programs;
}

function markOf(where: string, words: string): Mark {
  if (words === '') return 'run';
  if (words === 'gpu') return 'gpu';
  if (/^no-run \S+/.test(words)) return 'no-run';
  throw new Error(`${where}: a block is marked gpu, continued or no-run with a reason, got ${words}`);
}
