// What changes the Windows identity a thread runs under, what gives it back, and whose it is.
// Sources: learn.microsoft.com "Impersonation and CLR integration security", "Impersonation and Credentials for Connections",
// "SqlContext Object"; .NET Framework 4.8 API reference (WindowsIdentity, WindowsImpersonationContext); Win32 API reference
// (LogonUser, ImpersonateLoggedOnUser, RevertToSelf); read 2026-11.

/**
 * `caller`: gives the identity of who called, or null where that is a login of SQL Server's own. `runs`: a delegate under another
 * identity, and goes back by itself.
 */
export type IdentityAct = 'caller' | 'impersonates' | 'reverts' | 'runs';

export const windowsIdentity = 'System.Security.Principal.WindowsIdentity';
export const impersonationContext = 'System.Security.Principal.WindowsImpersonationContext';

const members: readonly (readonly [type: string, member: string, does: IdentityAct])[] = [
  ['Microsoft.SqlServer.Server.SqlContext', 'get_WindowsIdentity', 'caller'],
  [windowsIdentity, 'Impersonate', 'impersonates'],
  [windowsIdentity, 'RunImpersonated', 'runs'],
  [impersonationContext, 'Dispose', 'reverts'],
  [impersonationContext, 'Undo', 'reverts'],
];

export function findIdentityAct(type: string, member: string): IdentityAct | undefined {
  return members.find(([owner, name]) => owner === type && name === member)?.[2];
}

const tokens: ReadonlySet<string> = new Set(['get_AccessToken', 'get_Token']);

/** Members of WindowsIdentity that give what stands for it. */
export function givesToken(member: string): boolean {
  return tokens.has(member);
}

/** Compare two references: with null they ask whether the other is. */
const comparing: ReadonlySet<string> = new Set(['Equals', 'ReferenceEquals']);

export function comparesReferences(type: string, member: string): boolean {
  return type === 'System.Object' && comparing.has(member);
}

/** Functions of advapi32.dll: each answers whether it did, RevertToSelf aside. `logs on`: gives a token, and changes nothing yet. */
const functions: readonly (readonly [name: string, does: 'impersonates' | 'reverts' | 'logs on'])[] = [
  ['ImpersonateAnonymousToken', 'impersonates'],
  ['ImpersonateLoggedOnUser', 'impersonates'],
  ['ImpersonateNamedPipeClient', 'impersonates'],
  ['LogonUser', 'logs on'],
  ['LogonUserA', 'logs on'],
  ['LogonUserEx', 'logs on'],
  ['LogonUserW', 'logs on'],
  ['RevertToSelf', 'reverts'],
];

export function findIdentityFunction(name: string): 'impersonates' | 'reverts' | 'logs on' | undefined {
  return functions.find(([one]) => one === name)?.[1];
}
