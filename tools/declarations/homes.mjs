import ts from '../compiler.mjs';

/**
 * Says in which file of the package the declarations of each file are. Most share one, because imports of one another
 * would be a tenth of all declarations. A file of its own remains
 * - for an entry, which users import,
 * - for what only exports the names of other files,
 * - for what imports another package, which a user of other entries need not have,
 * - and where a name means something else than in the files before.
 *
 * @param {ts.TypeChecker} checker
 * @param {readonly ts.SourceFile[]} files
 * @param {ReadonlySet<ts.Node | ts.Symbol>} reached
 * @param {ReadonlySet<string>} entries
 * @param {string} shared the file that most share
 * @returns {ReadonlyMap<string, string>} by the names of files
 */
export function homesOf(checker, files, reached, entries, shared) {
  /** What the names in the shared file stand for; undefined is something of the platform. */
  const scope = new Map();
  const homes = new Map();
  for (const file of files) {
    const names = namesOf(checker, file, reached);
    const fits = [...names].every(
      ([name, symbols]) => symbols.size === 1 && (!scope.has(name) || symbols.has(scope.get(name))),
    );
    const joins = fits && !entries.has(file.fileName) && declares(file, reached) && !needsPackage(file);
    homes.set(file.fileName, joins ? shared : file.fileName);
    if (joins) for (const [name, [symbol]] of names) scope.set(name, symbol);
  }
  return homes;
}

/**
 * The names at the top of a file, and those that it takes from elsewhere, with what they stand for.
 *
 * @param {ts.TypeChecker} checker
 * @param {ts.SourceFile} file
 * @param {ReadonlySet<ts.Node | ts.Symbol>} reached
 */
function namesOf(checker, file, reached) {
  /** @type {Map<string, Set<ts.Symbol | undefined>>} */
  const names = new Map();

  /** @param {ts.Node} node */
  function visit(node) {
    if (ts.isQualifiedName(node) && !ts.isImportTypeNode(node.parent)) return visit(node.left);
    if (ts.isIdentifier(node)) {
      const symbol = checker.getSymbolAtLocation(node);
      const target =
        symbol && symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
      const isTop = target?.declarations?.some(isAtTop);
      if (target === undefined || isTop)
        names.set(node.text, (names.get(node.text) ?? new Set()).add(target));
    }
    ts.forEachChild(node, visit);
  }

  for (const statement of file.statements) if (reached.has(statement)) visit(statement);
  return names;
}

/** Whether a declaration is at the top of a file, or a file itself. @param {ts.Declaration} declaration */
function isAtTop(declaration) {
  if (ts.isSourceFile(declaration)) return true;
  const statement = ts.isVariableDeclaration(declaration) ? declaration.parent.parent : declaration;
  return ts.isSourceFile(statement.parent);
}

/** @param {ts.SourceFile} file @param {ReadonlySet<ts.Node | ts.Symbol>} reached */
function declares(file, reached) {
  return file.statements.some((statement) => reached.has(statement) && !ts.isExportDeclaration(statement));
}

/** @param {ts.SourceFile} file */
function needsPackage(file) {
  return file.statements.some(
    (statement) =>
      ts.isImportDeclaration(statement) &&
      ts.isStringLiteral(statement.moduleSpecifier) &&
      !statement.moduleSpecifier.text.startsWith('.'),
  );
}
