// What SQL Server does with the attributes of its CLR integration, property by property.
// Sources: learn.microsoft.com "Custom attributes for CLR routines", "User-defined type requirements", "CLR user-defined
// aggregates - Requirements", "Data access from CLR database objects", "Allowing partially trusted callers"; .NET Framework
// reference source, System.Data (System/Data/Sql), for the defaults; "Database Engine events and errors"; read 2026-11.

export interface SqlClrAttribute {
  /** Full name of the attribute's type. */
  readonly type: string;
  readonly does: string;
  /** In the order in which they are told; those that a base has stand here too. */
  readonly properties: readonly AttributeProperty[];
  /** Rules that hold it against the code. */
  readonly rules?: readonly string[];
}

export interface AttributeProperty {
  readonly name: string;
  /** What holds where it is left out; undefined of what cannot be. */
  readonly default?: string;
  /** Of an enumeration: its values' names by number. */
  readonly values?: { readonly type: string; readonly names: readonly string[] };
  readonly does: string;
  /** What comes of the default; undefined where nothing does. */
  readonly leftOut?: string;
  /** What `leftOut` is about, where it is not about all. */
  readonly leftOutOf?: 'a table-valued function' | 'Format.UserDefined';
  readonly refused?: string;
  readonly rules?: readonly string[];
}

const server = 'Microsoft.SqlServer.Server.';
const deployed = (what: string, where: string): AttributeProperty => ({
  name: 'Name',
  default: 'null',
  does: `The name of the ${what} for tools that deploy it. SQL Server does not read it: ${where} says the name.`,
});

const format: AttributeProperty = {
  name: 'Format',
  values: { type: 'Format', names: ['Unknown', 'Native', 'UserDefined'] },
  does: 'How a value becomes bytes. Native: SQL Server writes the fields itself, which are numbers, Booleans, and their SqlTypes alone, in sequential layout. UserDefined: by Read and Write of IBinarySerialize.',
  refused:
    'Anything but Native and UserDefined is refused (Msg 6245), and so is a Native type without fields (Msg 6599).',
};

const maximum: AttributeProperty = {
  name: 'MaxByteSize',
  default: '0',
  does: 'The most bytes that a value takes: 1 to 8000, or -1 for more than 8000.',
  leftOut: 'refused with Format.UserDefined (Msg 6244)',
  leftOutOf: 'Format.UserDefined',
  refused: 'Format.Native may not say it (Msg 6243); anything but -1 and 1 to 8000 is refused (Msg 6244).',
};

const ofFunctions: readonly AttributeProperty[] = [
  {
    name: 'DataAccess',
    default: 'None',
    values: { type: 'DataAccessKind', names: ['None', 'Read'] },
    does: 'Whether the code reads data of users through the context connection. With Read, the function may not stand in an OUTPUT clause (Msg 345), nor its result in an index (Msg 2709).',
    leftOut: 'the context connection does not open, unless SystemDataAccess is Read (Msg 6522)',
    rules: ['missing-data-access', 'unneeded-data-access'],
  },
  {
    name: 'SystemDataAccess',
    default: 'None',
    values: { type: 'SystemDataAccessKind', names: ['None', 'Read'] },
    does: 'Whether the code reads tables and views of the system through the context connection.',
    leftOut: 'none of them can be read',
    rules: ['missing-system-data-access', 'unneeded-data-access'],
  },
  {
    name: 'IsDeterministic',
    default: 'false',
    does: 'Whether the same arguments always give the same result. SQL Server believes it: what is wrongly true can corrupt indexed views and indexed computed columns.',
    leftOut: 'its result cannot be indexed (Msg 2729)',
    rules: ['false-determinism'],
  },
  {
    name: 'IsPrecise',
    default: 'false',
    does: 'Whether the result comes without floating point computation. SQL Server believes it.',
    leftOut: 'a computed column of it is indexed only where it is persisted (Msg 2799)',
    rules: ['false-determinism'],
  },
];

