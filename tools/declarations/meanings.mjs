import ts from '../compiler.mjs';

/** What the names in a file of declarations stand for. */
export class Meanings {
  /** @type {ts.TypeChecker} */
  #checker;
  /** @type {Map<string, Set<ts.Symbol | undefined>>} */
  #symbols = new Map();
  /** @type {Map<string, ts.ImportSpecifier>} */
  #imports = new Map();

  /** @param {ts.TypeChecker} checker @param {ts.SourceFile} file */
  constructor(checker, file) {
    this.#checker = checker;
    this.#add(file);
  }

  /** @param {ts.Node} node */
  #add(node) {
    if (ts.isImportSpecifier(node)) this.#imports.set(node.name.text, node);
    if (ts.isIdentifier(node)) {
      const known = this.#symbols.get(node.text) ?? new Set();
      this.#symbols.set(node.text, known.add(this.#symbolAt(node)));
    }
    ts.forEachChild(node, (child) => this.#add(child));
  }

  /** @param {ts.Node} node */
  #symbolAt(node) {
    const symbol = this.#checker.getSymbolAtLocation(node);
    return symbol && symbol.flags & ts.SymbolFlags.Alias ? this.#checker.getAliasedSymbol(symbol) : symbol;
  }

  /** Whether a name stands for the same thing wherever it is in the file. @param {ts.EntityName} name */
  isOnly(name) {
    return (
      ts.isIdentifier(name) && this.#symbolAt(name) !== undefined && this.#symbols.get(name.text)?.size === 1
    );
  }

  /** The import of a name. @param {string} name */
  importOf(name) {
    return this.#imports.get(name);
  }
}
