// What SQL Server asks of methods, types and aggregates, as learn.microsoft.com has it: "CLR stored procedures", "CLR scalar-valued
// functions", "CLR table-valued functions", "CLR triggers", "CLR user-defined types", "User-defined type requirements", "CLR
// user-defined aggregates: requirements", "Mapping CLR parameter data".
import { holdFacts, made, methods, type Fact } from '../support/facts.js';

const procedure = (cs: string, parameters = ''): Pick<Extract<Fact, { sql: unknown }>, 'sql' | 'cs'> => ({
  sql: `${made('A')}CREATE PROCEDURE dbo.Run ${parameters} AS EXTERNAL NAME A.P.Run;`,
  cs: { A: methods(cs) },
});
const scalar = (cs: string, parameters = '@v int', returns = 'int', more = ''): ReturnType<typeof procedure> => ({
  sql: `${made('A')}CREATE FUNCTION dbo.F (${parameters}) RETURNS ${returns} AS EXTERNAL NAME A.P.F;\nGO\n${more}`,
  cs: { A: methods(cs) },
});
const table = (cs: string, columns = 'V int'): ReturnType<typeof procedure> => ({
  sql: `${made('A')}CREATE FUNCTION dbo.F () RETURNS TABLE (${columns}) AS EXTERNAL NAME A.P.F;`,
  cs: { A: methods(cs) },
});
const filled =
  '[SqlFunction(FillRowMethodName = "Fill")] public static IEnumerable F() { return new int[1]; } public static void Fill(object row, out int v) { v = 1; }';
const trigger = (cs: string): ReturnType<typeof procedure> => ({
  sql: `${made('A')}CREATE TRIGGER dbo.Run ON dbo.T FOR INSERT AS EXTERNAL NAME A.P.Run;`,
  cs: { A: methods(cs) },
});
const parts = {
  attribute: '[SqlUserDefinedType(Format.Native)]',
  head: 'public struct Point : INullable',
  fields: 'public int X;',
  isNull: 'public bool IsNull { get { return false; } }',
  nothing: 'public static Point Null { get { return new Point(); } }',
  parse: 'public static Point Parse(SqlString s) { return new Point(); }',
  text: 'public override string ToString() { return ""; }',
  more: '',
};
const type = (other: Partial<typeof parts>, more = ''): ReturnType<typeof procedure> => {
  const { attribute, head, ...body } = { ...parts, ...other };
  return {
    sql: `${made('A')}CREATE TYPE dbo.Point EXTERNAL NAME A.Point;\nGO\n${more}`,
    cs: { A: `${attribute} ${head} { ${Object.values(body).join(' ')} }` },
  };
};
const sums = {
  attribute: '[SqlUserDefinedAggregate(Format.Native)]',
  fields: 'private int sum;',
  init: 'public void Init() { sum = 0; }',
  accumulate: 'public void Accumulate(SqlInt32 v) { sum += v.Value; }',
  merge: 'public void Merge(Total o) { sum += o.sum; }',
  terminate: 'public SqlInt32 Terminate() { return sum; }',
};
const aggregate = (other: Partial<typeof sums>, parameter = '@v int'): ReturnType<typeof procedure> => {
  const { attribute, ...body } = { ...sums, ...other };
  return {
    sql: `${made('A')}CREATE AGGREGATE dbo.Total (${parameter}) RETURNS int EXTERNAL NAME A.Total;`,
    cs: { A: `${attribute} public struct Total { ${Object.values(body).join(' ')} }` },
  };
};
const index = 'CREATE TABLE dbo.T (P dbo.Point);\nGO\nCREATE INDEX I ON dbo.T (P);';

