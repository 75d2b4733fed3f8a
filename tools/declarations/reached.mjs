import ts from '../compiler.mjs';
import { isInternalConstructor } from './hidden.mjs';
import { literalsOf } from './literals.mjs';

/**
 * The statements, the single names of imports and exports, and the symbols that the exports of some
 * modules lead to.
 *
 * @param {ts.TypeChecker} checker
 * @param {readonly ts.Symbol[]} modules
 * @returns {ReadonlySet<ts.Node | ts.Symbol>}
 */
export function reachedFrom(checker, modules) {
  /** @type {Set<ts.Node | ts.Symbol>} */
  const reached = new Set();

  /** @param {ts.Symbol | undefined} symbol */
  function reach(symbol) {
    if (symbol === undefined || reached.has(symbol)) return;
    reached.add(symbol);
    for (const declaration of symbol.declarations ?? []) {
      if (ts.isSourceFile(declaration)) {
        checker.getExportsOfModule(symbol).forEach(reach);
        continue;
      }
      const holder = holderOf(declaration);
      if (reached.has(holder)) continue;
      reached.add(holder);
      if (ts.isStatement(holder)) visit(holder);
    }
    if (symbol.flags & ts.SymbolFlags.Alias) reach(checker.getImmediateAliasedSymbol(symbol));
  }

  /** @param {ts.Node} node */
  function visit(node) {
    if (isInternalConstructor(node) || literalsOf(checker, node) !== undefined) return;
    if (ts.isImportTypeNode(node)) {
      const module = moduleOf(node);
      const name = firstName(node.qualifier);
      // Of a name that is exported anew, the checker would give the symbol that is behind it.
      if (module !== undefined && name === undefined) reach(module);
      if (module !== undefined && name !== undefined)
        reach(checker.getExportsOfModule(module).find((symbol) => symbol.name === name));
    }
    if (ts.isIdentifier(node)) reach(checker.getSymbolAtLocation(node));
    ts.forEachChild(node, visit);
  }

  /** @param {ts.ImportTypeNode} node */
  function moduleOf({ argument }) {
    return ts.isLiteralTypeNode(argument) ? checker.getSymbolAtLocation(argument.literal) : undefined;
  }

  modules.forEach(reach);
  return reached;
}

/** @param {ts.EntityName | undefined} name */
function firstName(name) {
  while (name !== undefined && ts.isQualifiedName(name)) name = name.left;
  return name?.text;
}

/**
 * The name in an import or export that a declaration is, or else the statement that it stands in.
 *
 * @param {ts.Node} declaration
 */
function holderOf(declaration) {
  let node = declaration;
  while (!ts.isSourceFile(node.parent)) {
    if (ts.isImportSpecifier(node) || ts.isExportSpecifier(node)) return node;
    if (ts.isNamespaceImport(node) || ts.isNamespaceExport(node) || ts.isImportClause(node)) return node;
    node = node.parent;
  }
  return node;
}