export const sqlClrAttributes: readonly SqlClrAttribute[] = [
  {
    type: `${server}SqlProcedureAttribute`,
    does: 'Marks a stored procedure for tools that deploy it. SQL Server does not read it: CREATE PROCEDURE binds the method with it or without.',
    properties: [deployed('procedure', 'CREATE PROCEDURE')],
  },
  {
    type: `${server}SqlFunctionAttribute`,
    does: 'What SQL Server believes of a function. A scalar function may go without, and is taken for one with every default; the method of a table-valued function needs it (Msg 10305).',
    properties: [
      ...ofFunctions,
      {
        name: 'FillRowMethodName',
        default: 'null',
        does: 'Of a table-valued function: the method of the same class that is called for each row. It returns void, and takes an object and then one out parameter a column.',
        leftOut: 'refused for a table-valued function (Msg 10306)',
        leftOutOf: 'a table-valued function',
        refused: 'An empty name is refused (Msg 10307), and so is one that no method of the class has; case counts.',
      },
      {
        name: 'TableDefinition',
        default: 'null',
        does: 'The columns of a table-valued function for tools that deploy it. SQL Server does not read it: CREATE FUNCTION says them.',
      },
      deployed('function', 'CREATE FUNCTION'),
    ],
  },
  {
    type: `${server}SqlMethodAttribute`,
    does: 'What SQL Server believes of a method or property of a user-defined type.',
    properties: [
      {
        name: 'OnNullCall',
        default: 'true',
        does: 'Whether the method is called when an argument is NULL.',
        leftOut: 'it is called, and has to look for nulls itself',
      },
      {
        name: 'IsMutator',
        default: 'false',
        does: 'Whether the method changes the value. Only such methods update one (Msg 6201), and they stand in no query that reads (Msg 6200).',
        leftOut: 'SET and UPDATE cannot call it',
        refused: 'It must be public, an instance method, and return void (Msg 6203).',
      },
      {
        name: 'InvokeIfReceiverIsNull',
        default: 'false',
        does: 'Whether the method is called on a value that is NULL.',
        leftOut: 'it is not called, and the result is NULL',
      },
      ...ofFunctions,
      deployed('method', 'T-SQL calls it by the name in the class, which'),
    ],
  },
  {
    type: `${server}SqlTriggerAttribute`,
    does: 'Marks a trigger for tools that deploy it. SQL Server does not read it: CREATE TRIGGER says the table and the events.',
    properties: [
      { name: 'Target', default: 'null', does: 'The table of the trigger, for tools that deploy it.' },
      { name: 'Event', default: 'null', does: 'When it fires, FOR INSERT, UPDATE say, for tools that deploy it.' },
      deployed('trigger', 'CREATE TRIGGER'),
    ],
  },
  {
    type: `${server}SqlUserDefinedTypeAttribute`,
    does: 'Makes a class or structure a user-defined type. CREATE TYPE refuses one without (Msg 6255).',
    properties: [
      format,
      maximum,
      {
        name: 'IsByteOrdered',
        default: 'false',
        does: 'Whether values compare as their bytes do.',
        leftOut: 'no index, key, comparison, ORDER BY or GROUP BY over the type (Msg 6210)',
      },
      {
        name: 'IsFixedLength',
        default: 'false',
        does: 'Whether every value takes MaxByteSize bytes.',
        refused: 'Not with MaxByteSize = -1 (Msg 6247).',
      },
      {
        name: 'ValidationMethodName',
        default: 'null',
        does: 'The method that is asked whether bytes are a value where they come from outside: BULK INSERT, bcp, remote calls, DBCC. Setting a property does not call it.',
        leftOut: 'such bytes are taken as they come',
        refused:
          'An instance method without parameters that returns bool, whatever its visibility; others are refused (Msg 6248).',
      },
      deployed('type', 'CREATE TYPE'),
    ],
  },
  {
    type: `${server}SqlUserDefinedAggregateAttribute`,
    does: 'Makes a class or structure an aggregate. CREATE AGGREGATE refuses one without (Msg 6255).',
    properties: [
      format,
      maximum,
      {
        name: 'IsInvariantToDuplicates',
        default: 'false',
        does: 'Whether a value that comes twice changes nothing, as of MAX. The optimizer believes it.',
      },
      {
        name: 'IsInvariantToNulls',
        default: 'false',
        does: 'Whether NULLs change nothing. The optimizer believes it.',
        leftOut: 'PIVOT refuses the aggregate (Msg 406)',
      },
      {
        name: 'IsInvariantToOrder',
        default: 'true',
        does: 'Whether the order of the rows changes nothing. The optimizer does not use it, and promises no order.',
      },
      {
        name: 'IsNullIfEmpty',
        default: 'false',
        does: 'Whether the result is NULL where there are no rows.',
        leftOut: 'Terminate is called for no rows too',
      },
      deployed('aggregate', 'CREATE AGGREGATE'),
    ],
  },
  {
    type: `${server}SqlFacetAttribute`,
    does: 'Says of a field, property, parameter or result what its .NET type does not: length, precision, scale. Refused on what is not public (Msg 6293), and on accessors (Msg 6296).',
    properties: [
      {
        name: 'MaxSize',
        default: '0',
        does: 'The largest length, in characters or bytes; -1 for the largest there is.',
        refused: 'Of a type without length it is refused (Msg 6294), and so is a value out of range (Msg 6295).',
      },
      {
        name: 'IsFixedLength',
        default: 'false',
        does: 'Whether every value has that length.',
        refused: 'Not with MaxSize = -1 (Msg 6297).',
      },
      {
        name: 'Precision',
        default: '0',
        does: 'The digits of a decimal number.',
        refused: 'Not without Scale (Msg 6298).',
      },
      {
        name: 'Scale',
        default: '0',
        does: 'The digits behind the point of a decimal number.',
        refused: 'Not without Precision (Msg 6298).',
      },
      { name: 'IsNullable', default: 'false', does: 'Whether the value can be NULL.' },
    ],
  },
  {
    type: 'System.Security.AllowPartiallyTrustedCallersAttribute',
    does: 'Lets partially trusted code call this assembly, as SAFE and EXTERNAL_ACCESS assemblies are. Without it only fully trusted code calls an assembly with a strong name, and others fail with Msg 6522; one without a strong name is not concerned. Under clr strict security every assembly runs as UNSAFE: it matters only where that is off.',
    properties: [],
    rules: ['partially-trusted-callers-allowed'],
  },
];

export function findSqlClrAttribute(type: string): SqlClrAttribute | undefined {
  return sqlClrAttributes.find((attribute) => attribute.type === type);
}
