import { parseAst, type Plugin } from 'vite';

/**
 * Reads each name that the sources and tests import from one another once, into a constant. Vitest alone would read it
 * through a getter at each use, and V8 could not inline it: the arithmetic of the CPU reference takes three times as
 * long then. In a circle of imports the names would be read too early; the sources have none.
 */
export function constantImports(): Plugin {
  return {
    name: 'constant-imports',
    enforce: 'post', // after the types are gone
    transform(code, id) {
      if (!/\/(src|test)\/.*\.ts$/.test(id)) return undefined;
      let result = '';
      let end = 0;
      for (const statement of parseAst(code).body) {
        if (statement.type !== 'ImportDeclaration' || !statement.source.value.startsWith('.')) continue;
        const names = statement.specifiers.filter((specifier) => specifier.type === 'ImportSpecifier');
        for (const { imported, local, start, end: specifierEnd } of names) {
          result += `${code.slice(end, start)}${code.slice(imported.start, imported.end)} as imported_${local.name}`;
          end = specifierEnd;
        }
        result += code.slice(end, statement.end);
        end = statement.end;
        // On the same line, so that line numbers stay.
        for (const { local } of names) result += `; const ${local.name} = imported_${local.name};`;
      }
      return { code: result + code.slice(end), map: null };
    },
  };
}
