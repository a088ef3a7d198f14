// Where code hands the credentials of the account it runs as to whoever answers.
// Sources: .NET Framework 4.8 API reference (CredentialCache.DefaultCredentials, WebClient.UseDefaultCredentials,
// HttpClientHandler.UseDefaultCredentials); learn.microsoft.com "Impersonation and Credentials for Connections"; read 2026-11.

/** Setters that take them: `flag` where true says so, else an ICredentials. What goes to a proxy is not among them. */
export const credentialSetters: readonly (readonly [type: string, member: string, is: 'flag' | 'credentials'])[] = [
  ['System.Net.FtpWebRequest', 'set_Credentials', 'credentials'],
  ['System.Net.Http.HttpClientHandler', 'set_Credentials', 'credentials'],
  ['System.Net.Http.HttpClientHandler', 'set_UseDefaultCredentials', 'flag'],
  ['System.Net.HttpWebRequest', 'set_Credentials', 'credentials'],
  ['System.Net.HttpWebRequest', 'set_UseDefaultCredentials', 'flag'],
  ['System.Net.Mail.SmtpClient', 'set_Credentials', 'credentials'],
  ['System.Net.Mail.SmtpClient', 'set_UseDefaultCredentials', 'flag'],
  ['System.Net.WebClient', 'set_Credentials', 'credentials'],
  ['System.Net.WebClient', 'set_UseDefaultCredentials', 'flag'],
  ['System.Net.WebRequest', 'set_Credentials', 'credentials'],
  ['System.Net.WebRequest', 'set_UseDefaultCredentials', 'flag'],
  ['System.Web.Services.Protocols.WebClientProtocol', 'set_Credentials', 'credentials'],
  ['System.Web.Services.Protocols.WebClientProtocol', 'set_UseDefaultCredentials', 'flag'],
];

export function findCredentialSetter(type: string, member: string): 'flag' | 'credentials' | undefined {
  return credentialSetters.find(([owner, name]) => owner === type && name === member)?.[2];
}

const defaults: ReadonlySet<string> = new Set([
  'System.Net.CredentialCache::get_DefaultCredentials',
  'System.Net.CredentialCache::get_DefaultNetworkCredentials',
]);

export function isDefaultCredentials(type: string, member: string): boolean {
  return defaults.has(`${type}::${member}`);
}

/** Members after which the account is another one. */
const impersonators: ReadonlySet<string> = new Set([
  'System.Security.Principal.WindowsIdentity::Impersonate',
  'System.Security.Principal.WindowsIdentity::RunImpersonated',
]);

export function isImpersonator(type: string, member: string): boolean {
  return impersonators.has(`${type}::${member}`);
}
