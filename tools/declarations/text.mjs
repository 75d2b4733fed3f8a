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
 * The text of a file of declarations with nothing but what is reached, or '' where nothing is.
 *
 * Relative imports name files: without that TypeScript does not resolve them for users of moduleResolution
 * node16. A type that tsc wrote with the path of its module is imported once, where its name has no other meaning.
 *
 * @param {ts.TypeChecker} checker
 * @param {ts.SourceFile} file
 * @param {ReadonlySet<ts.Node | ts.Symbol>} reached
 */
export function textOf(checker, file, reached) {
  const meanings = new Meanings(checker, file);
  const clauses = new Clauses();
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
  const shorter = withAliases(declarations);
  // Without it every declaration of the file would be exported.
  if (hides || shorter.length > declarations.length) shorter.push('export {};');
  return [...clauses.texts(), ...shorter].map((text) => `${text}\n`).join('');

  /** @param {ts.ImportDeclaration} statement */
  function addImport({ importClause, moduleSpecifier }) {
    const bindings = importClause?.namedBindings;
    if (bindings === undefined || importClause?.name !== undefined)
      throw new Error(`${file.fileName}: an import of a kind that the build does not know`);
    const keyword = importClause?.isTypeOnly ? 'import type' : 'import';
    const from = ` from ${pathText(moduleSpecifier)}`;
    if (ts.isNamedImports(bindings)) clauses.add(keyword, textsOf(bindings.elements), from);
    else if (reached.has(bindings)) clauses.addWhole(`${keyword} ${bindings.getText()}${from}`);
  }

  /** @param {ts.ExportDeclaration} statement */
  function addExport({ exportClause, moduleSpecifier, isTypeOnly }) {
    const keyword = isTypeOnly ? 'export type' : 'export';
    const from = moduleSpecifier === undefined ? '' : ` from ${pathText(moduleSpecifier)}`;
    if (exportClause !== undefined && ts.isNamedExports(exportClause))
      clauses.add(keyword, textsOf(exportClause.elements), from);
    else if (exportClause === undefined ? hasReached(moduleSpecifier) : reached.has(exportClause))
      clauses.addWhole(`${keyword} ${exportClause?.getText() ?? '*'}${from}`);
  }

  /** @param {ts.NodeArray<ts.ImportSpecifier | ts.ExportSpecifier>} elements */
  function textsOf(elements) {
    return elements.filter((element) => reached.has(element)).map((element) => element.getText());
  }

  /** @param {ts.Expression | undefined} specifier */
  function hasReached(specifier) {
    const module = specifier && checker.getSymbolAtLocation(specifier);
    return module !== undefined && checker.getExportsOfModule(module).some((symbol) => reached.has(symbol));
  }

  /** The path of a module, in quotes. @param {ts.Node} specifier */
  function pathText(specifier) {
    const target = checker.getSymbolAtLocation(specifier)?.declarations?.[0]?.getSourceFile().fileName;
    if (target === undefined) return specifier.getText();
    const path = relative(dirname(file.fileName), target).split(sep).join('/');
    return `'${path.startsWith('.') ? '' : './'}${path.replace(/\.d\.ts$/, '.js')}'`;
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
    return withShortDocstrings(
      text.trimStart().replace(/^(?: {4})+/gm, (spaces) => ' '.repeat(spaces.length / 4)),
    );
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
  function importedType({ argument, qualifier, isTypeOf, pos }) {
    if (!ts.isLiteralTypeNode(argument))
      throw new Error(`${file.fileName}: an import of ${argument.getText()}`);
    const path = pathText(argument.literal);
    if (isTypeOf || qualifier === undefined || !meanings.isOnly(qualifier))
      return { start: argument.getStart(), end: argument.end, by: path };
    const name = qualifier.getText();
    const known = meanings.importOf(name);
    if (known === undefined || !reached.has(known)) clauses.add('import type', [name], ` from ${path}`);
    return { start: pos, end: qualifier.end, by: ` ${name}` };
  }
}

/** @param {ts.Statement} statement */
function isExported(statement) {
  const modifiers = ts.canHaveModifiers(statement) ? ts.getModifiers(statement) : undefined;
  return modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false;
}
