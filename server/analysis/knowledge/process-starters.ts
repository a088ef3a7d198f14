// Members of the framework that start processes or shells, and what tells that they do.
// Sources: .NET Framework 4.8 API reference; learn.microsoft.com "Create method of the Win32_Process class", "WshShell",
// "xp_cmdshell (Transact-SQL)", "PowerShell Class"; read 2026-11.
import { frameworksOwn } from './sql-clients.js';

export interface ProcessStarter {
  readonly type: string;
  readonly member: string;
  /** The argument that `given` is about, from 0. */
  readonly argument: number;
  /** It starts one only where the argument is such a string. */
  readonly given?: RegExp;
  /** ... and what it is called on was made of such a string. */
  readonly madeOf?: RegExp;
  /** In words; left out where the first argument, or a ProcessStartInfo, has the command. */
  readonly does?: string;
}

const wmiProcess = /(?:^|:)Win32_Process$/i;
const cmdshell = /\bxp_cmdshell\b/i;
const shellObject = /^(?:WScript\.Shell|Shell\.Application|MMC20\.Application)(?:\.\d+)?$/i;
const runsCmdshell = 'runs xp_cmdshell';

export const processStarters: readonly ProcessStarter[] = [
  {
    type: 'Microsoft.VisualBasic.Interaction',
    member: 'CreateObject',
    argument: 0,
    given: shellObject,
    does: 'makes a shell object',
  },
  { type: 'Microsoft.VisualBasic.Interaction', member: 'Shell', argument: 0 },
  { type: 'System.Data.Common.DbCommand', member: 'set_CommandText', argument: 0, given: cmdshell, does: runsCmdshell },
  { type: 'System.Data.IDbCommand', member: 'set_CommandText', argument: 0, given: cmdshell, does: runsCmdshell },
  { type: 'System.Data.SqlClient.SqlCommand', member: '.ctor', argument: 0, given: cmdshell, does: runsCmdshell },
  {
    type: 'System.Data.SqlClient.SqlCommand',
    member: 'set_CommandText',
    argument: 0,
    given: cmdshell,
    does: runsCmdshell,
  },
  { type: 'System.Diagnostics.Process', member: 'Start', argument: 0 },
  {
    type: 'System.Management.Automation.PowerShell',
    member: 'BeginInvoke',
    argument: 0,
    does: 'runs PowerShell',
  },
  { type: 'System.Management.Automation.PowerShell', member: 'Invoke', argument: 0, does: 'runs PowerShell' },
  { type: 'System.Management.Automation.Runspaces.Pipeline', member: 'Invoke', argument: 0, does: 'runs PowerShell' },
  {
    type: 'System.Management.ManagementObject',
    member: 'InvokeMethod',
    argument: 0,
    given: /^Create$/i,
    madeOf: wmiProcess,
    does: 'starts a process',
  },
  {
    type: 'System.Type',
    member: 'GetTypeFromProgID',
    argument: 0,
    given: shellObject,
    does: 'makes a shell object',
  },
];

const byMember = new Map(processStarters.map((row) => [`${row.type}::${row.member}`, row]));

export function findProcessStarter(type: string, member: string): ProcessStarter | undefined {
  return byMember.get(`${frameworksOwn(type)}::${member}`);
}
