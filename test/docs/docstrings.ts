import { join, relative } from 'node:path';
import ts from '../../docs/compiler.mjs';
import { entries } from '../../docs/entries.mjs';
import { programsIn } from './markdown';
import { type Program, root } from './programs';

/** A public name of the package: an export, or a member of one. */
export interface PublicName {
  /** As in `tensorseed/models: ModelFile.chunks`. */
  readonly name: string;
  readonly examples: readonly Program[];
}

/** The public names that an entry of the package leads to, each once, with the `@example` blocks of their docstrings. */
export function publicNames(): PublicName[] {
  const sources = entries();
  const program = ownProgram([...sources.keys()]);
  const checker = program.getTypeChecker();
  const names: PublicName[] = [];
  const seen = new Set<ts.Symbol>();

  function visit(symbol: ts.Symbol, name: string): void {
    const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    const declarations = (target.declarations ?? []).filter(isOwn);
    if (seen.has(target) || declarations.length === 0) return;
    seen.add(target);
    names.push({ name, examples: declarations.flatMap(examplesOf) });
    if (target.flags & ts.SymbolFlags.ValueModule) {
      for (const member of checker.getExportsOfModule(target)) visit(member, `${name}.${member.name}`);
    } else {
      for (const members of [target.members, target.exports])
        members?.forEach((member) => visit(member, `${name}.${member.name}`));
    }
  }

  for (const [source, entry] of sources) {
    const module = checker.getSymbolAtLocation(program.getSourceFile(source)!)!;
    for (const symbol of checker.getExportsOfModule(module)) visit(symbol, `${entry}: ${symbol.name}`);
  }
  return names;
}

/** The sources alone, without the types of packages and of the platform: their names and docstrings need none. */
function ownProgram(files: readonly string[]): ts.Program {
  const options: ts.CompilerOptions = {
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    module: ts.ModuleKind.ESNext,
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

/** Whether it stands in the sources, and is neither private nor a parameter of a type. */
function isOwn(declaration: ts.Declaration): boolean {
  const file = declaration.getSourceFile().fileName;
  const hidden =
    ts.getCombinedModifierFlags(declaration) & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected);
  return file.startsWith(join(root, 'src')) && !hidden && !ts.isTypeParameterDeclaration(declaration);
}

function examplesOf(declaration: ts.Declaration): Program[] {
  return ts
    .getJSDocTags(declaration)
    .filter((tag) => tag.tagName.text === 'example')
    .flatMap((tag) => {
      const source = tag.getSourceFile();
      const begin = source.getLineAndCharacterOfPosition(tag.getStart()).line + 1;
      const file = relative(root, source.fileName);
      const programs = programsIn(
        ts.getTextOfJSDocComment(tag.comment) ?? '',
        (line) => `${file}:${begin + line}`,
      );
      if (programs.length === 0) throw new Error(`${file}:${begin}: an @example is a block of ts`);
      return programs;
    });
}
