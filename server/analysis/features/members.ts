// Classes and methods that T-SQL binds: the code they are in, where they are declared, and the objects that stand for them.
import type { AssemblyCode, MethodDef, Place, TypeDef } from '../code/model.js';
import { Bindings } from '../project/bindings.js';
import { sameName } from '../project/names.js';
import type { BoundRoutine, DeployedAssembly, Project } from '../project/project.js';
import { isInside, type Span } from '../text/span.js';
import type { Destination, PlaceInText } from './feature.js';

/** A class, or methods of one name in it. */
export interface Member {
  readonly assembly: DeployedAssembly;
  readonly code: AssemblyCode;
  readonly type: TypeDef;
  /** Overloads, which SQL Server refuses, are several; undefined for the class. */
  readonly methods?: readonly MethodDef[];
}

/** What EXTERNAL NAME binds: in the sources where there are any, and else in the bytes. Of several assemblies that may be meant it is that of each. */
export function boundMembers(project: Project, routine: BoundRoutine): readonly Member[] {
  const { externalName, name } = routine;
  const { className, method } = externalName;
  const found = new Map<TypeDef, Member>();
  for (const assembly of assembliesOf(project, routine)) {
    for (const code of codesOf(project, assembly)) {
      const type = code.types.find((one) => one.name === (className?.value ?? name.last.value));
      const methods = method && type?.methods.filter((one) => one.name === method.value);
      if (!type || methods?.length === 0) continue;
      found.set(type, { assembly, code, type, ...(methods && { methods }) });
      break;
    }
  }
  return [...found.values()];
}

/** The one that is meant, or all that may be. */
export function assembliesOf(
  { byName }: Project,
  { assembly, ambiguous, externalName }: BoundRoutine,
): readonly DeployedAssembly[] {
  if (assembly) return [assembly];
  return ambiguous ? (byName.get(externalName.assembly.value.toLowerCase()) ?? []) : [];
}

/** Of sources first: those of an assembly's name may lie beside the bytes that a script creates it from. */
export function codesOf({ sourceCode }: Project, { name, code }: DeployedAssembly): readonly AssemblyCode[] {
  const sources = [...sourceCode.values()].filter(
    ({ identity }) => sameName(identity.name, name) || (code && sameName(identity.name, code.identity.name)),
  );
  const [only] = sources;
  const own = code ? [code] : [];
  return only && sources.length === 1 && only !== code ? [only, ...own] : own;
}

/** Where it is declared. */
export function declarationsOf(project: Project, { assembly, type, methods }: Member): readonly Destination[] {
  return (methods ?? [type]).flatMap((member): readonly Destination[] => {
    if (member.place.kind === 'source') return [inText(member.place)];
    const bytes = bytesOf(project, assembly);
    return bytes ? [{ ...bytes, member }] : [];
  });
}

export function inText({ uri, span }: Extract<Place, { kind: 'source' }>): PlaceInText {
  return { uri, span };
}

/** The file that holds an assembly's bytes, and which of its assemblies it is. */
function bytesOf(
  { images }: Project,
  { image, codeAt, created, altered }: DeployedAssembly,
): { readonly uri: string; readonly assembly: number } | undefined {
  if (!image) return undefined;
  for (const { file } of [...(created ? [created] : []), ...altered]) {
    const assembly = file.literals.findIndex((literal) => literal.image === image);
    if (assembly >= 0) return { uri: file.uri, assembly };
  }
  const file = images.find((one) => one.uri === codeAt?.uri || one.image === image);
  return file && { uri: file.uri, assembly: 0 };
}

/** The part of EXTERNAL NAME, behind the assembly, that an offset is in. */
export function externalPartAt(
  { routines }: Project,
  uri: string,
  offset: number,
): { readonly routine: BoundRoutine; readonly part: 'class' | 'method'; readonly span: Span } | undefined {
  for (const routine of routines) {
    const { file, externalName } = routine;
    if (file.uri !== uri || !isInside(externalName.span, offset)) continue;
    const { className, method } = externalName;
    if (method && isInside(method.span, offset)) return { routine, part: 'method', span: method.span };
    if (className && isInside(className.span, offset)) return { routine, part: 'class', span: className.span };
  }
  return undefined;
}

/** The T-SQL objects that stand for it: of a class those of its methods as well. */
export function objectsOf(project: Project, { assembly, type, methods }: Member): readonly BoundRoutine[] {
  const bindings = new Bindings(project, assembly);
  if (methods) return methods.slice(0, 1).flatMap((method) => bindings.of(type, method));
  const names = new Set(type.methods.map(({ name }) => name));
  return [
    ...bindings.of(type),
    ...[...names].flatMap((name) => {
      const method = type.methods.find((one) => one.name === name);
      return method ? bindings.of(type, method) : [];
    }),
  ];
}

/** Each `FillRowMethodName = "…"` in the sources of a class that names a method of it. */
export function fillRowNamesOf({ type }: Pick<Member, 'type'>, method?: string): readonly FillRowName[] {
  return type.methods.flatMap(({ attributes }) =>
    attributes.flatMap(({ arguments: own, named, argumentPlaces }) =>
      named.flatMap(({ name, value }, index): readonly FillRowName[] => {
        const place = argumentPlaces?.[own.length + index];
        if (name !== 'FillRowMethodName' || value.kind !== 'string' || value.value === undefined) return [];
        if (place?.kind !== 'source' || (method !== undefined && value.value !== method)) return [];
        return [{ ...inText(place), method: value.value }];
      }),
    ),
  );
}

export interface FillRowName extends PlaceInText {
  readonly method: string;
}
