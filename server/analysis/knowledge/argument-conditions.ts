// Members whose arguments decide what they need. The table of API permissions says so in its notes; here are the arguments.
// Sources: "CLR Integration Code Access Security" (SqlClientPermission: only the context connection is granted to SAFE);
// .NET Framework reference source: RegistryKey.OpenSubKey, SmtpClient.Port.
import type { ApiRequirement } from './api-permissions.js';

type ApiPermissionSet = ApiRequirement['permissionSet'];

export interface ArgumentCondition {
  readonly type: string;
  readonly member: string;
  /** Short names, as in the table of API permissions. */
  readonly parameters: readonly string[];
  /** Which of them decides, from 0. */
  readonly argument: number;
  /** `context-connection`: a connection string that opens the connection SQL Server is already in; `anything`: this overload. */
  readonly is: 'context-connection' | 'anything' | { readonly oneOf: readonly (string | number | null)[] };
  /** What the call needs where the argument is so, and where it surely is not. Where it is not known, the weaker is said. */
  readonly then: ApiPermissionSet;
  readonly otherwise: ApiPermissionSet;
}

export const argumentConditions: readonly ArgumentCondition[] = [
  connection('.ctor', ['String']),
  connection('.ctor', ['String', 'SqlCredential']),
  connection('set_ConnectionString', ['String']),
  {
    type: 'Microsoft.Win32.RegistryKey',
    member: 'OpenSubKey',
    parameters: ['String', 'Boolean'],
    argument: 1,
    is: { oneOf: [0] },
    then: 'EXTERNAL_ACCESS',
    otherwise: 'UNSAFE',
  },
  {
    // RegistryKeyPermissionCheck: Default, ReadSubTree.
    type: 'Microsoft.Win32.RegistryKey',
    member: 'OpenSubKey',
    parameters: ['String', 'RegistryKeyPermissionCheck'],
    argument: 1,
    is: { oneOf: [0, 1] },
    then: 'EXTERNAL_ACCESS',
    otherwise: 'UNSAFE',
  },
  {
    type: 'System.Xml.XmlDocument',
    member: 'set_XmlResolver',
    parameters: ['XmlResolver'],
    argument: 0,
    is: { oneOf: [null] },
    then: 'SAFE',
    otherwise: 'UNSAFE',
  },
  anonymouslyHosted(['String', 'Type', 'Type[]']),
  anonymouslyHosted(['String', 'Type', 'Type[]', 'Boolean']),
  {
    type: 'System.Net.Mail.SmtpClient',
    member: 'set_Port',
    parameters: ['Int32'],
    argument: 0,
    is: { oneOf: [25] },
    then: 'EXTERNAL_ACCESS',
    otherwise: 'UNSAFE',
  },
  {
    type: 'System.Net.Mail.SmtpClient',
    member: '.ctor',
    parameters: ['String', 'Int32'],
    argument: 1,
    is: { oneOf: [25] },
    then: 'EXTERNAL_ACCESS',
    otherwise: 'UNSAFE',
  },
];

function connection(member: string, parameters: readonly string[]): ArgumentCondition {
  return {
    type: 'System.Data.SqlClient.SqlConnection',
    member,
    parameters,
    argument: 0,
    is: 'context-connection',
    then: 'SAFE',
    otherwise: 'EXTERNAL_ACCESS',
  };
}

/** A dynamic method that belongs to no type or module needs no permission. */
function anonymouslyHosted(parameters: readonly string[]): ArgumentCondition {
  return {
    type: 'System.Reflection.Emit.DynamicMethod',
    member: '.ctor',
    parameters,
    argument: 0,
    is: 'anything',
    then: 'SAFE',
    otherwise: 'UNSAFE',
  };
}

/** Whether arguments matter for any member of that name. */
export function hasArgumentCondition(member: string): boolean {
  return argumentConditions.some((row) => row.member === member);
}

export function findArgumentCondition(
  type: string,
  member: string,
  parameters: readonly string[],
): ArgumentCondition | undefined {
  return argumentConditions.find(
    (row) => row.type === type && row.member === member && row.parameters.join() === parameters.join(),
  );
}

/**
 * Whether a connection string asks for the context connection. A keyword given twice counts the last time; `yes` and `true`
 * in any case are true ("SqlConnection.ConnectionString Property").
 */
export function isContextConnection(connectionString: string): boolean {
  const values = [...connectionString.matchAll(/(?:^|;)\s*context\s+connection\s*=\s*["']?(\w+)["']?\s*(?=;|$)/gi)];
  const last = values.at(-1)?.[1]?.toLowerCase();
  return last === 'true' || last === 'yes';
}
