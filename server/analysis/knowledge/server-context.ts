// What code inside SQL Server is given by it: the caller's identity, the pipe, the trigger's context, the connection it came by.
// Sources: learn.microsoft.com "SqlContext object", "SqlPipe object", "SqlTriggerContext object", "Impersonation and credentials for
// connections", "Context connection", "Context connections and regular connections - restrictions", "CLR integration code access
// security"; .NET Framework reference source, System.Data (sqlcontext.cs, sqlpipe.cs, TriggerAction.cs); read 2026-11.

export interface ContextMember {
  readonly type: string;
  /** By metadata name; several that one row is about. */
  readonly members: readonly string[];
  readonly what: string;
  /** Where it is null, refused or not allowed, and under which identity. */
  readonly details: readonly string[];
  /** Its title, and its path below `learn.microsoft.com`. */
  readonly page: readonly [title: string, path: string];
}

type Page = ContextMember['page'];

const dataAccess = 'sql/relational-databases/clr-integration/data-access/';
const impersonation: Page = [
  'Impersonation and credentials for connections',
  `${dataAccess}impersonation-and-credentials-for-connections`,
];
const api = (name: string): Page => [name, `dotnet/api/microsoft.sqlserver.server.${name.toLowerCase()}`];
const sqlContext = 'Microsoft.SqlServer.Server.SqlContext';
const sqlPipe = 'Microsoft.SqlServer.Server.SqlPipe';
const trigger = 'Microsoft.SqlServer.Server.SqlTriggerContext';
const identity = 'System.Security.Principal.WindowsIdentity';
const impersonating = 'System.Security.Principal.WindowsImpersonationContext';

export const contextMembers: readonly ContextMember[] = [
  {
    type: sqlContext,
    members: ['get_WindowsIdentity'],
    what: 'The Windows identity of the caller; null where the client logged on with SQL Server authentication.',
    details: [
      'Code that does not look for null first throws for them (Msg 6522).',
      'Nothing impersonates by itself: until Impersonate is called, what is reached outside is reached as the service account.',
      'In a routine WITH EXECUTE AS another principal, and for a SQL Server login, external access fails with a SecurityException.',
    ],
    page: impersonation,
  },
  {
    type: sqlContext,
    members: ['get_Pipe'],
    what: 'What sends rows and messages to the client.',
    details: ['Procedures and triggers have one, functions have not.', 'In triggers it is discouraged.'],
    page: api('SqlContext.Pipe'),
  },
  {
    type: sqlContext,
    members: ['get_TriggerContext'],
    what: 'What fired the trigger; null in whatever is no trigger.',
    details: [],
    page: api('SqlContext.TriggerContext'),
  },
  {
    type: sqlContext,
    members: ['get_IsAvailable'],
    what: 'Whether the code runs inside SQL Server.',
    details: [
      'Where it is false, the other members of SqlContext throw InvalidOperationException, and no context connection opens.',
      'It is true on threads that the code has started too, where the others fail as well.',
    ],
    page: api('SqlContext.IsAvailable'),
  },
  {
    type: identity,
    members: ['Impersonate'],
    what: 'Runs the thread as this identity, until what it returns is undone.',
    details: [
      'Meanwhile there is no data access: the context connection and SqlPipe.ExecuteAndSend fail (Msg 6233).',
      'Undo in a finally block: a routine that returns without is aborted (Msg 10312).',
      'No other machine takes this identity without Kerberos delegation.',
      'A function with parameters of large types, and the first method of a table-valued one, needs DataAccess = DataAccessKind.Read to impersonate; the method that fills rows may not.',
    ],
    page: impersonation,
  },
  {
    type: identity,
    members: ['GetCurrent'],
    what: 'The identity that the thread runs under: inside SQL Server the service account, unless the code impersonates.',
    details: ['The caller is SqlContext.WindowsIdentity.'],
    page: impersonation,
  },
  {
    type: impersonating,
    members: ['Undo', 'Dispose'],
    what: 'Gives the thread back its identity: data can be accessed again.',
    details: [
      'In a finally block, for a routine that returns without is aborted (Msg 10312), which hides its own exception.',
    ],
    page: impersonation,
  },
  {
    type: sqlPipe,
    members: ['Send'],
    what: 'Sends a message, a row or a whole result to the client.',
    details: [
      'A message of more than 4000 characters throws.',
      'Between SendResultsStart and SendResultsEnd nothing else may be sent.',
    ],
    page: api('SqlPipe.Send'),
  },
  {
    type: sqlPipe,
    members: ['ExecuteAndSend'],
    what: 'Runs a command and sends its result to the client, without reading it first.',
    details: ['The command must be on the context connection.', 'It fails while the thread impersonates (Msg 6233).'],
    page: api('SqlPipe.ExecuteAndSend'),
  },
  {
    type: sqlPipe,
    members: ['SendResultsStart', 'SendResultsRow', 'SendResultsEnd'],
    what: 'Sends a result row by row.',
    details: [
      'In this order, and with nothing else between.',
      'A row has as many columns as the first said (Msg 6204).',
    ],
    page: api('SqlPipe'),
  },
  {
    type: trigger,
    members: ['get_TriggerAction'],
    what: 'What fired the trigger: Insert, Update or Delete, or the statement of a DDL trigger.',
    details: [],
    page: api('SqlTriggerContext.TriggerAction'),
  },
  {
    type: trigger,
    members: ['get_EventData'],
    what: 'What EVENTDATA() says, of a DDL trigger; null in others.',
    details: [],
    page: api('SqlTriggerContext.EventData'),
  },
  {
    type: trigger,
    members: ['IsUpdatedColumn', 'get_ColumnCount'],
    what: 'Which columns an INSERT or UPDATE names, counted from 0.',
    details: [],
    page: api('SqlTriggerContext'),
  },
];

export function findContextMember(type: string, member: string): ContextMember | undefined {
  return contextMembers.find((row) => row.type === type && row.members.includes(member));
}

/** Of the connection that SQL Server is already in. */
export const contextConnection: Omit<ContextMember, 'type' | 'members'> = {
  what: 'The context connection: the session, transaction and rights of whoever called the routine. Every permission set has it.',
  details: [
    'Functions and methods of types need DataAccess or SystemDataAccess = Read (Msg 6522), and change no data.',
    'One is open at a time, with one reader.',
    'Not while the thread impersonates (Msg 6233), nor on a thread that the code has started.',
    'Nothing else may stand in the connection string but Type System Version; CommandTimeout and Cancel do nothing.',
  ],
  page: ['Context connection', `${dataAccess}context-connection`],
};
