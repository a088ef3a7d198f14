// Hover on SQL Server's attributes in C#, and on each of their properties: what it does, what holds where it is left out, what is
// refused, and where what the code says is not what it does.
import type { AttributeValue, CustomAttribute, MethodDef, Place } from '../code/model.js';
import { findSqlClrAttribute, type AttributeProperty, type SqlClrAttribute } from '../knowledge/sqlclr-attributes.js';
import type { Finding } from '../rules/rule.js';
import type { AttributeAt } from './code-at.js';
import { code, escaped, page } from './markdown.js';

/** When SQL Server looks at an attribute, and the pages about it. */
export interface Checked {
  readonly lines: string;
  readonly pages: string;
}

/** `findings`: those of the assembly's sources, found when they are asked for. */
export function attributeMarkdown(
  at: AttributeAt,
  findings: () => readonly Finding[],
  checked?: Checked,
): string | undefined {
  const known = findSqlClrAttribute(at.attribute.type);
  if (!known) return undefined;
  const property = at.argument === undefined ? undefined : propertyOf(known, at.attribute, at.argument);
  const told = property ? propertyLines(known, property, at) : attributeLines(known, at);
  const rules = property
    ? (property.rules ?? [])
    : [...(known.rules ?? []), ...known.properties.flatMap((one) => one.rules ?? [])];
  const short = shortName(known);
  return [
    ...told,
    ...against(rules, at, findings),
    ...(checked ? [checked.lines] : []),
    [page(`${short}Attribute`, `dotnet/api/${known.type.toLowerCase()}`), ...(checked ? [checked.pages] : [])].join(
      ' · ',
    ),
  ].join('\n\n');
}

function attributeLines(known: SqlClrAttribute, { attribute, on, method }: AttributeAt): readonly string[] {
  const lines = known.properties.flatMap((property): readonly string[] => {
    const said = saidOf(known, property, attribute);
    if (said) return [`- ${property.name}: ${valueMarkdown(property, said)}`];
    const { leftOut, leftOutOf, default: holds } = property;
    const isAbout = leftOutOf === undefined || isOf(leftOutOf, known, attribute, method);
    return leftOut && holds && isAbout ? [`- ${property.name} is left out, so ${code(holds)}: ${leftOut}`] : [];
  });
  return [
    `**${shortName(known)}**${on === undefined ? '' : ` · ${code(on)}`}`,
    known.does,
    ...(lines.length > 0 ? [lines.join('\n')] : []),
  ];
}

function isOf(
  what: NonNullable<AttributeProperty['leftOutOf']>,
  known: SqlClrAttribute,
  attribute: CustomAttribute,
  method: MethodDef | undefined,
): boolean {
  if (what === 'a table-valued function') {
    const { returns } = method ?? {};
    return returns?.kind === 'named' && /^System\.Collections\.IEnumer(?:able|ator)$/.test(returns.name);
  }
  const format = known.properties.find(({ name }) => name === 'Format');
  const said = format && saidOf(known, format, attribute);
  return said?.kind === 'number' && format?.values?.names[Number(said.value)] === 'UserDefined';
}

function propertyLines(
  known: SqlClrAttribute,
  property: AttributeProperty,
  { attribute }: AttributeAt,
): readonly string[] {
  const said = saidOf(known, property, attribute);
  const { leftOut, default: holds } = property;
  return [
    `**${property.name}** of ${shortName(known)}${said ? `: ${valueMarkdown(property, said)}` : ''}`,
    property.does,
    ...(property.refused ? [property.refused] : []),
    ...(holds ? [`Left out, it is ${code(holds)}${leftOut ? `: ${leftOut}` : ''}.`] : []),
  ];
}

/** The constructor takes, in order, what cannot be left out. */
function propertyOf(
  { properties }: SqlClrAttribute,
  { arguments: given, named }: CustomAttribute,
  argument: number,
): AttributeProperty | undefined {
  if (argument < given.length) return properties.filter((one) => one.default === undefined)[argument];
  const name = named[argument - given.length]?.name;
  return properties.find((property) => property.name === name);
}

function saidOf(
  { properties }: SqlClrAttribute,
  property: AttributeProperty,
  { arguments: given, named }: CustomAttribute,
): AttributeValue | undefined {
  if (property.default === undefined)
    return given[properties.filter((one) => one.default === undefined).indexOf(property)];
  return named.findLast(({ name }) => name === property.name)?.value;
}

function valueMarkdown({ values }: AttributeProperty, value: AttributeValue): string {
  switch (value.kind) {
    case 'number': {
      const name = values?.names[Number(value.value)];
      return code(values && name !== undefined ? `${values.type}.${name}` : String(value.value));
    }
    case 'boolean':
      return code(String(value.value));
    case 'string':
      return code(value.value === undefined ? 'null' : `"${value.value}"`);
    default:
      return 'a value that is not known';
  }
}

/** What rules have found of it, at the attribute, at the method, or at what the method runs. */
function against(
  rules: readonly string[],
  { attribute, method, type }: AttributeAt,
  findings: () => readonly Finding[],
): readonly string[] {
  if (rules.length === 0) return [];
  const places = [attribute.place, ...(method ? [method.place] : type ? [type.place] : [])];
  const found = findings().filter(
    (finding) =>
      rules.includes(finding.rule) &&
      [finding, ...finding.related].some((one) => places.some((place) => isSame(one, place))),
  );
  return found.map(({ message, sqlErrors, severity }) => {
    const answers = sqlErrors.length > 0 && severity !== 'information' ? ` (Msg ${sqlErrors.join(', ')})` : '';
    return `⚠ ${escaped(message)}${answers}`;
  });
}

function isSame({ uri, span }: Pick<Finding, 'uri' | 'span'>, place: Place): boolean {
  return place.kind === 'source' && place.uri === uri && place.span.start === span.start && place.span.end === span.end;
}

function shortName({ type }: SqlClrAttribute): string {
  return type.slice(type.lastIndexOf('.') + 1).replace(/Attribute$/, '');
}
