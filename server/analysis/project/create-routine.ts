// The statement that makes the T-SQL object for a method or class, as its attributes and types have it. What they do not tell
// gives no statement: whoever would write it has to decide.
import { routineKindOf } from '../code/entry-points.js';
import { isVoid, type CustomAttribute, type MethodDef, type TypeDef } from '../code/model.js';
import { parseScript } from '../tsql/parser.js';
import { declaredParameter, declaredType, isStatus } from './routine-declaration.js';

/** What is marked to be bound: a method, or a class without one. */
export interface Bindable {
  readonly type: TypeDef;
  readonly method?: MethodDef;
}

export type ClassKind = 'aggregate' | 'type';

/** What its attribute makes of a class. */
export function classKindOf({ attributes }: TypeDef): ClassKind | undefined {
  if (attributes.some(({ type }) => type === `${server}SqlUserDefinedAggregateAttribute`)) return 'aggregate';
  return attributes.some(({ type }) => type === `${server}SqlUserDefinedTypeAttribute`) ? 'type' : undefined;
}

export interface NewObject {
  readonly name: string;
  /** Without a semicolon behind it. */
  readonly text: string;
}

export function createStatement({ type, method }: Bindable, assembly: string, schema: string): NewObject | undefined {
  const attribute = (method ?? type).attributes.find((one) => routineAttributes.has(one.type));
  if (!attribute) return undefined;
  const name = textIn(attribute, 'Name') ?? method?.name ?? /[^.+/]*$/.exec(type.name)?.[0] ?? type.name;
  const external = [assembly, type.name, ...(method ? [method.name] : [])].map(bracketed).join('.');
  const object = `${bracketed(schema)}.${bracketed(name)}`;
  const head = method ? headOfMethod(object, type, method, attribute) : headOfClass(object, type);
  if (head === undefined) return undefined;
  const text = `${head}\n${method ? 'AS ' : ''}EXTERNAL NAME ${external}`;
  return isOneStatement(text) ? { name, text } : undefined;
}

const server = 'Microsoft.SqlServer.Server.';
const routineAttributes: ReadonlySet<string> = new Set(
  ['SqlProcedure', 'SqlFunction', 'SqlTrigger', 'SqlUserDefinedAggregate', 'SqlUserDefinedType'].map(
    (name) => `${server}${name}Attribute`,
  ),
);

function headOfMethod(
  object: string,
  type: TypeDef,
  method: MethodDef,
  attribute: CustomAttribute,
): string | undefined {
  const parameters = method.parameters.map(declaredParameter);
  if (parameters.includes(undefined) || method.arity > 0) return undefined;
  switch (routineKindOf(method)) {
    case 'procedure':
      if (!isStatus(method.returns)) return undefined;
      return [`CREATE PROCEDURE ${object}`, ...(parameters.length > 0 ? [`  ${parameters.join(',\n  ')}`] : [])].join(
        '\n',
      );
    case 'function': {
      if (method.parameters.some((one) => one.type.kind === 'byReference')) return undefined;
      const returns = isVoid(method.returns) ? undefined : resultOf(type, method, attribute);
      return returns && `CREATE FUNCTION ${object} (${parameters.join(', ')})\nRETURNS ${returns}`;
    }
    case 'trigger': {
      const target = textIn(attribute, 'Target');
      const event = textIn(attribute, 'Event');
      if (target === undefined || event === undefined || parameters.length > 0) return undefined;
      return `CREATE TRIGGER ${object} ON ${target}\n${event}`;
    }
    default:
      return undefined;
  }
}

function resultOf(type: TypeDef, method: MethodDef, attribute: CustomAttribute): string | undefined {
  const filler = textIn(attribute, 'FillRowMethodName');
  if (filler === undefined) return declaredType(method.returns, method.returnAttributes);
  const columns = textIn(attribute, 'TableDefinition') ?? columnsOf(type, filler);
  return columns === undefined ? undefined : `TABLE (${columns})`;
}

/** As the method fills them that makes a row, where the attribute does not tell. */
function columnsOf({ methods }: TypeDef, filler: string): string | undefined {
  const [fill, other] = methods.filter(({ name }) => name === filler);
  const columns = fill?.parameters.slice(1).map(({ name, type, attributes }) => {
    const declared = type.kind === 'byReference' ? declaredType(type, attributes) : undefined;
    return declared === undefined ? undefined : `${bracketed(name)} ${declared}`;
  });
  return !columns || other || columns.length === 0 || columns.includes(undefined) ? undefined : columns.join(', ');
}

function headOfClass(object: string, type: TypeDef): string | undefined {
  if (classKindOf(type) === 'type') return `CREATE TYPE ${object}`;
  const [accumulate, other] = type.methods.filter(({ name, isPublic }) => name === 'Accumulate' && isPublic);
  const terminate = type.methods.find(({ name, isPublic }) => name === 'Terminate' && isPublic);
  const parameters = accumulate?.parameters.map(declaredParameter) ?? [];
  const returns = terminate && declaredType(terminate.returns, terminate.returnAttributes);
  if (other || parameters.length === 0 || parameters.includes(undefined) || returns === undefined) return undefined;
  return `CREATE AGGREGATE ${object} (${parameters.join(', ')})\nRETURNS ${returns}`;
}

function textIn({ named }: CustomAttribute, property: string): string | undefined {
  const value = named.find(({ name }) => name === property)?.value;
  return value?.kind === 'string' && value.value !== undefined && value.value.trim() !== '' ? value.value : undefined;
}

function bracketed(name: string): string {
  return `[${name.replaceAll(']', ']]')}]`;
}

/** What an attribute says becomes part of it, and may be anything. */
function isOneStatement(text: string): boolean {
  const { batches, errors, comments } = parseScript(text);
  const [batch, ...others] = batches;
  const [statement, more] = batch?.statements ?? [];
  return (
    others.length === 0 &&
    more === undefined &&
    errors.length === 0 &&
    comments.length === 0 &&
    statement !== undefined &&
    'externalName' in statement &&
    statement.externalName?.surplus === false &&
    statement.span.end === text.length
  );
}
