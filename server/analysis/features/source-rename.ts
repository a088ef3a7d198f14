// Renaming a class or method that T-SQL binds: in C#, in EXTERNAL NAME and in FillRowMethodName at once. Every place in C# that
// has the name is accounted for, by what the code calls; where one is not, it says which, and renames nothing.
import type { MethodRef } from '../code/body.js';
import { isSqlAttribute } from '../code/entry-points.js';
import type { AssemblyCode, MethodDef, TypeDef } from '../code/model.js';
import { identifiersNamed, isIdentifier } from '../csharp/identifiers.js';
import { sameName } from '../project/names.js';
import type { BoundRoutine, Project } from '../project/project.js';
import type { Identifier } from '../tsql/nodes.js';
import { assembliesOf, codesOf, fillRowNamesOf, objectsOf, type Member } from './members.js';
import {
  isWritten,
  nameOf,
  placeText,
  renamedIdentifier,
  simpleName,
  type Renamable,
  type Renamed,
  type RenameEdit,
} from './rename.js';
import { fillRowAt, memberAt } from './source-navigation.js';

export type TextOf = (uri: string) => string;

/** On the name of a class or method that has to do with T-SQL, where it is declared, and in FillRowMethodName. */
export function renamableInSource(
  project: Project,
  textOf: TextOf,
  uri: string,
  offset: number,
): Renamable | undefined {
  const found = memberAt(project, uri, offset);
  if (found) {
    const { span, member } = found;
    // Where it cannot be done, other extensions may do it for C#: a name that is surely free tells.
    const isDone = isOurs(project, member) && renameMember(project, textOf, member, `${nameOf(member)}_`).edits;
    return isDone ? { span, name: nameOf(member) } : undefined;
  }
  const filled = fillRowAt(project, uri, offset);
  const at = filled && literalIn(textOf, { uri, span: filled.span }, nameOf(filled.member));
  return filled && at !== undefined
    ? { span: { start: at, end: at + nameOf(filled.member).length }, name: nameOf(filled.member) }
    : undefined;
}

export function renameInSource(
  project: Project,
  textOf: TextOf,
  uri: string,
  offset: number,
  to: string,
): Renamed | undefined {
  const found = memberAt(project, uri, offset) ?? fillRowAt(project, uri, offset);
  return found && isOurs(project, found.member) ? renameMember(project, textOf, found.member, to) : undefined;
}

/** What C# alone knows is other extensions' to rename. */
function isOurs(project: Project, member: Member): boolean {
  const { type, methods } = member;
  if (objectsOf(project, member).length > 0) return true;
  if (!methods) return type.attributes.some(isSqlAttribute);
  return methods.some(
    ({ name, attributes }) => attributes.some(isSqlAttribute) || fillRowNamesOf({ type }, name).length > 0,
  );
}

/** `Shop.Prices` with another last part. */
function renamedType({ name }: TypeDef, to: string): string {
  return name.slice(0, name.length - simpleName({ name }).length) + to;
}

export function renameMember(project: Project, textOf: TextOf, member: Member, to: string): Renamed {
  const refused = whyNot(project, member, to);
  if (refused !== undefined) return { refused };
  const inScripts = externalNames(project, member, to);
  if (inScripts.refused !== undefined) return inScripts;
  const edits: RenameEdit[] = [...inScripts.edits];
  const known = accountedFor(project, textOf, member);
  for (const uri of sourcesOf(project, member)) {
    const text = textOf(uri);
    const name = nameOf(member);
    // Whatever it is there: one of them would be taken for the other.
    const [taken] = identifiersNamed(text, to);
    if (taken !== undefined)
      return { refused: `${placeText({ uri, text }, { start: taken, end: taken })} has ${to} already` };
    for (const start of identifiersNamed(text, name)) {
      if (!known.has(`${uri} ${start}`))
        return {
          refused: `${placeText({ uri, text }, { start, end: start })} has ${name} too, and it is not certain what it means there`,
        };
      edits.push({ uri, at: { start, end: start + name.length }, text: to });
    }
  }
  for (const name of member.methods ? fillRowNamesOf(member, nameOf(member)) : []) {
    const start = literalIn(textOf, name, nameOf(member));
    if (start !== undefined) edits.push({ uri: name.uri, at: { start, end: start + nameOf(member).length }, text: to });
    else return { refused: `FillRowMethodName is a constant that says ${nameOf(member)}` };
  }
  return { edits };
}

