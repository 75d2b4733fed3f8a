import ts from '../compiler.mjs';

/**
 * The declarations of an entry for CommonJS modules, which `require` it. They name those for ES modules, so that
 * a type is the same to both.
 *
 * TypeScript lets CommonJS take types alone from an ES module. Hence each value is declared as one of the type
 * that it has there.
 *
 * @param {ts.TypeChecker} checker
 * @param {ts.Symbol} module the entry
 * @param {string} path the path from these declarations to the entry
 */
export function commonJsDeclarations(checker, module, path) {
  const from = `'${path}' with { 'resolution-mode': 'import' };`;
  const symbols = checker.getExportsOfModule(module).filter((symbol) => !isTypeOnly(symbol));
  const values = symbols.map(({ name }) => `${name}: typeof esm.${name}`);
  const lines = [
    `import type * as esm from ${from}`,
    `export type * from ${from}`,
    `export declare const ${values.join(',\n ')};`,
    ...symbols.flatMap((symbol) => typesOf(symbol, 'esm', 'export declare ')),
  ];
  return `${lines.join('\n')}\n`;

  /**
   * The types of a name that has a value, too. A namespace of types alone goes with the value of its name.
   *
   * @param {ts.Symbol} symbol
   * @param {string} scope what it is a member of
   * @param {string} modifiers
   * @returns {string[]}
   */
  function typesOf(symbol, scope, modifiers) {
    const { name } = symbol;
    const target = behind(symbol);
    if (target.flags & ts.SymbolFlags.ValueModule) {
      const members = checker.getExportsOfModule(target);
      const inner = members.flatMap((member) => typesOf(member, `${scope}.${name}`, ''));
      return inner.length === 0
        ? []
        : [`${modifiers}namespace ${name} {`, ...inner.map((line) => ` ${line}`), '}'];
    }
    if (target.flags & ts.SymbolFlags.Enum)
      throw new Error(`${name} is an enum, which CommonJS does not get yet`);
    if ((target.flags & ts.SymbolFlags.Type) === 0) return [];
    const { declared, given } = parametersOf(target);
    return [`${modifiers}type ${name}${declared} = ${scope}.${name}${given};`];
  }

  /** @param {ts.Symbol} symbol */
  function behind(symbol) {
    return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  }

  /** Whether it is exported as a type alone, at whichever step. @param {ts.Symbol} symbol */
  function isTypeOnly(symbol) {
    for (let at = symbol; ;) {
      if (at.declarations?.some((declaration) => ts.isTypeOnlyImportOrExportDeclaration(declaration)))
        return true;
      const next = at.flags & ts.SymbolFlags.Alias ? checker.getImmediateAliasedSymbol(at) : undefined;
      if (next === undefined) return (at.flags & ts.SymbolFlags.Value) === 0;
      at = next;
    }
  }
}

/** The type parameters of a type, as they are declared and as they are passed on. @param {ts.Symbol} symbol */
function parametersOf(symbol) {
  for (const declaration of symbol.declarations ?? []) {
    const { typeParameters } = /** @type {Partial<ts.DeclarationWithTypeParameterChildren>} */ (declaration);
    if (typeParameters === undefined || typeParameters.length === 0) continue;
    if (typeParameters.some(({ constraint }) => constraint !== undefined))
      throw new Error(`${symbol.name} has type parameters with constraints, which CommonJS does not get yet`);
    const list = (/** @type {readonly string[]} */ names) => `<${names.join(', ')}>`;
    return {
      declared: list(typeParameters.map((parameter) => parameter.getText())),
      given: list(typeParameters.map(({ name }) => name.text)),
    };
  }
  return { declared: '', given: '' };
}
