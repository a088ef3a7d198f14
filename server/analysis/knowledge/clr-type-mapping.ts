// Which managed types stand for which types of T-SQL, in parameters, return values and columns of managed routines.
// Sources: learn.microsoft.com "Map CLR parameter data"; "CREATE FUNCTION", "CREATE PROCEDURE (Transact-SQL)"; "CLR table-valued
// functions" ("cannot include timestamp columns or non-Unicode string data type columns"); Msg 5327; read 2026-11.
// SQL Server converts nothing here: a pair that is not in the table is refused (Msg 6551, 6552, 6258).

export interface TypeMapping {
  /** In lower case. */
  readonly sql: string;
  /** Without their namespaces; `Int32?` is Nullable<Int32>. Empty for a type that managed code cannot take. */
  readonly managed: readonly string[];
  /** What one page has, or has for a length of 1, and another has not: neither right nor wrong. */
  readonly perhaps?: readonly string[];
  /** Where it is refused whatever the method has; of parameters with Msg 6519. */
  readonly never?: readonly TypePlace[];
}

export type TypePlace = 'column' | 'order' | 'parameter' | 'result';

const nullable = (name: string): readonly string[] => [name, `${name}?`];
const moments = nullable('DateTime');
const texts = ['SqlChars', 'SqlString', 'String', 'Char[]'];
const bytes = ['SqlBytes', 'SqlBinary', 'Byte[]'];
const decimals = ['SqlDecimal', ...nullable('Decimal')];
const money = ['SqlMoney', ...nullable('Decimal')];
const column: readonly TypePlace[] = ['column'];
const anywhere: readonly TypePlace[] = ['column', 'parameter', 'result'];

export const typeMappings: readonly TypeMapping[] = [
  { sql: 'bigint', managed: ['SqlInt64', ...nullable('Int64')] },
  { sql: 'binary', managed: bytes, perhaps: nullable('Byte') },
  { sql: 'bit', managed: ['SqlBoolean', ...nullable('Boolean')] },
  { sql: 'char', managed: [], never: column },
  { sql: 'cursor', managed: [], never: ['result'] },
  { sql: 'date', managed: moments, perhaps: ['SqlDateTime'] },
  { sql: 'datetime', managed: ['SqlDateTime', ...moments] },
  { sql: 'datetime2', managed: moments, perhaps: ['SqlDateTime'] },
  { sql: 'datetimeoffset', managed: nullable('DateTimeOffset') },
  { sql: 'decimal', managed: decimals },
  { sql: 'float', managed: ['SqlDouble', ...nullable('Double')] },
  { sql: 'geography', managed: ['SqlGeography'] },
  { sql: 'geometry', managed: ['SqlGeometry'] },
  { sql: 'hierarchyid', managed: ['SqlHierarchyId'] },
  { sql: 'image', managed: [], never: anywhere },
  { sql: 'int', managed: ['SqlInt32', ...nullable('Int32')] },
  { sql: 'money', managed: money },
  { sql: 'nchar', managed: texts, perhaps: nullable('Char') },
  { sql: 'ntext', managed: [], never: anywhere },
  { sql: 'numeric', managed: decimals },
  { sql: 'nvarchar', managed: texts, perhaps: nullable('Char') },
  { sql: 'real', managed: ['SqlSingle', ...nullable('Single')] },
  { sql: 'smalldatetime', managed: ['SqlDateTime', ...moments] },
  { sql: 'smallint', managed: ['SqlInt16', ...nullable('Int16')] },
  { sql: 'smallmoney', managed: money },
  { sql: 'sql_variant', managed: ['Object'] },
  { sql: 'text', managed: [], never: anywhere },
  { sql: 'time', managed: nullable('TimeSpan'), perhaps: ['SqlDateTime', ...moments] },
  // rowversion: the page has Byte[] for this name, and nothing for the other.
  { sql: 'timestamp', managed: [], perhaps: bytes, never: anywhere },
  { sql: 'tinyint', managed: ['SqlByte', ...nullable('Byte')] },
  { sql: 'uniqueidentifier', managed: ['SqlGuid', ...nullable('Guid')] },
  { sql: 'varbinary', managed: bytes, perhaps: nullable('Byte') },
  { sql: 'varchar', managed: [], never: column },
  { sql: 'xml', managed: ['SqlXml'], never: ['order'] },
];

/** "Data type synonyms (Transact-SQL)", as far as one word says them. */
export const typeSynonyms: ReadonlyMap<string, string> = new Map([
  ['character', 'char'],
  ['dec', 'decimal'],
  ['double', 'float'],
  ['integer', 'int'],
  ['rowversion', 'timestamp'],
]);

/** T-SQL for a managed type, as Visual Studio declares it where no SqlFacet says more ("SqlFacetAttribute", remarks). */
export const declaredTypes: ReadonlyMap<string, string> = new Map([
  ['Boolean', 'bit'],
  ['Byte', 'tinyint'],
  ['Byte[]', 'varbinary(8000)'],
  ['Char', 'nchar(1)'],
  ['Char[]', 'nvarchar(4000)'],
  ['DateTime', 'datetime'],
  ['DateTimeOffset', 'datetimeoffset'],
  ['Decimal', 'decimal(18, 0)'],
  ['Double', 'float'],
  ['Guid', 'uniqueidentifier'],
  ['Int16', 'smallint'],
  ['Int32', 'int'],
  ['Int64', 'bigint'],
  ['Object', 'sql_variant'],
  ['Single', 'real'],
  ['SqlBinary', 'varbinary(8000)'],
  ['SqlBoolean', 'bit'],
  ['SqlByte', 'tinyint'],
  ['SqlBytes', 'varbinary(max)'],
  ['SqlChars', 'nvarchar(max)'],
  ['SqlDateTime', 'datetime'],
  ['SqlDecimal', 'decimal(18, 0)'],
  ['SqlDouble', 'float'],
  ['SqlGeography', 'geography'],
  ['SqlGeometry', 'geometry'],
  ['SqlGuid', 'uniqueidentifier'],
  ['SqlHierarchyId', 'hierarchyid'],
  ['SqlInt16', 'smallint'],
  ['SqlInt32', 'int'],
  ['SqlInt64', 'bigint'],
  ['SqlMoney', 'money'],
  ['SqlSingle', 'real'],
  ['SqlString', 'nvarchar(4000)'],
  ['SqlXml', 'xml'],
  ['String', 'nvarchar(4000)'],
  ['TimeSpan', 'time'],
]);

export function findTypeMapping(sql: string): TypeMapping | undefined {
  const name = sql.toLowerCase();
  return byName.get(typeSynonyms.get(name) ?? name);
}

/** Of a managed type that the table has: whether only its `Nullable` can be NULL. */
export function hasNoNull(managed: string): boolean {
  return typeMappings.some((row) => row.managed.includes(`${managed}?`));
}

const byName: ReadonlyMap<string, TypeMapping> = new Map(typeMappings.map((row) => [row.sql, row]));