/** `FillRowMethodName = "Fill"`: where the name begins; undefined for a constant. */
function literalIn(
  textOf: TextOf,
  { uri, span }: Pick<RenameEdit, 'uri'> & { readonly span: RenameEdit['at'] },
  name: string,
): number | undefined {
  const at = textOf(uri).slice(span.start, span.end).indexOf(`"${name}"`);
  return at < 0 ? undefined : span.start + at + 1;
}

function whyNot(project: Project, { code, type, methods }: Member, to: string): string | undefined {
  if (code.origin === 'image') return `The sources of ${code.identity.name} are not in the workspace`;
  if (!isIdentifier(to) || keywords.has(to)) return `${JSON.stringify(to)} is no name in C#`;
  const [method, ...others] = methods ?? [];
  if (others.length > 0 || (method && type.methods.filter(({ name }) => name === method.name).length > 1))
    return `${type.name} has several methods of that name`;
  if (method && !method.isStatic)
    return `${type.name}::${method.name} is not static: it may stand for a member of another type`;
  if (!method && code.types.filter((one) => simpleName(one) === simpleName(type)).length > 1)
    return `${code.identity.name} has several types of that name`;
  const [source] = [...project.sourceCode].find(([, one]) => one === code) ?? [];
  if (source?.isCertain === false) return `Which sources ${code.identity.name} is made of is not certain`;
  const user = project.assemblies.find(
    (one) =>
      one.code?.origin === 'image' &&
      one.code !== code &&
      !codesOf(project, one).includes(code) &&
      one.code.references.some(({ name }) => sameName(name, code.identity.name)),
  );
  return user && `Assembly ${user.name} refers to ${code.identity.name}, and its sources are not in the workspace`;
}

const keywords: ReadonlySet<string> = new Set(
  'abstract as base bool break byte case catch char checked class const continue decimal default delegate do double else enum event explicit extern false finally fixed float for foreach goto if implicit in int interface internal is lock long namespace new null object operator out override params private protected public readonly ref return sbyte sealed short sizeof stackalloc static string struct switch this throw true try typeof uint ulong unchecked unsafe ushort using virtual void volatile while'.split(
    ' ',
  ),
);

/** Every EXTERNAL NAME that means it. */
function externalNames(project: Project, { code, type, methods }: Member, to: string): Renamed {
  const edits: RenameEdit[] = [];
  for (const routine of project.routines) {
    const { file, externalName, name } = routine;
    const part = partOf(routine, type, methods?.[0]);
    if (!part) continue;
    const { assembly } = routine;
    const isNamed =
      sameName(externalName.assembly.value, code.identity.name) ||
      assembliesOf(project, routine).some((one) => codesOf(project, one).includes(code));
    if (!assembly && isNamed)
      return { refused: `${placeText(file, externalName.span)} names it, and which assembly is meant is not certain` };
    if (!assembly || !codesOf(project, assembly).includes(code)) continue;
    if (part === 'own name') return { refused: `${placeText(file, name.span)} binds it by the name of the object` };
    if (assembly.image)
      return {
        refused: `${assembly.name} is created from bytes that have ${nameOf({ type, ...(methods && { methods }) })}: they are to be built anew first`,
      };
    if (!isWritten(file, part)) return { refused: `${placeText(file, part.span)} puts the name together` };
    const own = methods ? to : renamedType(type, to) + part.value.slice(type.name.length);
    edits.push({ uri: file.uri, at: part.span, text: renamedIdentifier(part, own) });
  }
  return { edits };
}

