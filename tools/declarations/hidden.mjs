import ts from '../compiler.mjs';

/** @typedef {{ start: number, end: number, by: string }} Edit */

/** @param {ts.Node} node @param {ts.ModifierSyntaxKind} kind */
function hasModifier(node, kind) {
  return (
    ts.canHaveModifiers(node) && (ts.getModifiers(node) ?? []).some((modifier) => modifier.kind === kind)
  );
}

/**
 * Whether it is a constructor that only the package calls: one of its classes, or a function that makes the object.
 *
 * @param {ts.Node} node
 * @returns {node is ts.ConstructorDeclaration}
 */
export function isInternalConstructor(node) {
  const isHidden = () => ts.getJSDocTags(node).some(({ tagName }) => tagName.text === 'hidden');
  return (
    ts.isConstructorDeclaration(node) && (hasModifier(node, ts.SyntaxKind.ProtectedKeyword) || isHidden())
  );
}

/**
 * What hides what users cannot use. Of private members a declaration says, as of `#` fields, only that there are
 * some, so that classes stay different from any others. A constructor that only the package calls takes nothing that a
 * user can give.
 *
 * @param {ts.Node} node
 * @returns {Edit[]}
 */
export function hiding(node) {
  if (isInternalConstructor(node)) {
    const { parameters } = node;
    return [{ start: parameters.pos, end: parameters.end, by: '...args: never' }];
  }
  if (!ts.isClassDeclaration(node)) return [];
  const members = node.members.filter(
    (member) => !ts.isConstructorDeclaration(member) && hasModifier(member, ts.SyntaxKind.PrivateKeyword),
  );
  const isMarked = node.members.some(({ name }) => name !== undefined && ts.isPrivateIdentifier(name));
  return members.map((member, i) => ({
    start: member.getFullStart(),
    end: member.end,
    by: i === 0 && !isMarked ? '\n    #private;' : '',
  }));
}
