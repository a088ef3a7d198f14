// Where T-SQL uses a member of a user-defined type as the class does not have it.
import { isVoid, type FieldDef, type MethodDef, type PropertyDef, type TypeDef } from '../code/model.js';
import type { MemberUse } from '../tsql/ordinary-nodes.js';
import { standsAlone } from './bound-methods.js';
import type { CodeFault, Project, ScriptFile } from './project.js';
import { typeMembersIn } from './type-members.js';
import { isMutator, type UserType } from './user-types.js';

/** In one script. */
export function memberMisuses(project: Project, file: ScriptFile): readonly CodeFault[] {
  if (project.boundTypes.length === 0) return [];
  return typeMembersIn(project, file).flatMap(({ of, use }) => {
    const misuse = misuseOf(of, use);
    return misuse ? [{ uri: file.uri, at: use.member.span, ...misuse }] : [];
  });
}

type Misuse = Pick<CodeFault, 'message' | 'sqlErrors' | 'fix'>;

interface Members {
  readonly methods: readonly MethodDef[];
  readonly property?: PropertyDef | undefined;
  readonly field?: FieldDef | undefined;
}

function membersOf(type: TypeDef, name: string): Members {
  return {
    methods: type.methods.filter((one) => one.name === name),
    property: type.properties.find((one) => one.name === name),
    field: type.fields.find((one) => one.name === name),
  };
}

/** What every class has of System.Object. */
const inherited: ReadonlySet<string> = new Set(['ToString', 'Equals', 'GetHashCode', 'GetType']);

function misuseOf(of: UserType, use: MemberUse): Misuse | undefined {
  const { type } = of;
  const name = use.member.value;
  const own = `${type.name}::${name}`;
  const { methods, property, field } = membersOf(type, name);
  const [method, other] = methods;
  if (use.arguments) {
    if (!method) return property || field || inherited.has(name) ? undefined : missing(type, use, 6506, 'method');
    return other ? undefined : misusedMethod(of, use, method, own);
  }
  if (method) return undefined;
  if (!property && !field) return missing(type, use, 6592, 'property or field');
  const getter = type.methods.find((one) => one.name === property?.getter);
  const setter = type.methods.find((one) => one.name === property?.setter);
  const isStatic = field?.isStatic ?? (getter ?? setter)?.isStatic;
  if (isStatic === undefined) return undefined;
  if (use.isStatic && !isStatic) return { message: `${own} is not static`, sqlErrors: [6584] };
  if (!use.isStatic && isStatic) return { message: `${own} is static`, sqlErrors: [6593], ...asStatic(of, use) };
  if (use.use === 'assigned') {
    if (property && !property.setter) return { message: `${own} is read-only`, sqlErrors: [6595] };
    if (field?.isInitOnly || field?.isLiteral)
      return { message: `${own} is ${field.isLiteral ? 'const' : 'readonly'}`, sqlErrors: [10227] };
  } else if (property && !property.getter) return { message: `${own} has no get accessor`, sqlErrors: [6594] };
  return undefined;
}

function misusedMethod(of: UserType, use: MemberUse, method: MethodDef, own: string): Misuse | undefined {
  const accessors = of.type.properties.flatMap(({ getter, setter }) => [getter, setter]);
  if (accessors.includes(method.name) || method.name.startsWith('op_'))
    return { message: `${own} is no method that can be named`, sqlErrors: [10321] };
  if (!method.isPublic) return { message: `${own} is not public`, sqlErrors: [6574] };
  if (use.isStatic && !method.isStatic) return { message: `${own} is not static`, sqlErrors: [6573] };
  if (!use.isStatic && method.isStatic) return { message: `${own} is static`, sqlErrors: [6523], ...asStatic(of, use) };
  if (method.parameters.some(({ attributes }) => attributes.some((one) => one.type === 'System.ParamArrayAttribute')))
    return { message: `${own} has a params parameter`, sqlErrors: [10319] };
  if (use.isStatic) return undefined;
  if (use.use === 'called by SET') {
    // An attribute that does not resolve may say so.
    if (!isMutator(method))
      return method.attributes.every((one) => one.type !== '')
        ? { message: `${own} is not marked as a mutator`, sqlErrors: [6201] }
        : undefined;
    return use.isFirst
      ? { message: `${own} is called on ${use.variable ?? ''}, which is NULL`, sqlErrors: [10211] }
      : undefined;
  }
  if (isMutator(method)) return { message: `${own} is a mutator, which a query cannot call`, sqlErrors: [6200] };
  return isVoid(method.returns) ? { message: `${own} does not return a value`, sqlErrors: [6202] } : undefined;
}

/** What a base may have is not seen here. A name that differs by case is the one that is meant. */
function missing(type: TypeDef, use: MemberUse, number: number, what: string): Misuse | undefined {
  if (!standsAlone(type)) return undefined;
  const wanted = use.member.value.toLowerCase();
  const meant = (use.arguments ? type.methods : [...type.properties, ...type.fields])
    .map(({ name }) => name)
    .find((name) => name.toLowerCase() === wanted);
  return {
    message: `${type.name} has no ${what} ${use.member.value}${meant === undefined ? '' : `, but ${meant}`}`,
    sqlErrors: [number],
    ...(meant !== undefined && {
      fix: { title: `Write ${meant}`, edits: [{ at: use.member.span, text: meant }] },
    }),
  };
}

/** `dbo.Point::Origin()` for `@p.Origin()`. */
function asStatic({ name }: UserType, { span, member, arguments: given }: MemberUse): Pick<CodeFault, 'fix'> {
  const text = `${name}::${member.quote === 'none' ? member.value : `[${member.value}]`}`;
  const at = { start: span.start, end: given ? given.start : span.end };
  return { fix: { title: `Use ${text}`, edits: [{ at, text }] } };
}
