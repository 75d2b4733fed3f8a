/** A type with arguments, such as `ConfigField<number, number>`, on one line and without another one inside. */
const GENERIC = /\b[A-Z]\w*<[^<>;{}=\n]*>/g;

/** With less than this the name of a type, and where it stands, is no shorter than the type. */
const LEAST_SAVED = 40;

/**
 * Declarations of a file in which a type that stands there often has a short name, because the package should be
 * small. Editors show the type itself.
 *
 * @param {readonly string[]} declarations
 * @returns {string[]}
 */
export function withAliases(declarations) {
  const text = declarations.join('\n');
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const [type] of text.matchAll(GENERIC)) counts.set(type, (counts.get(type) ?? 0) + 1);
  const often = [...counts].filter(
    ([type, count]) => count * (type.length - 3) - type.length - 12 > LEAST_SAVED,
  );
  /** @type {Map<string, string>} */
  const names = new Map();
  for (const [type] of often) {
    let name = `T${names.size + 1}`;
    while (new RegExp(`\\b${name}\\b`).test(text)) name += '_';
    names.set(type, name);
  }
  const aliases = [...names].map(([type, name]) => `type ${name} = ${type};`);
  const shorter = declarations.map((declaration) =>
    declaration.replace(GENERIC, (type) => names.get(type) ?? type),
  );
  return [...aliases, ...shorter];
}
