// Names in ordinary T-SQL that mean code: managed functions that queries call, and members of user-defined types.
import type { ModuleCall } from '../project/module-calls.js';
import { moduleKey } from '../project/module-calls.js';
import type { BoundRoutine, Project, ScriptFile } from '../project/project.js';
import { typeMembersIn, type TypeMember } from '../project/type-members.js';
import { isInside } from '../text/span.js';
import type { Destination, PlaceInText } from './feature.js';
import { boundMembers, declarationsOf, inText, objectsOf, type Member } from './members.js';
import { code } from './markdown.js';

/** The call in a query, of what leads to code, that an offset is in. */
export function callAt(project: Project, { uri }: ScriptFile, offset: number): ModuleCall | undefined {
  if (project.routines.length === 0) return undefined;
  return project.calls?.inScripts.find(({ at, inQuery }) => inQuery && at.uri === uri && isInside(at.span, offset));
}

/** Where queries call an object. */
export function callsOf(project: Project, routine: BoundRoutine): readonly PlaceInText[] {
  const key = moduleKey(routine);
  return (project.calls?.inScripts ?? []).flatMap(({ to, at, inQuery }) =>
    inQuery && moduleKey(to) === key ? [at] : [],
  );
}

export function typeMemberAt(project: Project, file: ScriptFile, offset: number): TypeMember | undefined {
  return typeMembersIn(project, file).find(({ use }) => isInside(use.member.span, offset));
}

/** In the sources where there are any. In bytes a property is one of its accessors, and a field is shown with its type. */
export function declarationsOfTypeMember(project: Project, { of, use }: TypeMember): readonly Destination[] {
  const [owner] = boundMembers(project, of.routine);
  if (!owner) return [];
  const name = use.member.value;
  const property = owner.type.properties.find((one) => one.name === name);
  if (property?.place?.kind === 'source') return [inText(property.place)];
  const accessor = property?.getter ?? property?.setter;
  const methods = owner.type.methods.filter((one) => one.name === (accessor ?? name));
  if (methods.length > 0) return declarationsOf(project, { ...owner, methods });
  const field = owner.type.fields.find((one) => one.name === name);
  if (!field) return [];
  return field.place.kind === 'source' ? [inText(field.place)] : declarationsOf(project, owner);
}

/** Every place in scripts that names the same member. */
export function usesOfTypeMember(project: Project, { of, use }: TypeMember): readonly PlaceInText[] {
  const [owner] = boundMembers(project, of.routine);
  return owner ? usesOfNames(project, owner, new Set([use.member.value])) : [];
}

/** Likewise of methods, which may be what a property is made of. */
export function usesInTypes(project: Project, member: Member): readonly PlaceInText[] {
  const own = new Set((member.methods ?? []).map(({ name }) => name));
  const properties = member.type.properties.filter(
    ({ getter, setter }) => (getter !== undefined && own.has(getter)) || (setter !== undefined && own.has(setter)),
  );
  return usesOfNames(project, member, new Set([...own, ...properties.map(({ name }) => name)]));
}

function usesOfNames(
  project: Project,
  { methods: _, ...owner }: Member,
  names: ReadonlySet<string>,
): readonly PlaceInText[] {
  if (names.size === 0 || project.boundTypes.length === 0) return [];
  const types = new Set(objectsOf(project, owner).filter(({ kind }) => kind === 'type'));
  if (types.size === 0) return [];
  return project.scripts.flatMap((file) =>
    typeMembersIn(project, file).flatMap(({ of, use }) =>
      types.has(of.routine) && names.has(use.member.value) ? [{ uri: file.uri, span: use.member.span }] : [],
    ),
  );
}

export function typeMemberMarkdown({ of: { type }, use }: TypeMember): string | undefined {
  const name = use.member.value;
  const shown = code(`${type.name}::${name}`);
  const [method] = type.methods.filter((one) => one.name === name);
  if (method) return methodMarkdown(type.name, method);
  if (type.properties.some((one) => one.name === name)) return `property ${shown}`;
  const field = type.fields.find((one) => one.name === name);
  return field && `${field.isPublic ? 'public' : 'not public,'} field ${shown}`;
}

export function methodMarkdown(
  type: string,
  { name, isPublic, isStatic, parameters: { length } }: (Member['methods'] & object)[number],
): string {
  return `${isPublic ? 'public ' : 'not public, '}${isStatic ? 'static' : 'not static'} method ${code(`${type}::${name}`)} with ${length} parameter${length === 1 ? '' : 's'}`;
}
