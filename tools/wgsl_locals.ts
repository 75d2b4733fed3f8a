import { declarationsOf } from './wgsl_declarations.ts';

/** Attributes, numbers, members behind a dot, and names. Only the last are renamed. */
const TOKEN = /@\w+(?:\([^)]*\))?|\.?\d[\w.]*|\.\s*[A-Za-z_]\w*|[A-Za-z_]\w*/g;

/** No word of these is reserved in WGSL. */
const LETTERS = [...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'];

/**
 * Gives the variables of functions names of one letter, where there are letters enough. Functions, parameters and all
 * else that others name stay as they are.
 * @param code WGSL without comments
 */
export function withShortLocals(code: string): string {
  const declarations = declarationsOf(code);
  const globals = new Set(
    declarations.flatMap((declaration) => {
      const name = /^[^({]*?\b(?:fn|const|override|struct|alias|var(?:<[^>]*>)?)\s*(\w+)/.exec(
        declaration,
      )?.[1];
      return name === undefined ? [] : [name];
    }),
  );
  return declarations.map((declaration) => shortened(declaration, globals)).join('');
}

function shortened(declaration: string, globals: ReadonlySet<string>): string {
  if (!/^[^({]*(?:\([^)]*\)[^({]*)*\bfn /.test(declaration)) return declaration;
  const body = declaration.indexOf('{');
  const parameters = Array.from(declaration.slice(0, body).matchAll(/(\w+):/g), ([, name]) => name);
  const taken = new Set(declaration.match(TOKEN));
  const names = new Map<string, string>();
  for (const [, name] of declaration.slice(body).matchAll(/\b(?:let|var|const) (\w+)/g)) {
    const isCalled = new RegExp(`\\b${name}\\(`).test(declaration);
    if (name.length === 1 || names.has(name) || isCalled || globals.has(name) || parameters.includes(name))
      continue;
    const letter = LETTERS.find((one) => !taken.has(one));
    if (letter === undefined) break;
    taken.add(letter);
    names.set(name, letter);
  }
  return declaration.replace(TOKEN, (token) => names.get(token) ?? token);
}
