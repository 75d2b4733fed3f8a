import { join } from 'node:path';
import ts from '../compiler.mjs';

/**
 * Reads declarations that tsc wrote, without those of other packages.
 *
 * @param {string} folder where they are
 * @param {readonly string[]} entries the files that users import
 */
export function readDeclarations(folder, entries) {
  /** @type {ts.CompilerOptions} */
  const options = {
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    noLib: true,
    types: [],
  };
  const host = ts.createCompilerHost(options);
  host.resolveModuleNameLiterals = (literals, file) =>
    literals.map(({ text }) =>
      text.startsWith('.') ? ts.resolveModuleName(text, file, options, host) : { resolvedModule: undefined },
    );
  const program = ts.createProgram(entries, options, host);
  const files = program.getSourceFiles().filter(({ fileName }) => fileName.startsWith(join(folder, '/')));
  return { checker: program.getTypeChecker(), files };
}