const facts: readonly Fact[] = [
  // Procedures.
  {
    fact: 'The method of a procedure returns nothing, int, SqlInt32 or int?',
    ...procedure('public static string Run() { return ""; }'),
    found: ['return-type-mismatch 6567'],
  },
  {
    fact: 'int? is the status of a procedure',
    ...procedure('public static int? Run() { return 0; }'),
    notFound: ['return-type-mismatch'],
  },
  {
    fact: 'T-SQL declares as many parameters as the method has',
    ...procedure('public static void Run(int a) { }'),
    found: ['parameter-count-mismatch 6550'],
  },
  {
    fact: 'OUTPUT is out or ref',
    ...procedure('public static void Run(int a) { }', '@a int OUTPUT'),
    found: ['output-mismatch 6580'],
  },
  {
    fact: 'No table is a parameter',
    sql: `CREATE TYPE dbo.Rows AS TABLE (V int);\nGO\n${made('A')}CREATE PROCEDURE dbo.Run @a dbo.Rows READONLY AS EXTERNAL NAME A.P.Run;`,
    cs: { A: methods('public static void Run(object a) { }') },
    found: ['parameter-type-mismatch'],
  },
  // Scalar functions.
  {
    fact: 'varchar is no parameter of a function',
    ...scalar('public static int F(string v) { return 0; }', '@v varchar(10)'),
    found: ['parameter-type-mismatch 6552'],
  },
  {
    fact: 'Parameters of a function are given by value',
    ...scalar('public static int F(ref int v) { return 0; }'),
    found: ['output-mismatch'],
  },
  {
    fact: 'A function changes no data',
    whyNot: 'Which text of a command changes data is asked by the graph of links alone, which names the permission',
  },
  {
    fact: 'RETURNS NULL ON NULL INPUT in T-SQL outweighs the attribute',
    sql: `${made('A')}CREATE FUNCTION dbo.F (@v int) RETURNS int WITH RETURNS NULL ON NULL INPUT AS EXTERNAL NAME A.P.F;\nGO\nSELECT dbo.F(NULL);`,
    cs: { A: methods('[SqlFunction] public static int F(int v) { return v; }') },
    notFound: ['mistaken-call'],
  },
  {
    fact: 'NULL for a plain value type is refused when it runs',
    ...scalar('[SqlFunction] public static int F(int v) { return v; }', '@v int', 'int', 'SELECT dbo.F(NULL);'),
    found: ['mistaken-call 6569'],
  },
  // Table-valued functions.
  {
    fact: 'A table comes from IEnumerable or IEnumerator, marked with FillRowMethodName',
    ...table('[SqlFunction] public static IEnumerable F() { return null; }'),
    found: ['fill-row-mismatch 10306'],
  },
  {
    fact: 'A table that is filled as it is declared is taken',
    ...table(filled),
    notFound: ['fill-row-mismatch', 'table-shape-mismatch', 'return-type-mismatch'],
  },
  {
    fact: 'FillRow has an object and one out parameter a column',
    ...table(filled, 'V int, W int'),
    found: ['fill-row-mismatch 6208'],
  },
  {
    fact: 'FillRow takes the row as object',
    ...table(filled.replace('object row', 'int row')),
    found: ['fill-row-mismatch 6591'],
  },
  {
    fact: 'No column of the table is varchar',
    ...table(filled.replace('out int v) { v = 1', 'out string v) { v = ""'), 'V varchar(10)'),
    found: ['table-shape-mismatch 6514'],
  },
  {
    fact: 'No column of the table is NOT NULL',
    ...table(filled, 'V int NOT NULL'),
    found: ['table-shape-mismatch 6526'],
  },
  {
    fact: 'The types of columns are those that FillRow fills',
    ...table(filled, 'V bigint'),
    found: ['fill-row-mismatch 6258'],
  },
  {
    fact: 'The method that makes the table reads data, and FillRow does not',
    whyNot: 'On the page of context-connection-misuse: what is opened while SQL Server asks for rows',
  },
  // Triggers.
  {
    fact: 'The method of a trigger returns nothing',
    ...trigger('public static int Run() { return 0; }'),
    found: ['return-type-mismatch 6500'],
  },
  {
    fact: 'The method of a trigger takes nothing',
    ...trigger('public static void Run(int a) { }'),
    found: ['parameter-count-mismatch 6531'],
  },
  { fact: 'The class of a trigger is not nested', whyNot: 'No error says so, and other pages bind nested classes' },
  { fact: 'TriggerContext is there in triggers alone', whyNot: 'It is null elsewhere; what then runs is not followed' },
  {
    fact: 'TriggerAction has Invalid, Insert, Update and Delete',
    whyNot: 'The values of an enumeration, which no rule compares',
  },
  // Types.
  { fact: 'A type is marked with SqlUserDefinedType', ...type({ attribute: '' }), found: ['type-contract 6255'] },
  { fact: 'A type that is all that is asked is taken', ...type({}), notFound: ['type-contract'] },
  { fact: 'A type implements INullable', ...type({ head: 'public struct Point' }), found: ['type-contract 6577'] },
  { fact: 'A type has a public static Null', ...type({ nothing: '' }), found: ['type-contract 6557'] },
  { fact: 'A type has a public static Parse', ...type({ parse: '' }), found: ['type-contract 6558'] },
  { fact: 'A type overrides ToString', whyNot: 'Every class has one, and no error says that it is not its own' },
  {
    fact: 'A class that is a type has a public constructor without parameters',
    whyNot: 'No number is documented for one without',
  },
  {
    fact: 'Format.Native has fields of numbers and their like alone',
    ...type({ fields: 'public int X; public decimal Y;' }),
    found: ['type-contract 6222'],
  },
  {
    fact: 'Format.UserDefined is IBinarySerialize with a MaxByteSize',
    ...type({ attribute: '[SqlUserDefinedType(Format.UserDefined)]' }),
    found: ['type-contract 6226', 'type-contract 6244'],
  },
  { fact: 'An index needs IsByteOrdered', ...type({}, index), found: ['unindexable-routine 6210'] },
  {
    fact: 'With IsByteOrdered there is an index',
    ...type({ attribute: '[SqlUserDefinedType(Format.Native, IsByteOrdered = true)]' }, index),
    notFound: ['unindexable-routine'],
  },
  { fact: 'Public names have at most 128 characters', whyNot: 'No number is documented, and nobody writes such names' },
  {
    fact: 'Overloads stand in the class, and T-SQL does not call them',
    ...type({ more: 'public int Add(int a) { return a; } public int Add(int a, int b) { return a; }' }),
    notFound: ['type-contract'],
  },
  {
    fact: 'Inherited members are not seen by T-SQL',
    whyNot: 'type-member-misuse is silent about types with a base: other pages differ',
  },
  {
    fact: 'A static member of a type is readonly in SAFE',
    ...type({ fields: 'public int X; public static int Y;' }),
    found: ['mutable-static-field 6211'],
  },
  { fact: 'One type of T-SQL for a class', whyNot: 'No number is documented for a second one' },
  {
    fact: 'A type is IXmlSerializable, or its public members are',
    whyNot: 'It is asked when a value becomes XML, which is not followed',
  },
  { fact: 'sql_variant holds no user-defined type', whyNot: 'Assignments are not read' },
  {
    fact: 'ValidationMethodName is an instance method that returns bool',
    ...type({
      attribute: '[SqlUserDefinedType(Format.Native, ValidationMethodName = "Check")]',
      more: 'public static bool Check() { return true; }',
    }),
    found: ['type-contract 6248'],
  },
  // Aggregates.
  {
    fact: 'An aggregate is marked with SqlUserDefinedAggregate',
    ...aggregate({ attribute: '' }),
    found: ['aggregate-contract 6255'],
  },
  {
    fact: 'An aggregate that is all that is asked is taken',
    ...aggregate({}),
    notFound: ['aggregate-contract', 'parameter-type-mismatch'],
  },
  {
    fact: 'An aggregate has Init, Accumulate, Merge and Terminate',
    ...aggregate({ merge: '' }),
    found: ['aggregate-contract 6558'],
  },
  { fact: 'Init sets every field again', whyNot: 'What a field was before is not followed from group to group' },
  {
    fact: 'The state of an aggregate is written as a type is',
    ...aggregate({ fields: 'private int sum; private string text;' }),
    found: ['aggregate-contract 6225'],
  },
  {
    fact: 'Parameters of an aggregate are those of Accumulate',
    ...aggregate({}, '@v bigint'),
    found: ['parameter-type-mismatch 6552'],
  },
  {
    fact: 'A parameter of an aggregate has no default',
    ...aggregate({}, '@v int = 1'),
    found: ['aggregate-contract 10726'],
  },
  // All that is bound.
  {
    fact: 'The class is public',
    sql: `${made('A')}CREATE PROCEDURE dbo.Run AS EXTERNAL NAME A.P.Run;`,
    cs: { A: 'class P { public static void Run() { } }' },
    found: ['routine-not-public-static 6576'],
  },
  { fact: 'The method is public', ...procedure('static void Run() { }'), found: ['routine-not-public-static 6574'] },
  {
    fact: 'The method has no overload',
    ...procedure('public static void Run() { } public static void Run(int a) { }'),
    found: ['routine-not-public-static 6572'],
  },
  {
    fact: 'No parameter is params',
    ...procedure('public static void Run(params int[] a) { }', '@a int'),
    found: ['routine-not-public-static 10318'],
  },
  {
    fact: 'The calling convention is the ordinary one',
    whyNot: 'C# has no other; in IL on the page of routine-not-public-static',
  },
  // SqlFacet, and where attributes stand.
  {
    fact: 'SqlFacet says Precision and Scale together',
    ...type({ more: '[SqlFacet(Precision = 9)] public SqlDecimal D { get { return 0; } }' }),
    found: ['type-contract 6298'],
  },
  {
    fact: 'SqlFacet has no fixed length without an end',
    ...type({ more: '[SqlFacet(MaxSize = -1, IsFixedLength = true)] public SqlString S { get { return ""; } }' }),
    found: ['type-contract 6297'],
  },
  {
    fact: 'SqlFacet stands on public members',
    ...type({ fields: '[SqlFacet(IsNullable = true)] private int x;' }),
    found: ['type-contract 6293'],
  },
  {
    fact: 'SqlFacet stands on the property, and not on its accessor',
    ...type({ more: 'public SqlString S { [return: SqlFacet(MaxSize = 9)] get { return ""; } }' }),
    found: ['type-contract 6296'],
  },
  {
    fact: 'Names and descriptions in attributes are for tools',
    whyNot: 'SqlFunction.Name and the like: SQL Server does not look at them',
  },
  {
    fact: 'As OUTPUT, Decimal and SqlMoney are not smallmoney, Decimal not money, DateTime and SqlDateTime not smalldatetime',
    whyNot: 'One page has the exceptions and CREATE PROCEDURE has not: neither right nor wrong',
  },
];

