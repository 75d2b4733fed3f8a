import { WgslReflect } from 'wgsl_reflect/wgsl_reflect.module.js';
import { declarationsOf } from './wgsl_declarations.ts';

/** A type as wgsl_reflect has it, as far as it is read here. */
interface Type {
  readonly name: string;
  readonly size: number;
  readonly stride?: number;
  readonly count?: number;
  readonly format?: Type | null;
  readonly members?: readonly { readonly name: string; readonly offset: number; readonly type: Type }[];
  getTypeName(): string;
}

interface Member {
  readonly name: string;
  readonly type: string;
  /** In bytes, from the start of the struct. */
  readonly offset: number;
  readonly meaning?: string;
}

/** A linked kernel. `edge` is `body` where there is no other variant. */
interface Kernel {
  readonly name: string;
  readonly source: string;
  readonly body: string;
  readonly edge: string;
}

/**
 * What a program in another language needs to run linked kernels, as JSON: their bindings, overrides and
 * parameters. All of it is read off the kernels and their sources; the meanings are their comments. Kernels have
 * most declarations and bindings in common, so each is there once, and a kernel has the places of its own.
 * @param kernels the names of the kernels, their sources, and their linked texts
 * @param sources the modules below shaders/, by path
 * @param facts what the library knows beside: how the kernels are dispatched, and parameters for common draws
 */
export function manifestOf(
  kernels: readonly Kernel[],
  sources: Readonly<Record<string, string>>,
  facts: { readonly presets: Readonly<Record<string, unknown>> } & Readonly<Record<string, unknown>>,
): object {
  const text = Object.values(sources).join('\n');
  const overrides: Record<string, object> = {};
  const structs: Record<string, { size: number; members: Member[] }> = {};

  const membersOf = (type: Type, source: string): Member[] =>
    (type.members ?? []).map((member) => {
      if (member.type.members !== undefined)
        structs[member.type.name] ??= { size: member.type.size, members: membersOf(member.type, text) };
      const meaning = memberComment(source, type.name, member.name);
      const { name, offset } = member;
      return { name, type: member.type.getTypeName(), offset, ...(meaning !== '' && { meaning }) };
    });

  const bindings: string[] = [];
  const { presets, ...shared } = facts;
  const places = new Map<string, number>();
  const placesOf = (code: string): number[] =>
    declarationsOf(code).map((declaration) => {
      if (!places.has(declaration)) places.set(declaration, places.size);
      return places.get(declaration)!;
    });
  const list = kernels.map(({ name, source, body: code, edge }) => {
    const reflect = new WgslReflect(code);
    const [uniform] = reflect.uniforms;
    const type = uniform?.type as unknown as Type | undefined;
    // The parameters of a row are a struct in the struct of the row, which only pads it.
    const parameters = type?.format ? type.format.members![0].type : type;
    const [entryPoint, compactedEntryPoint] = reflect.entry.compute.map((entry) => entry.name);
    return {
      name,
      meaning: headComment(source),
      body: placesOf(code),
      ...(edge !== code && { edge: placesOf(edge) }),
      entryPoint,
      ...(compactedEntryPoint !== undefined && { compactedEntryPoint }),
      workgroupSize: /@workgroup_size\((\w+)\)/.exec(code)![1],
      bindings: [...reflect.storage, ...reflect.uniforms]
        .sort((a, b) => a.binding - b.binding)
        .map((variable) => {
          const of = variable.type as unknown as Type;
          const isUniform = reflect.uniforms.includes(variable);
          const readOnly = variable.access === 'read' ? 'read-only-storage' : 'storage';
          const binding = JSON.stringify({
            group: variable.group,
            binding: variable.binding,
            name: variable.name,
            type: isUniform ? 'uniform' : readOnly,
            holds: of.getTypeName().replace(/, 0>$/, '>'),
            minSize: of.size === 0 ? of.stride! : of.size,
          });
          if (!bindings.includes(binding)) bindings.push(binding);
          return bindings.indexOf(binding);
        }),
      overrides: reflect.overrides.map((override) => {
        const { name: of, type } = override;
        const value = new RegExp(`override ${of}:\\w+=(\\w+?)u?;`).exec(code)![1];
        overrides[of] ??= {
          type: type!.name,
          default: JSON.parse(value) as unknown,
          meaning: overrideComment(text, of),
        };
        return of;
      }),
      ...(parameters !== undefined && {
        parameters: { size: parameters.size, members: membersOf(parameters, source) },
      }),
      ...(presets[name] !== undefined && { presets: presets[name] }),
    };
  });
  return {
    ...shared,
    overrides,
    structs,
    bindings: bindings.map((text) => JSON.parse(text) as object),
    kernels: list,
    declarations: [...places.keys()],
  };
}

/** The text of comments, without what marks them. */
function plain(comment: string): string {
  return comment
    .replace(/^\s*\/\/+ ?/gm, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** The comment at the head of a module. */
function headComment(source: string): string {
  return plain(/^(?:\/\/.*\n)*/.exec(source)![0]);
}

/** The comment before or behind an override. */
function overrideComment(text: string, name: string): string {
  const found = new RegExp(`((?:///.*\\n)*)override ${name}:[^\\n;]*;(.*)`).exec(text);
  return plain(found === null ? '' : `${found[1]}${found[2]}`);
}

/** The comment behind a member of a struct. */
function memberComment(text: string, struct: string, name: string): string {
  const body = new RegExp(`struct ${struct} \\{([^}]*)\\}`).exec(text)?.[1] ?? '';
  return plain(new RegExp(`\\b${name}: [^/\\n]*(//.*)`).exec(body)?.[1] ?? '');
}
