import { dirname, relative, sep } from 'node:path';
import ts from '../compiler.mjs';
import { withAliases } from './aliases.mjs';
import { Clauses } from './clauses.mjs';
import { withShortDocstrings } from './docstrings.mjs';
import { hiding } from './hidden.mjs';
import { literalsOf } from './literals.mjs';
import { Meanings } from './meanings.mjs';

/** @typedef {import('./hidden.mjs').Edit} Edit */

/**
 * The text of a file of the package: what is reached of the declarations in one file or several, or '' where nothing is.
 *
 * Relative imports name files: without that TypeScript does not resolve them for users of moduleResolution
 * node16. A type that tsc wrote with the path of its module is imported once, where its name has no other meaning.
 *
 * @param {ts.TypeChecker} checker
 * @param {string} home the file of the package
 * @param {readonly ts.SourceFile[]} files
 * @param {ReadonlyMap<string, string>} homes the file of the package for each file
 * @param {ReadonlySet<ts.Node | ts.Symbol>} reached
 */
export function textOf(checker, home, files, homes, reached) {
  const clauses = new Clauses();
  /** @type {string[]} */
  const declarations = [];
  let hides = false;
  for (const file of files) {
    const parts = partsOf(checker, home, file, homes, reached, clauses);
    declarations.push(...parts.declarations);
    hides ||= parts.hides;
  }
  const shorter = withAliases(declarations);
  // Without it every declaration of the file would be exported.
  if (hides || shorter.length > declarations.length) shorter.push('export {};');
  return [...clauses.texts(), ...shorter].map((text) => `${text}\n`).join('');
}

/**
 * The declarations of a file, whose imports and exports are added to `clauses`.
 *
 * @param {ts.TypeChecker} checker
 * @param {string} home
 * @param {ts.SourceFile} file
 * @param {ReadonlyMap<string, string>} homes
 * @param {ReadonlySet<ts.Node | ts.Symbol>} reached
 * @param {Clauses} clauses
 */
