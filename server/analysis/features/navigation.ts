// From names in scripts to what they mean, and to every place that means the same.
import type { BoundRoutine, Project, ScriptFile } from '../project/project.js';
import { isInside } from '../text/span.js';
import type { Destination, Leading, PlaceInText } from './feature.js';
import { boundMembers, declarationsOf, externalPartAt, fillRowNamesOf, objectsOf, type Member } from './members.js';
import {
  callAt,
  callsOf,
  declarationsOfTypeMember,
  typeMemberAt,
  usesInTypes,
  usesOfTypeMember,
} from './ordinary-uses.js';
import { creationFor, mentionAt, namedBy, placeOf, type Mention } from './mentions.js';

/** EXTERNAL NAME leads to the class and method, a name to the statement that makes it. */
export function definitionsAt(project: Project, file: ScriptFile, offset: number): Leading | undefined {
  const part = externalPartAt(project, file.uri, offset);
  if (part) {
    const members = boundMembers(project, part.routine);
    const wanted = part.part === 'class' ? members.map(({ methods: _, ...type }) => type) : members;
    return leading(
      part.span,
      wanted.flatMap((member) => declarationsOf(project, member)),
    );
  }
  const member = typeMemberAt(project, file, offset);
  if (member) return leading(member.use.member.span, declarationsOfTypeMember(project, member));
  const mention = mentionAt(file, offset);
  const call = mention ? undefined : callAt(project, file, offset);
  if (call) return leading(call.at.span, [{ uri: call.to.file.uri, span: call.to.name.last.span }]);
  if (!mention || !isOurs(project, mention)) return undefined;
  return leading(mention.name.span, creationFor(namedBy(project, mention), mention).map(placeOf));
}

/** The code that an object of T-SQL stands for. */
export function implementationsAt(project: Project, file: ScriptFile, offset: number): Leading | undefined {
  const part = externalPartAt(project, file.uri, offset);
  if (part) return definitionsAt(project, file, offset);
  if (typeMemberAt(project, file, offset)) return definitionsAt(project, file, offset);
  const mention = mentionAt(file, offset);
  const call = mention ? undefined : callAt(project, file, offset);
  const routines = mention ? routinesNamed(project, mention) : project.routines.filter((one) => one === call?.to);
  const span = mention?.name.span ?? call?.at.span;
  if (!span) return undefined;
  const members = routines.flatMap((routine) => boundMembers(project, routine));
  return leading(
    span,
    members.flatMap((member) => declarationsOf(project, member)),
  );
}

export interface References {
  readonly declarations: readonly Destination[];
  readonly uses: readonly PlaceInText[];
}

export function referencesAt(project: Project, file: ScriptFile, offset: number): References | undefined {
  const part = externalPartAt(project, file.uri, offset);
  if (part) {
    const [member] = boundMembers(project, part.routine);
    if (!member) return undefined;
    return referencesOfMember(project, part.part === 'class' ? { ...member, methods: undefined } : member);
  }
  const member = typeMemberAt(project, file, offset);
  if (member)
    return { declarations: declarationsOfTypeMember(project, member), uses: usesOfTypeMember(project, member) };
  const to = callAt(project, file, offset)?.to;
  const mention = mentionAt(file, offset) ?? (to && mentionAt(to.file, to.name.last.span.start));
  if (!mention || !isOurs(project, mention)) return undefined;
  const { created, mentions } = namedBy(project, mention);
  const declared = new Set(created.map(({ name }) => name));
  return {
    declarations: created.map(placeOf),
    uses: [...mentions.filter(({ name }) => !declared.has(name)).map(placeOf), ...callsNamed(project, mention)],
  };
}

/** EXTERNAL NAMEs, what names the objects bound to it, and FillRowMethodName. */
export function referencesOfMember(project: Project, member: OfMember): References {
  const { methods, ...type } = member;
  const of: Member = methods ? { ...type, methods } : type;
  const [method] = methods ?? [];
  const objects = objectsOf(project, of);
  return {
    declarations: declarationsOf(project, of),
    uses: [
      ...objects.flatMap((object) => partOf(object, methods !== undefined)),
      ...(methods ? objects.flatMap((object) => usesOfObject(project, object)) : []),
      ...usesInTypes(project, of),
      ...(method ? fillRowNamesOf(member, method.name) : []),
    ],
  };
}

type OfMember = Omit<Member, 'methods'> & { readonly methods?: Member['methods'] | undefined };

function partOf(
  { file, externalName: { className, method } }: BoundRoutine,
  ofMethod: boolean,
): readonly PlaceInText[] {
  const part = ofMethod ? method : className;
  return part ? [{ uri: file.uri, span: part.span }] : [];
}

/** Where scripts call an object, or grant something on it: not where they make it. */
function usesOfObject(project: Project, { file, name }: BoundRoutine): readonly PlaceInText[] {
  const mention = mentionAt(file, name.last.span.start);
  if (!mention) return [];
  const { mentions } = namedBy(project, mention);
  return [...mentions.filter(({ creates }) => !creates).map(placeOf), ...callsNamed(project, mention)];
}

/** Where queries call what a mention names: once, though several statements make it. */
function callsNamed(project: Project, mention: Mention): readonly PlaceInText[] {
  return [...new Set(routinesNamed(project, mention).flatMap((routine) => callsOf(project, routine)))];
}

/** Objects of ordinary T-SQL are other extensions' to know. */
function isOurs(project: Project, mention: Mention): boolean {
  return (mention.class !== 'object' && mention.class !== 'type') || routinesNamed(project, mention).length > 0;
}

/** What is bound to managed code under the name of a mention. */
export function routinesNamed(project: Project, mention: Mention): readonly BoundRoutine[] {
  if (mention.class !== 'object' && mention.class !== 'type') return [];
  const { mentions } = namedBy(project, mention);
  const names = new Set(mentions.map(({ name }) => name));
  return project.routines.filter(({ name }) => names.has(name.last));
}

/** In one file: every place that means the same. */
export function highlightsAt(project: Project, file: ScriptFile, offset: number): readonly PlaceInText[] {
  const found = referencesAt(project, file, offset);
  const places = [...(found?.declarations ?? []), ...(found?.uses ?? [])].flatMap((place) =>
    'span' in place && place.uri === file.uri ? [place] : [],
  );
  return places.some(({ span }) => isInside(span, offset)) ? places : [];
}

function leading(span: Leading['span'], to: readonly Destination[]): Leading | undefined {
  return to.length > 0 ? { span, to } : undefined;
}
