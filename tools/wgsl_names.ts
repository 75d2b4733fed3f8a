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

/** Functions that the host puts others in the place of: src/backends/gpu/device/wide_products.ts. */
const REPLACED = ['mul_hi', 'mul_hi_sticky', 'mul_hi_sticky_31', 'times_m0', 'times_m1_complement'];

/**
 * Gives the functions and constants of kernels short names, the same in all kernels. What a host names stays: entry
 * points, overrides, variables, structs and their members; so does what stands in an attribute.
 * @param sources all modules, by path
 */
export function globalNames(sources: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  const text = Object.values(sources)
    .join('\n')
    .replace(/\/\/.*$/gm, '');
  const used = new Set(text.match(/\w+/g));
  const attributes = new Set(
    Array.from(text.matchAll(/@\w+\(([^)]*)\)/g), ([, words]) => words.match(/\w+/g) ?? []).flat(),
  );
  const kept = new Set([
    ...REPLACED,
    ...Array.from(text.matchAll(/@compute[^{]*?fn (\w+)/g), ([, name]) => name),
  ]);
  const names = new Set(Array.from(text.matchAll(/^(?:@\S+ )*(?:fn|const) (\w+)/gm), ([, name]) => name));
  const short = LETTERS.flatMap((a) => [...'0123456789', ...LETTERS].map((b) => `${a}${b}`)).filter(
    (name) => /^[A-Z]/.test(name) && !used.has(name),
  );
  const long = [...names]
    .filter((name) => name.length > 2 && !kept.has(name) && !attributes.has(name))
    .sort();
  return new Map(long.map((name, i) => [name, short[i] ?? name]));
}

/** Puts these names into a kernel. @param code WGSL without comments and needless spaces */
export function withGlobalNames(code: string, names: ReadonlyMap<string, string>): string {
  return declarationsOf(code)
    .map((declaration) => {
      const own = new Set(
        Array.from(
          declaration.matchAll(
            /[(,{](?:@\w+(?:\([^)]*\))?\s*)*(\w+):|\b(?:let|var(?:<[^>]*>)?|const) (\w+)/g,
          ),
          ([, a, b]) => a ?? b,
        ),
      );
      if (declaration.startsWith('const ')) own.clear();
      return declaration.replace(TOKEN, (token, at: number) => {
        const isCall = declaration[at + token.length] === '(';
        return own.has(token) && !isCall ? token : (names.get(token) ?? token);
      });
    })
    .join('');
}