/** "Mapping CLR parameter data": what is taken, and one that is not. */
const mapped: Readonly<Record<string, readonly (readonly string[])[]>> = {
  bigint: [
    ['SqlInt64', 'long', 'long?'],
    ['int', 'SqlInt32'],
  ],
  'binary(10)': [['SqlBytes', 'SqlBinary', 'byte[]'], ['string']],
  bit: [
    ['SqlBoolean', 'bool', 'bool?'],
    ['SqlInt32', 'int'],
  ],
  'char(10)': [[], ['string', 'SqlString']],
  date: [['DateTime', 'DateTime?'], ['string']],
  datetime: [['SqlDateTime', 'DateTime', 'DateTime?'], ['TimeSpan']],
  datetime2: [['DateTime', 'DateTime?'], ['TimeSpan']],
  datetimeoffset: [['DateTimeOffset', 'DateTimeOffset?'], ['DateTime']],
  'decimal(9, 2)': [['SqlDecimal', 'decimal', 'decimal?'], ['double']],
  float: [['SqlDouble', 'double', 'double?'], ['float']],
  image: [[], ['SqlBytes', 'byte[]']],
  int: [
    ['SqlInt32', 'int', 'int?'],
    ['long', 'short'],
  ],
  money: [['SqlMoney', 'decimal', 'decimal?'], ['double']],
  'nchar(10)': [['SqlChars', 'SqlString', 'string', 'char[]'], ['int']],
  ntext: [[], ['string', 'SqlString']],
  'numeric(9, 2)': [['SqlDecimal', 'decimal', 'decimal?'], ['int']],
  'nvarchar(10)': [['SqlChars', 'SqlString', 'string', 'char[]'], ['int']],
  'nvarchar(1)': [['SqlChars', 'SqlString', 'string', 'char[]', 'char', 'char?'], ['int']],
  real: [['SqlSingle', 'float', 'float?'], ['double']],
  smallint: [['SqlInt16', 'short', 'short?'], ['int']],
  smallmoney: [['SqlMoney', 'decimal', 'decimal?'], ['int']],
  smalldatetime: [['SqlDateTime', 'DateTime'], ['string']],
  sql_variant: [['object'], ['string']],
  text: [[], ['string']],
  time: [['TimeSpan', 'TimeSpan?'], ['int']],
  tinyint: [['SqlByte', 'byte', 'byte?'], ['int']],
  uniqueidentifier: [['SqlGuid', 'Guid', 'Guid?'], ['string']],
  'varbinary(10)': [['SqlBytes', 'SqlBinary', 'byte[]'], ['string']],
  'varbinary(1)': [['SqlBytes', 'SqlBinary', 'byte[]', 'byte', 'byte?'], ['string']],
  'varchar(10)': [[], ['string', 'SqlString']],
  xml: [['SqlXml'], ['string']],
};
const mappings = Object.entries(mapped).flatMap(([sql, [taken = [], refused = []]]): Fact[] => [
  ...taken.map((one) => ({
    fact: `${one} is taken for ${sql}`,
    ...scalar(`[SqlFunction] public static int F(${one} v) { return 0; }`, `@v ${sql}`),
    notFound: ['parameter-type-mismatch'],
  })),
  ...refused.map((one) => ({
    fact: `${one} is not taken for ${sql}`,
    ...scalar(`[SqlFunction] public static int F(${one} v) { return 0; }`, `@v ${sql}`),
    found: ['parameter-type-mismatch'],
  })),
]);

holdFacts([
  ...facts,
  ...mappings,
  {
    fact: 'cursor stands for nothing',
    whyNot: 'A parameter of the type needs VARYING OUTPUT, and no page tells the number',
  },
  {
    fact: 'rowversion is Byte[], and timestamp nothing',
    whyNot: 'They are one type, and the page has both: neither right nor wrong',
  },
  {
    fact: 'geography, geometry and hierarchyid stand for the classes of Microsoft.SqlServer.Types',
    whyNot: 'Tested with the table in test/knowledge; the classes are in no reference assembly here',
  },
]);
