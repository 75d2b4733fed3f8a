import { join, relative } from 'node:path';
import ts from '../../docs/compiler.mjs';
import { entries } from '../../docs/entries.mjs';
import { programsIn } from './markdown';
import { type Program, root } from './programs';

/** A public name of the package: an export, or a member of one. */
export interface PublicName {
  /** The entry that leads to it, such as `tensorseed/models`. */
  readonly entry: string;
  /** The name and its first declaration, such as `ModelFile.chunks (src/models/model_file.ts:40)`. */
  readonly name: string;
  readonly kind: 'namespace' | 'export' | 'method' | 'property';
  /** The text of its docstring before the tags, or the one that it inherits from a base type; '' without one. */
  readonly documentation: string;
  readonly examples: readonly Program[];
}

/**
 * The public names that the entries of the package lead to, each once. A member that several types inherit
 * belongs to the first of them. What is `@internal` is left out.
 *
 * @param sources the files of the entries, and the names that they are imported by
 * @param folder where the names are declared
 */
export function publicNames(
  sources: ReadonlyMap<string, string> = entries(),
  folder = join(root, 'src'),
): PublicName[] {
  const program = ownProgram([...sources.keys()]);
  const checker = program.getTypeChecker();
  const names: PublicName[] = [];
  const seen = new Set<ts.Declaration>();

  function visit(symbol: ts.Symbol, entry: string, path: string, isMember: boolean): void {
    const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    const declarations = (target.declarations ?? []).filter((it) => isPublic(it, folder));
    if (declarations.length === 0 || declarations.some((declaration) => seen.has(declaration))) return;
    for (const declaration of declarations) seen.add(declaration);
    names.push({
      entry,
      name: `${path} (${placeOf(declarations[0])})`,
      kind: kindOf(target, isMember),
      documentation: ts.displayPartsToString(target.getDocumentationComment(checker)),
      examples: declarations.flatMap(examplesOf),
    });
    for (const member of membersOf(target)) visit(member, entry, `${path}.${member.name}`, !isModule(target));
  }

  /** The exports of a namespace, or the members of a type with those that it inherits. */
  function membersOf(target: ts.Symbol): ts.Symbol[] {
    if (isModule(target)) return checker.getExportsOfModule(target);
    const types: ts.Type[] = [];
    if (target.flags & (ts.SymbolFlags.Class | ts.SymbolFlags.Interface | ts.SymbolFlags.TypeAlias))
      types.push(checker.getDeclaredTypeOfSymbol(target));
    if (target.flags & ts.SymbolFlags.Class) types.push(checker.getTypeOfSymbol(target));
    return types.flatMap((type) => checker.getPropertiesOfType(type));
  }

  for (const [source, entry] of sources) {
    const module = checker.getSymbolAtLocation(program.getSourceFile(source)!)!;
    for (const symbol of checker.getExportsOfModule(module)) visit(symbol, entry, symbol.name, false);
  }
  return names;
}

/**
 * The sources alone, without the types of packages and of the platform: their names and docstrings need none.
 */
function ownProgram(files: readonly string[]): ts.Program {
  const options: ts.CompilerOptions = {
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    module: ts.ModuleKind.ESNext,
    strict: true,
    noLib: true,
    types: [],
  };
  const host = ts.createCompilerHost(options);
  host.resolveModuleNameLiterals = (literals, file) =>
    literals.map(({ text }) =>
      text.startsWith('.') ? ts.resolveModuleName(text, file, options, host) : { resolvedModule: undefined },
    );
  return ts.createProgram(files, options, host);
}

function isModule(symbol: ts.Symbol): boolean {
  return (symbol.flags & ts.SymbolFlags.ValueModule) !== 0;
}

/** Whether it stands in a folder, and is neither private, nor internal, nor a parameter of a type. */
function isPublic(declaration: ts.Declaration, folder: string): boolean {
  const name = ts.getNameOfDeclaration(declaration);
  const modifiers = ts.getCombinedModifierFlags(declaration);
  const hidden =
    (modifiers & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected)) !== 0 ||
    (name !== undefined && ts.isPrivateIdentifier(name)) ||
    ts.getJSDocTags(declaration).some((tag) => tag.tagName.text === 'internal');
  const file = declaration.getSourceFile().fileName;
  return file.startsWith(join(folder, '/')) && !hidden && !ts.isTypeParameterDeclaration(declaration);
}

function kindOf(symbol: ts.Symbol, isMember: boolean): PublicName['kind'] {
  if (isModule(symbol)) return 'namespace';
  if (!isMember) return 'export';
  return symbol.flags & ts.SymbolFlags.Method ? 'method' : 'property';
}

/** The file and the line, such as `src/streams/key.ts:12`. */
function placeOf(node: ts.Node): string {
  const source = node.getSourceFile();
  const { line } = source.getLineAndCharacterOfPosition(node.getStart());
  return `${relative(root, source.fileName)}:${line + 1}`;
}

function examplesOf(declaration: ts.Declaration): Program[] {
  return ts
    .getJSDocTags(declaration)
    .filter((tag) => tag.tagName.text === 'example')
    .flatMap((tag) => {
      const [file, begin] = placeOf(tag).split(':');
      const programs = programsIn(
        ts.getTextOfJSDocComment(tag.comment) ?? '',
        (line) => `${file}:${Number(begin) + line}`,
      );
      if (programs.length === 0) throw new Error(`${file}:${begin}: an @example is a block of ts`);
      return programs;
    });
}
