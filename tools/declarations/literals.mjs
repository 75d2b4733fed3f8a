import ts from '../compiler.mjs';

/**
 * The strings that a type stands for, written out, where it takes them from members of other types. These types
 * would have to be in the declarations, too.
 *
 * @param {ts.TypeChecker} checker
 * @param {ts.Node} node
 */
export function literalsOf(checker, node) {
  if (!ts.isTypeAliasDeclaration(node) || !ts.isIndexedAccessTypeNode(node.type)) return undefined;
  const type = checker.getTypeAtLocation(node.type);
  const members = type.isUnion() ? type.types : [type];
  if (!members.every((member) => member.isStringLiteral())) return undefined;
  const names = members.map((member) => `'${/** @type {ts.StringLiteralType} */ (member).value}'`);
  return names.sort().join(' | ');
}
