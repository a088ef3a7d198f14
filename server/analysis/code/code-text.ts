// Types, members and attributes of the model as one line of text, much as ilasm writes them. Names are escaped, and
// whatever is made of itself or of thousands of parts is cut short.
import { shownName, shownString } from '../text/shown.js';
import type { FieldRef, MethodRef } from './body.js';
import type { AttributeValue, CustomAttribute, ParameterDef, SecurityDeclaration, TypeRef } from './model.js';

/** Parts of one type, and parameters or values side by side. */
const mostParts = 60;
const mostParameters = 100;

const keywords: Readonly<Record<string, string>> = {
  'System.Void': 'void',
  'System.Boolean': 'bool',
  'System.Char': 'char',
  'System.SByte': 'int8',
  'System.Byte': 'uint8',
  'System.Int16': 'int16',
  'System.UInt16': 'uint16',
  'System.Int32': 'int32',
  'System.UInt32': 'uint32',
  'System.Int64': 'int64',
  'System.UInt64': 'uint64',
  'System.Single': 'float32',
  'System.Double': 'float64',
  'System.String': 'string',
  'System.Object': 'object',
  'System.TypedReference': 'typedref',
  'System.IntPtr': 'native int',
  'System.UIntPtr': 'native uint',
};
const taken: ReadonlySet<string> = new Set(Object.values(keywords));

export function typeText(type: TypeRef): string {
  return textWithin(type, { left: mostParts });
}

/** A type of the assembly's own is told from a keyword. */
export function typeName(name: string): string {
  return taken.has(name) ? `'${name}'` : shownName(name);
}

/** `[System.Data]System.Data.SqlTypes.SqlMoney`; its own types without brackets. */
function textWithin(type: TypeRef, budget: { left: number }): string {
  if (budget.left-- <= 0) return '…';
  switch (type.kind) {
    case 'named': {
      const keyword = type.assembly === 'mscorlib' ? keywords[type.name] : undefined;
      const name =
        keyword ??
        (type.assembly === undefined ? typeName(type.name) : `[${shownName(type.assembly)}]${shownName(type.name)}`);
      return type.arguments.length === 0 ? name : `${name}<${listWithin(type.arguments, budget)}>`;
    }
    case 'array':
      return `${textWithin(type.element, budget)}[${','.repeat(Math.min(type.rank, 32) - 1)}]`;
    case 'pointer':
      return `${textWithin(type.element, budget)}*`;
    case 'byReference':
      return `${textWithin(type.element, budget)}&`;
    case 'typeParameter':
      return `!${type.index}`;
    case 'methodParameter':
      return `!!${type.index}`;
    case 'functionPointer':
      return 'method*';
    case 'unknown':
      return '?';
  }
}

function listWithin(types: readonly TypeRef[], budget: { left: number }): string {
  const texts: string[] = [];
  for (const type of types) {
    texts.push(textWithin(type, budget));
    if (budget.left <= 0 && texts.length < types.length) {
      texts.push('…');
      break;
    }
  }
  return texts.join(', ');
}

export function typesText(types: readonly TypeRef[]): string {
  return limited(types, typeText);
}

/** `int32 Payroll.Salary::NetPay<string>(int32, string)`. */
export function methodText({ type, name, parameters, returns, arguments: given }: MethodRef): string {
  const generic = given.length === 0 ? '' : `<${typesText(given)}>`;
  return `${typeText(returns)} ${typeText(type)}::${shownName(name)}${generic}(${typesText(parameters)})`;
}

export function fieldText({ type, name, fieldType }: FieldRef): string {
  return `${typeText(fieldType)} ${typeText(type)}::${shownName(name)}`;
}

export function parametersText(parameters: readonly ParameterDef[]): string {
  return limited(parameters, ({ type, name, isOut }) => `${isOut ? '[out] ' : ''}${typeText(type)} ${shownName(name)}`);
}

/** `Namespace.NameAttribute("text", 1, Name = true)`. */
export function attributeText({ type, arguments: fixed, named }: CustomAttribute): string {
  const values = [
    ...fixed.slice(0, mostParameters + 1).map((value) => () => valueText(value)),
    ...named.slice(0, mostParameters + 1).map(
      ({ name, value }) =>
        () =>
          `${shownName(name)} = ${valueText(value)}`,
    ),
  ];
  return `${type === '' ? '?' : shownName(type)}(${limited(values, (text) => text())})`;
}

function valueText(value: AttributeValue, depth = 0): string {
  switch (value.kind) {
    case 'string':
      return value.value === undefined ? 'null' : shownString(value.value, 1_000);
    case 'number':
    case 'boolean':
      return String(value.value);
    case 'type':
      return `typeof(${shownName(value.value)})`;
    case 'array':
      return depth > 4 ? '{…}' : `{${limited(value.value, (one) => valueText(one, depth + 1))}}`;
    case 'unknown':
      return '?';
  }
}

/** `Assert(System.Security.Permissions.FileIOPermissionAttribute(Unrestricted = true))`. */
export function securityText({ action, permissions }: SecurityDeclaration): string {
  return `${action}(${limited(permissions, attributeText)})`;
}

function limited<T>(items: readonly T[], textOf: (item: T) => string): string {
  const texts = items.slice(0, mostParameters).map(textOf);
  if (items.length > mostParameters) texts.push(`… ${items.length - mostParameters} more`);
  return texts.join(', ');
}