/** What of an EXTERNAL NAME says its name; `own name` where it is that of the T-SQL object. */
function partOf(
  { externalName: { className, method: methodName }, name }: BoundRoutine,
  type: TypeDef,
  method: MethodDef | undefined,
): Identifier | 'own name' | undefined {
  if (method) return className?.value === type.name && methodName?.value === method.name ? methodName : undefined;
  if (!className) return name.last.value === type.name ? 'own name' : undefined;
  return className.value === type.name || className.value.startsWith(`${type.name}+`) ? className : undefined;
}

/** Its own sources, and those that are compiled against it. */
function sourcesOf({ sourceCode, libraries }: Project, { code }: Member): readonly string[] {
  const all = [...sourceCode].filter(([, one]) => one === code || libraries.get(one)?.includes(code));
  return [...new Set(all.flatMap(([{ sources }]) => sources))];
}

/** Places of the name that surely mean it, as `uri start`: the declaration, constructors, and what is called. */
function accountedFor(project: Project, textOf: TextOf, member: Member): ReadonlySet<string> {
  const { code, type, methods } = member;
  const name = nameOf(member);
  const known = new Set<string>();
  const add = (uri: string, start: number): void => void known.add(`${uri} ${start}`);
  for (const { place } of methods ?? [type]) if (place.kind === 'source') add(place.uri, place.span.start);
  if (!methods)
    for (const { name: of, place } of type.methods)
      if (
        (of === '.ctor' || of === '.cctor') &&
        place.kind === 'source' &&
        textOf(place.uri).startsWith(name, place.span.start)
      )
        add(place.uri, place.span.start);
  const isMeant = (ref: Pick<MethodRef, 'type' | 'name'>, by: AssemblyCode): boolean => {
    if (ref.type.kind !== 'named' || ref.type.name !== type.name) return false;
    if (methods && ref.name !== name) return false;
    return by === code ? ref.type.assembly === undefined : ref.type.assembly === code.identity.name;
  };
  for (const by of project.sourceCode.values()) {
    if (by !== code && !project.libraries.get(by)?.includes(code)) continue;
    for (const { method } of by.graph.nodes.values()) {
      if (method.place.kind !== 'source') continue;
      const { uri } = method.place;
      for (const { operations } of method.body?.blocks ?? [])
        for (const operation of operations) {
          const ref =
            operation.kind === 'call' || operation.kind === 'methodPointer'
              ? operation.method
              : operation.kind === 'loadField' || operation.kind === 'storeField' || operation.kind === 'fieldAddress'
                ? operation.field
                : undefined;
          if (!ref || !isMeant(ref, by)) continue;
          const { at, end = at } = operation;
          const start = nameIn(textOf(uri).slice(at, end), name, methods !== undefined, ref.name);
          if (start !== undefined) add(uri, at + start);
        }
    }
  }
  return known;
}

/** In `Shop.Prices.Net(…)` the method's name, or the class's that it is called on; undefined where it is written otherwise. */
function nameIn(call: string, name: string, isMethod: boolean, called: string): number | undefined {
  // Constructors first: `new Prices(…)`.
  const head = /^(?:new\s+)?((?:[\w@]+\s*(?:::|\.)\s*)*)([\w@]+)/.exec(call.slice(0, 500));
  if (!head) return undefined;
  const [whole = '', qualifier = '', last = ''] = head;
  const lastAt = whole.length - last.length;
  if (isMethod) return last === name ? lastAt : undefined;
  if (called === '.ctor') return last === name && whole.startsWith('new') ? lastAt : undefined;
  const owner = /([\w@]+)\s*\.\s*$/.exec(qualifier);
  if (owner?.[1] !== name || last !== called) return undefined;
  return lastAt - qualifier.length + owner.index;
}