function partsOf(checker, home, file, homes, reached, clauses) {
  const meanings = new Meanings(checker, file);
  /** @type {string[]} */
  const declarations = [];
  let hides = false;

  for (const statement of file.statements) {
    if (ts.isImportDeclaration(statement)) addImport(statement);
    else if (ts.isExportDeclaration(statement)) addExport(statement);
    else if (ts.isModuleDeclaration(statement) || ts.isExportAssignment(statement))
      throw new Error(`${file.fileName}: cannot tell whether it is reached: ${statement.getText()}`);
    else if (reached.has(statement)) {
      declarations.push(declarationText(statement));
      hides ||= !isExported(statement);
    }
  }
  return { declarations, hides };

  /** @param {ts.ImportDeclaration} statement */
  function addImport({ importClause, moduleSpecifier }) {
    const bindings = importClause?.namedBindings;
    if (bindings === undefined || importClause?.name !== undefined)
      throw new Error(`${file.fileName}: an import of a kind that the build does not know`);
    const keyword = importClause?.isTypeOnly ? 'import type' : 'import';
    if (ts.isNamedImports(bindings)) addNames(keyword, bindings.elements, moduleSpecifier);
    else if (reached.has(bindings))
      clauses.addWhole(`${keyword} ${bindings.getText()} from ${pathText(moduleSpecifier)}`);
  }

  /** @param {ts.ExportDeclaration} statement */
  function addExport({ exportClause, moduleSpecifier, isTypeOnly }) {
    const keyword = isTypeOnly ? 'export type' : 'export';
    const module = moduleSpecifier && checker.getSymbolAtLocation(moduleSpecifier);
    if (exportClause !== undefined && ts.isNamedExports(exportClause))
      addNames(keyword, exportClause.elements, moduleSpecifier);
    else if (exportClause !== undefined) {
      if (reached.has(exportClause))
        clauses.addWhole(`${keyword} ${exportClause.getText()} from ${pathText(moduleSpecifier)}`);
    } else if (module !== undefined)
      for (const symbol of checker.getExportsOfModule(module))
        if (reached.has(symbol)) addName(keyword, symbol, symbol.name, symbol.name, moduleSpecifier);
  }

  /**
   * @param {string} keyword
   * @param {ts.NodeArray<ts.ImportSpecifier | ts.ExportSpecifier>} elements
   * @param {ts.Expression | undefined} specifier
   */
  function addNames(keyword, elements, specifier) {
    for (const element of elements) {
      const symbol = checker.getSymbolAtLocation(element.name);
      const name = (element.propertyName ?? element.name).text;
      if (reached.has(element)) addName(keyword, symbol, name, element.getText(), specifier);
    }
  }

  /**
   * Adds a name to the clause of the file that declares it, or of the one that gives it another name. What is in the
   * same file needs none.
   *
   * @param {string} keyword
   * @param {ts.Symbol | undefined} symbol
   * @param {string} name what the module calls it
   * @param {string} text of the name in the clause
   * @param {ts.Expression | undefined} specifier
   */
  function addName(keyword, symbol, name, text, specifier) {
    const target = symbol && symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    const place = target?.name === name ? homeOf(target.declarations?.[0]) : undefined;
    if (place === home && text.replace(/^type /, '') === name) return;
    const path = place === undefined ? pathText(specifier) : pathTo(place);
    const from = path === undefined ? '' : ` from ${path}`;
    // In one clause the names stay in their order.
    if (keyword === 'export type') clauses.add('export', [`type ${text}`], from);
    else clauses.add(keyword, [text], from);
  }

  /** The file of the package that has a declaration at its top. @param {ts.Declaration | undefined} declaration */
  function homeOf(declaration) {
    return declaration && homes.get(declaration.getSourceFile().fileName);
  }

  /** The path to a file of the package, in quotes. @param {string} target */
  function pathTo(target) {
    const path = relative(dirname(home), target).split(sep).join('/');
    return `'${path.startsWith('.') ? '' : './'}${path.replace(/\.d\.ts$/, '.js')}'`;
  }

  /** The path of a module, in quotes. @param {ts.Node | undefined} specifier */
  function pathText(specifier) {
    const module = specifier && checker.getSymbolAtLocation(specifier)?.declarations?.[0];
    const target = homeOf(module);
    return target === undefined ? specifier?.getText() : pathTo(target);
  }

  /**
   * A declaration with its docstring, indented by one space, because the package should be small.
   *
   * @param {ts.Statement} statement
   */
  function declarationText(statement) {
    const begin = statement.getFullStart();
    let text = '';
    let at = begin;
    for (const { start, end, by } of editsOf(statement)) {
      text += file.text.slice(at, start) + by;
      at = end;
    }
    text += file.text.slice(at, statement.end);
    const indented = text.trimStart().replace(/^(?: {4})+/gm, (spaces) => ' '.repeat(spaces.length / 4));
    // The fields of a layer's configuration are many, and have no docstrings.
    return withShortDocstrings(indented).replace(/([{;])\n {2,}(?=\w+\??: [^\n{]*;\n)/g, '$1 ');
  }

  /**
   * What is hidden in a declaration, and the types of other modules with what stands for them.
   *
   * @param {ts.Node} node
   * @returns {Edit[]}
   */
  function editsOf(node) {
    const edits = hiding(node);
    const literals = literalsOf(checker, node);
    if (literals !== undefined && ts.isTypeAliasDeclaration(node))
      edits.push({ start: node.type.getStart(), end: node.type.end, by: literals });
    if (ts.isImportTypeNode(node)) edits.push(importedType(node));
    ts.forEachChild(node, (child) => {
      if (!edits.some(({ start, end }) => start <= child.pos && child.end <= end))
        edits.push(...editsOf(child));
    });
    return edits.sort((a, b) => a.start - b.start);
  }

  /**
   * @param {ts.ImportTypeNode} node
   * @returns {Edit}
   */
  function importedType(node) {
    const { argument, qualifier, isTypeOf } = node;
    if (!ts.isLiteralTypeNode(argument))
      throw new Error(`${file.fileName}: an import of ${argument.getText()}`);
    const path = pathText(argument.literal) ?? argument.literal.getText();
    if (isTypeOf || qualifier === undefined || !meanings.isOnly(qualifier))
      return { start: argument.getStart(), end: argument.end, by: path };
    const name = qualifier.getText();
    const known = meanings.importOf(name);
    if (known === undefined || !reached.has(known))
      addName('import type', checker.getSymbolAtLocation(qualifier), name, name, argument.literal);
    return { start: node.getStart(), end: qualifier.end, by: name };
  }
}

/** @param {ts.Statement} statement */
function isExported(statement) {
  const modifiers = ts.canHaveModifiers(statement) ? ts.getModifiers(statement) : undefined;
  return modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false;
}
