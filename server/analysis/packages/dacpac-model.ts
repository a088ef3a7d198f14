// The model of a package, as the T-SQL that deploying it comes to: assemblies, what is bound to them, modules, database options.
// Not tables, nor permissions, which the model has by numbers that no source here explains.
import { parseXml, type XmlElement } from './xml.js';

/** Of model.xml, in UTF-16 units: an assembly of 10 MB has 20 million digits. */
const longest = 128 << 20;

export function modelScript(text: string): { readonly script: string; readonly errors: readonly string[] } {
  const { root, errors } = parseXml(text, longest);
  const elements = childrenOf(childrenOf(root, 'Model')[0], 'Element');
  // What others need stands before them, as it does when the package is deployed.
  const batches = writers.flatMap(({ types, write }) =>
    elements.filter((element) => types.includes(typeOf(element))).flatMap((element) => write(element)),
  );
  const script = batches.map((batch) => `${batch.trim()}\nGO\n`).join('\n');
  return { script, errors: errors.slice(0, 1).map(({ message }) => `model.xml is no XML: ${message}`) };
}

interface Writer {
  readonly types: readonly string[];
  readonly write: (element: XmlElement) => readonly string[];
}

const writers: readonly Writer[] = [
  { types: ['SqlDatabaseOptions'], write: databaseOptions },
  {
    types: ['SqlUser'],
    write: (user) => [`CREATE USER ${nameOf(user)}${isTrue(user, 'IsWithoutLogin') ? ' WITHOUT LOGIN' : ''};`],
  },
  { types: ['SqlRole'], write: (role) => [`CREATE ROLE ${nameOf(role)}${authorization(role)};`] },
  { types: ['SqlSchema'], write: (schema) => [`CREATE SCHEMA ${nameOf(schema)}${authorization(schema)};`] },
  { types: ['SqlAssembly'], write: assembly },
  { types: ['SqlAssemblyFile'], write: assemblyFile },
  { types: ['SqlUserDefinedType'], write: module },
  { types: ['SqlAggregate', 'SqlProcedure'], write: module },
  {
    types: ['SqlScalarFunction', 'SqlInlineTableValuedFunction', 'SqlMultiStatementTableValuedFunction'],
    write: module,
  },
  { types: ['SqlDmlTrigger', 'SqlDatabaseDdlTrigger'], write: module },
];

function databaseOptions(element: XmlElement): readonly string[] {
  const options = [
    ...(isTrue(element, 'IsTrustworthyOn') ? ['TRUSTWORTHY ON'] : []),
    ...(isTrue(element, 'IsDbChainingOn') ? ['DB_CHAINING ON'] : []),
  ];
  return options.map((option) => `ALTER DATABASE CURRENT SET ${option};`);
}

/** As sys.assemblies has them; one that is left out is SAFE. */
const permissionSets: Readonly<Record<string, string>> = { '1': 'SAFE', '2': 'EXTERNAL_ACCESS', '3': 'UNSAFE' };

function assembly(element: XmlElement): readonly string[] {
  const set = permissionSets[propertyOf(element, 'PermissionSet') ?? '1'];
  const sources = elementsIn(element, 'AssemblySources').map((source) => propertyOf(source, 'Source') ?? '');
  const created = `CREATE ASSEMBLY ${nameOf(element)}${authorization(element)}
FROM ${sources.join(',\n')}${set === undefined ? '' : `\nWITH PERMISSION_SET = ${set}`};`;
  const hidden = propertyOf(element, 'IsVisible')?.toLowerCase() === 'false';
  return [created, ...(hidden ? [`ALTER ASSEMBLY ${nameOf(element)} WITH VISIBILITY = OFF;`] : [])];
}

function assemblyFile(element: XmlElement): readonly string[] {
  const [file = ''] = partsOf(nameOf(element)).slice(-1);
  const of = referenceIn(element, 'Assembly') ?? '';
  const name = `N'${file.slice(1, -1).replaceAll(']]', ']').replaceAll("'", "''")}'`;
  return [`ALTER ASSEMBLY ${of} ADD FILE FROM ${propertyOf(element, 'Source') ?? ''} AS ${name};`];
}

/** Bound to a class or method, or T-SQL as it was written. */
function module(element: XmlElement): readonly string[] {
  const body = elementsIn(element, 'FunctionBody')[0] ?? element;
  const external = externalName(body);
  if (external !== undefined) return [bound(element, external)];
  const header = attributeOf(
    descendants(body).find((one) => one.name === 'Property' && attributeOf(one, 'Name') === 'HeaderContents'),
    'Value',
  );
  const text = propertyOf(body, 'BodyScript');
  return header === undefined || text === undefined ? [] : [`${header}\n${text}`];
}

function externalName(body: XmlElement): string | undefined {
  const assembly = referenceIn(body, 'Assembly');
  const type = propertyOf(body, 'ClassName');
  if (assembly === undefined || type === undefined) return undefined;
  const method = propertyOf(body, 'MethodName');
  return [assembly, bracketed(type), ...(method === undefined ? [] : [bracketed(method)])].join('.');
}

