// What SQL Server asks of a class that is bound to a user-defined type, and where it is otherwise.
import { isVoid, type CustomAttribute, type MethodDef, type TypeDef, type TypeRef } from '../code/model.js';
import { classOf, standsAlone } from './bound-methods.js';
import { facetFaults } from './facet-faults.js';
import { implementsSurelyNot, serializationFaults, type Fault } from './serialization-faults.js';
import type { CodeFault, Project, ScriptFile } from './project.js';
import { isMutator } from './user-types.js';

/** Of what one script binds. */
export function typeFaults(project: Project, file: ScriptFile): readonly CodeFault[] {
  const found: CodeFault[] = [];
  for (const routine of project.routinesIn(file)) {
    const code = routine.code;
    const type = routine.kind === 'type' ? classOf(routine) : undefined;
    if (!code || !type) continue;
    const at = (routine.externalName.className ?? routine.name).span;
    const attribute = type.attributes.find(
      (one) => one.type === 'Microsoft.SqlServer.Server.SqlUserDefinedTypeAttribute',
    );
    const faults = type.isGeneric
      ? [{ what: 'is generic', sqlErrors: [6542] }]
      : attribute
        ? [
            ...serializationFaults(type, attribute, code, project),
            ...attributeFaults(type, attribute),
            ...contractFaults(type),
            ...facetFaults(type),
          ]
        : isUnmarked(type)
          ? [{ what: 'is not marked with SqlUserDefinedType', sqlErrors: [6255] }]
          : [];
    for (const { what, sqlErrors } of faults)
      found.push({ uri: routine.file.uri, at, message: `Class ${type.name} ${what}`, sqlErrors });
  }
  return found;
}

/** The attribute is inherited, and one that does not resolve may be it. */
function isUnmarked(type: TypeDef): boolean {
  return standsAlone(type) && type.attributes.every((one) => one.type !== '');
}

function attributeFaults(type: TypeDef, { named }: CustomAttribute): readonly Fault[] {
  const value = (property: string): string | number | boolean | undefined => {
    const said = named.find(({ name }) => name === property)?.value;
    return said?.kind === 'number'
      ? Number(said.value)
      : said?.kind === 'boolean' || said?.kind === 'string'
        ? said.value
        : undefined;
  };
  const validator = value('ValidationMethodName');
  const [validation, other] = type.methods.filter(({ name }) => name === validator);
  return [
    ...(value('IsFixedLength') === true && value('MaxByteSize') === -1
      ? [{ what: 'has a fixed length, and a MaxByteSize of -1', sqlErrors: [6247] }]
      : []),
    ...(validation && !other && isWrongValidation(validation)
      ? [
          {
            what: `validates with ${validation.name}, which is not an instance method bool ${validation.name}()`,
            sqlErrors: [6248],
          },
        ]
      : []),
  ];
}

function isWrongValidation({ isStatic, parameters, returns, arity }: MethodDef): boolean {
  return (
    isStatic ||
    parameters.length > 0 ||
    arity > 0 ||
    (returns.kind !== 'unknown' && !isNamed(returns, 'System.Boolean'))
  );
}

function contractFaults(type: TypeDef): readonly Fault[] {
  const { base } = type;
  if (base?.kind === 'named' && base.arguments.length > 0)
    return [{ what: 'derives from a generic class', sqlErrors: [10331] }];
  if (!standsAlone(type)) return [];
  const nulls = type.properties.filter(({ name }) => name === 'Null');
  const getter = type.methods.find(({ name }) => name === 'get_Null');
  const hasNull =
    type.fields.some(({ name, isStatic, isPublic }) => name === 'Null' && isStatic && isPublic) ||
    (nulls.length > 0 && getter?.isStatic === true && getter.isPublic);
  const parses = type.methods.filter(({ name }) => name === 'Parse');
  return [
    ...(implementsSurelyNot(type, 'System.Data.SqlTypes.INullable')
      ? [{ what: 'does not implement INullable', sqlErrors: [6577] }]
      : []),
    ...(hasNull ? [] : [{ what: 'has no public static Null', sqlErrors: [6557] }]),
    ...(parses.some((method) => mayParse(type, method))
      ? []
      : [{ what: `has no public static Parse(SqlString) that returns it`, sqlErrors: [6558] }]),
    ...type.methods.filter(isWrongMutator).map(({ name }) => ({
      what: `marks ${name} as a mutator, which is not a public instance method that returns nothing`,
      sqlErrors: [6203],
    })),
  ];
}

function mayParse(type: TypeDef, { isStatic, isPublic, parameters, returns }: MethodDef): boolean {
  const [text, other] = parameters;
  const of = text?.type;
  return (
    isStatic &&
    isPublic &&
    of !== undefined &&
    !other &&
    (of.kind === 'unknown' || isNamed(of, 'System.Data.SqlTypes.SqlString')) &&
    (returns.kind === 'unknown' || isNamed(returns, type.name))
  );
}

function isWrongMutator(method: MethodDef): boolean {
  const { isStatic, isPublic, returns } = method;
  return isMutator(method) && (isStatic || !isPublic || !isVoid(returns));
}

function isNamed(type: TypeRef, name: string): boolean {
  return type.kind === 'named' && type.name === name;
}
