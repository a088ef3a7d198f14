// What says which protocols and which certificates a connection takes.
// Sources: .NET Framework 4.8 API reference (SecurityProtocolType, SslProtocols, RemoteCertificateValidationCallback);
// learn.microsoft.com "Transport Layer Security (TLS) best practices with .NET Framework"; RFC 8996; CA5364, CA5397, CA5398 of the
// .NET code quality rules; read 2026-11.

/** Bits of SecurityProtocolType and SslProtocols. */
export const weakProtocols: readonly { readonly bits: number; readonly name: string }[] = [
  { bits: 0x0c, name: 'SSL 2' },
  { bits: 0x30, name: 'SSL 3' },
  { bits: 0xc0, name: 'TLS 1.0' },
  { bits: 0x300, name: 'TLS 1.1' },
];

/** Parameters of these types are sets of protocols. */
export const protocolTypes: ReadonlySet<string> = new Set([
  'System.Net.SecurityProtocolType',
  'System.Security.Authentication.SslProtocols',
]);

/** What the types have as of version 4.5, and members of theirs that name weak ones. */
export const soundProtocol = { member: 'Tls12', name: 'TLS 1.2', since: '4.5' } as const;

export const weakProtocolMembers: ReadonlySet<string> = new Set(['Default', 'Ssl2', 'Ssl3', 'Tls', 'Tls11']);

/** Switches of AppContext that, turned on, let weak protocols in. */
export const weakeningSwitches: ReadonlySet<string> = new Set([
  'Switch.System.Net.DontEnableSchUseStrongCrypto',
  'Switch.System.Net.DontEnableSystemDefaultTlsVersions',
]);

/** Delegates that say whether a certificate is right. */
export const certificateCallbacks: ReadonlySet<string> = new Set([
  'System.DirectoryServices.Protocols.VerifyServerCertificateCallback',
  'System.Net.Security.RemoteCertificateValidationCallback',
]);

/** Where one is handed over as a delegate of no name of its own, as the first argument. */
export const certificateSetters: ReadonlySet<string> = new Set([
  'System.Net.Http.HttpClientHandler::set_ServerCertificateCustomValidationCallback',
]);

/** Takes an object that says so, an ICertificatePolicy. */
export const certificatePolicySetter = 'System.Net.ServicePointManager::set_CertificatePolicy';