function bound(element: XmlElement, external: string): string {
  const name = nameOf(element);
  const parameters = elementsIn(element, 'Parameters').map(parameter);
  const list = parameters.map((one) => `\n  ${one}`).join(',');
  switch (typeOf(element)) {
    case 'SqlUserDefinedType':
      return `CREATE TYPE ${name} EXTERNAL NAME ${external};`;
    case 'SqlAggregate':
      return `CREATE AGGREGATE ${name} (${list}) RETURNS ${typeIn(element, 'ReturnType', 'Type')} EXTERNAL NAME ${external};`;
    case 'SqlProcedure':
      return `CREATE PROCEDURE ${name}${list}\nAS EXTERNAL NAME ${external};`;
    case 'SqlScalarFunction':
      return `CREATE FUNCTION ${name} (${list}) RETURNS ${typeIn(element, 'Type')}\nAS EXTERNAL NAME ${external};`;
    case 'SqlDmlTrigger':
      return `CREATE TRIGGER ${name} ON ${referenceIn(element, 'Parent') ?? ''}\n${eventsOf(element)}\nAS EXTERNAL NAME ${external};`;
    case 'SqlDatabaseDdlTrigger':
      return `CREATE TRIGGER ${name} ON DATABASE FOR DDL_DATABASE_LEVEL_EVENTS\nAS EXTERNAL NAME ${external};`;
    default: {
      const columns = elementsIn(element, 'Columns').map(
        (column) => `${partsOf(nameOf(column)).at(-1) ?? ''} ${typeIn(column, 'TypeSpecifier')}`,
      );
      return `CREATE FUNCTION ${name} (${list}) RETURNS TABLE (${columns.join(', ')})\nAS EXTERNAL NAME ${external};`;
    }
  }
}

function parameter(element: XmlElement): string {
  const [name = ''] = partsOf(nameOf(element)).slice(-1);
  const value = propertyOf(element, 'DefaultExpressionScript');
  return [
    name.slice(1, -1),
    typeIn(element, 'Type'),
    ...(value === undefined ? [] : ['=', value]),
    ...(isTrue(element, 'IsOutput') ? ['OUTPUT'] : []),
  ].join(' ');
}

function eventsOf(element: XmlElement): string {
  const events = (['Insert', 'Update', 'Delete'] as const).filter((event) => isTrue(element, `Is${event}Trigger`));
  const when = propertyOf(element, 'SqlTriggerType') === '3' ? 'INSTEAD OF' : 'AFTER';
  return `${when} ${events.join(', ').toUpperCase()}`;
}

function typeIn(element: XmlElement, ...relationships: readonly string[]): string {
  const [specifier] = relationships.flatMap((name) => elementsIn(element, name));
  const type = specifier && referenceIn(specifier, 'Type');
  if (!specifier || type === undefined) return '';
  const facets = isTrue(specifier, 'IsMax')
    ? ['max']
    : ['Length', 'Precision', 'Scale'].flatMap((name) => propertyOf(specifier, name) ?? []);
  return facets.length > 0 ? `${type} (${facets.join(', ')})` : type;
}

function authorization(element: XmlElement): string {
  const owner = referenceIn(element, 'Authorizer');
  return owner === undefined ? '' : ` AUTHORIZATION ${owner}`;
}

function typeOf(element: XmlElement): string {
  return attributeOf(element, 'Type') ?? '';
}

function nameOf(element: XmlElement): string {
  return attributeOf(element, 'Name') ?? '';
}

function isTrue(element: XmlElement, property: string): boolean {
  return propertyOf(element, property)?.toLowerCase() === 'true';
}

/** From its attribute, or the element that long ones have. */
function propertyOf(element: XmlElement, name: string): string | undefined {
  const property = childrenOf(element, 'Property').find((one) => attributeOf(one, 'Name') === name);
  return attributeOf(property, 'Value') ?? childrenOf(property, 'Value')[0]?.text.trim();
}

function entriesIn(element: XmlElement, relationship: string): readonly XmlElement[] {
  const found = childrenOf(element, 'Relationship').find((one) => attributeOf(one, 'Name') === relationship);
  return childrenOf(found, 'Entry').flatMap(({ children }) => children);
}

function elementsIn(element: XmlElement, relationship: string): readonly XmlElement[] {
  return entriesIn(element, relationship).filter(({ name }) => name === 'Element');
}

/** With its brackets. */
function referenceIn(element: XmlElement, relationship: string): string | undefined {
  const reference = entriesIn(element, relationship).find(({ name }) => name === 'References');
  return attributeOf(reference, 'Name');
}

function attributeOf(element: XmlElement | undefined, name: string): string | undefined {
  return element?.attributes.find((attribute) => attribute.name === name)?.value;
}

function childrenOf(element: XmlElement | undefined, name: string): readonly XmlElement[] {
  return element?.children.filter((child) => child.name === name) ?? [];
}

function descendants(element: XmlElement): readonly XmlElement[] {
  return element.children.flatMap((child) => [child, ...descendants(child)]);
}

/** `[dbo].[a]]b].[@c]` to its parts, each with its brackets. */
function partsOf(name: string): readonly string[] {
  return name.match(/\[(?:[^\]]|\]\])*\]/g) ?? [];
}

function bracketed(name: string): string {
  return `[${name.replaceAll(']', ']]')}]`;
}
