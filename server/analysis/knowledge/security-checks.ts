// What SQL Server checks of CLR integration, when, of whom, and with which outcome: a row for each thing that a script or C# says about it,
// in words fit to be read in an editor.
// Sources: learn.microsoft.com "CLR integration code access security", "CLR strict security", "CREATE ASSEMBLY", "ALTER ASSEMBLY",
// "DROP ASSEMBLY", "sys.sp_add_trusted_assembly", "TRUSTWORTHY database property", "Host protection attributes and CLR integration
// programming", "CLR integration programming model restrictions", "Links in CLR Integration Security", "Impersonation and CLR
// Integration Security", "Allowing Partially Trusted Callers", "Application Domains and CLR Integration Security", "CLR hosted
// environment", "GRANT assembly permissions"; read 2026-11.
import type { ReferenceTitle } from './references.js';
import type { Target } from './targets.js';

export interface SecurityCheck {
  readonly name: CheckName;
  /** One sentence, or two: what it is. */
  readonly says: string;
  /** What is checked, when, and of whom. */
  readonly checked: string;
  readonly outcome: Outcome;
  readonly page: ReferenceTitle;
  readonly rules: readonly string[];
}

/** On the chosen target. */
export interface Outcome {
  /** Wherever nothing else is said. */
  readonly usual: string;
  /** Where `clr strict security` is on. */
  readonly strict?: string;
  /** Where there is nothing above SAFE. */
  readonly safeOnly?: string;
}

export type CheckName =
  | 'permission set'
  | 'owner'
  | 'trustworthy'
  | 'key'
  | 'certificate'
  | 'login of a key'
  | 'assembly permission'
  | 'execute permission'
  | 'references permission'
  | 'external name'
  | 'execute as'
  | 'visibility'
  | 'unchecked data'
  | 'drop assembly'
  | 'trusted hash'
  | 'clr enabled'
  | 'clr strict security'
  | 'code access'
  | 'host protection'
  | 'native code'
  | 'static field'
  | 'impersonation'
  | 'partially trusted callers'
  | 'assembly path'
  | 'associated file'
  | 'signature'
  | 'context switch'
  | 'finalizer'
  | 'refused attribute';

const trustNeeded =
  'each assembly has to be trusted, whatever its permission set: by the login of the key or certificate that signed it, with UNSAFE ASSEMBLY, or by its hash; else Msg 10343';
const trustAboveSafe =
  'SAFE assemblies need no trust; others need the login of a key or certificate with the permission, or a TRUSTWORTHY database';

export const securityChecks: readonly SecurityCheck[] = [
  {
    name: 'permission set',
    says: 'The permission set of an assembly says what its code is to be let do.',
    checked: 'by CREATE and ALTER ASSEMBLY, of the code; by the runtime, of each call; never of a user',
    outcome: {
      usual:
        'code that does more than its set lets it do is refused, when it is created or when it is called (Msg 6522)',
      strict: `${trustNeeded}; Microsoft takes no set for a security boundary`,
      safeOnly: 'there is SAFE alone (Msg 10342)',
    },
    page: 'CLR integration code access security',
    rules: ['insufficient-permission-set', 'excessive-permission-set'],
  },
  {
    name: 'owner',
    says: 'The owner of the assembly. Assemblies of one owner in one database share an application domain: they can find and call one another, and no permission is asked between them.',
    checked: 'by CREATE ASSEMBLY: assemblies that reference one another have one owner',
    outcome: { usual: 'another owner than that of a referenced assembly is refused (Msg 6548)' },
    page: 'Application Domains and CLR Integration Security',
    rules: ['owner-mismatch'],
  },
  {
    name: 'trustworthy',
    says: '**TRUSTWORTHY** lets assemblies of this database, and modules in it that run as someone else, act outside it with the rights of its owner. With a privileged owner every db_owner can become sysadmin.',
    checked:
      'when an assembly is created or loaded, and when a module with EXECUTE AS leaves the database; of the owner of the database',
    outcome: {
      usual:
        'ON trusts every assembly of the database, as long as its owner has the permission. Sign the assembly instead, and trust its key',
    },
    page: 'TRUSTWORTHY database property',
    rules: ['trustworthy-database', 'trustworthy-privileged-owner'],
  },
  {
    name: 'key',
    says: 'An asymmetric key trusts the assemblies whose strong name it signed, once a login made from it, in `master`, has UNSAFE ASSEMBLY. That is the way Microsoft recommends.',
    checked: 'by CREATE ASSEMBLY, and each time the assembly is loaded; of the login of the key, not of whoever calls',
    outcome: { usual: trustAboveSafe, strict: trustNeeded },
    page: 'CREATE ASSEMBLY',
    rules: ['incomplete-trust-chain', 'trust-key-mismatch'],
  },
  {
    name: 'certificate',
    says: 'A certificate trusts the assemblies that it signed (Authenticode), once a login made from it, in `master`, has UNSAFE ASSEMBLY. That is the way Microsoft recommends.',
    checked:
      'by CREATE ASSEMBLY, and each time the assembly is loaded; of the login of the certificate, not of whoever calls',
    outcome: { usual: trustAboveSafe, strict: trustNeeded },
    page: 'CREATE ASSEMBLY',
    rules: ['incomplete-trust-chain', 'trust-key-mismatch'],
  },
  {
    name: 'login of a key',
    says: 'The login of a key or certificate. Nobody connects with it: it says whose signature counts, by the permission that it is granted.',
    checked:
      'by CREATE ASSEMBLY, and each time an assembly is loaded that the key signed: whether the login has UNSAFE ASSEMBLY',
    outcome: {
      usual: trustAboveSafe,
      strict: 'without UNSAFE ASSEMBLY for it the signature trusts nothing (Msg 10343)',
    },
    page: 'CREATE ASSEMBLY',
    rules: ['incomplete-trust-chain', 'certificate-principal-option'],
  },
  {
    name: 'assembly permission',
    says: 'Who has it can load code that acts as the service account. It belongs to the login of a key or certificate, not to people.',
    checked:
      'by CREATE and ALTER ASSEMBLY, and each time an assembly is loaded; of the login of the key, or of the owner of a TRUSTWORTHY database',
    outcome: {
      usual: 'an EXTERNAL_ACCESS assembly needs EXTERNAL ACCESS ASSEMBLY, an UNSAFE one UNSAFE ASSEMBLY',
      strict: 'UNSAFE ASSEMBLY alone counts, for assemblies of every permission set',
    },
    page: 'CLR strict security',
    rules: ['assembly-permission-granted-broadly', 'insufficient-assembly-grant'],
  },
  {
    name: 'execute permission',
    says: 'Whoever has it may run the routine, and with it all that its assembly does: no permission on the assembly is asked of callers.',
    checked: 'each time, when the routine is called; of the caller, or whom EXECUTE AS names',
    outcome: { usual: 'who lacks it is refused (Msg 229); calls within one assembly are not checked' },
    page: 'Links in CLR Integration Security',
    rules: ['routine-granted-to-public'],
  },
  {
    name: 'references permission',
    says: 'Lets objects be bound to the assembly. Assemblies have no EXECUTE: that is granted on the routines.',
    checked: 'once, when a routine, type or aggregate is created with EXTERNAL NAME; of its owner',
    outcome: { usual: 'who owns the new object, and neither owns the assembly nor has REFERENCES on it, is refused' },
    page: 'GRANT assembly permissions',
    rules: ['grant-execute-on-assembly', 'visible-helper-assembly'],
  },
  {
    name: 'external name',
    says: 'Binds the object to a method or class: a gated link.',
    checked:
      'once, when the object is created, of its owner: REFERENCES on the assembly. When it runs, EXECUTE on the object is asked of the caller, and nothing on the assembly',
    outcome: { usual: 'assembly, class and method have to be there; class and method are compared with case' },
    page: 'Links in CLR Integration Security',
    rules: ['unresolved-method', 'routine-granted-to-public'],
  },
  {
    name: 'execute as',
    says: '**EXECUTE AS**: the routine runs with the rights of another principal, whoever calls it.',
    checked: 'each time the code reaches outside: whether the context is that of the original caller',
    outcome: { usual: 'external access from another context is refused with a SecurityException (Msg 6522)' },
    page: 'CLR integration code access security',
    rules: ['external-access-under-execute-as', 'elevated-routine'],
  },
  {
    name: 'visibility',
    says: '**VISIBILITY = ON**: T-SQL can bind routines to the assembly. OFF: only other assemblies call it.',
    checked: 'when an object is created with EXTERNAL NAME; of the assembly',
    outcome: { usual: 'nothing can be bound to a hidden assembly (Msg 6582)' },
    page: 'ALTER ASSEMBLY',
    rules: ['visible-helper-assembly', 'unbindable-assembly'],
  },
  {
    name: 'unchecked data',
    says: '**UNCHECKED DATA**: computed columns, constraints and stored values that depend on the assembly are not checked against the new code until DBCC CHECKTABLE has run.',
    checked: 'by ALTER ASSEMBLY, without the option: every row that depends on the assembly',
    outcome: { usual: 'tables are marked as holding unchecked data, and the statement goes on (Msg 6288)' },
    page: 'ALTER ASSEMBLY',
    rules: ['unchecked-data'],
  },
  {
    name: 'drop assembly',
    says: 'Takes along the assemblies that it references and nothing else uses, unless it says WITH NO DEPENDENTS.',
    checked: 'when it runs: whether routines, types or other assemblies depend on it',
    outcome: { usual: 'what something depends on is not dropped (Msg 6590)' },
    page: 'DROP ASSEMBLY',
    rules: ['dropped-dependents', 'dropped-object'],
  },
  {
    name: 'trusted hash',
    says: "SHA2_512 of an assembly's bytes. It trusts exactly these bytes, in every database of the instance; good to bootstrap a key, to be dropped afterwards.",
    checked: 'by CREATE ASSEMBLY, and each time the assembly is loaded; of the bytes',
    outcome: {
      usual: 'there is no list of trusted assemblies before SQL Server 2017',
      strict: 'other bytes are refused, unless something else trusts them (Msg 10343)',
    },
    page: 'sys.sp_add_trusted_assembly',
    rules: ['trusted-hash-mismatch'],
  },
  {
    name: 'clr enabled',
    says: 'Whether SQL Server runs user assemblies at all, in every database of the instance.',
    checked: 'when a routine of an assembly is called; creating one needs it not',
    outcome: {
      usual: 'while it is 0, calls are refused (Msg 6263); turned off, what runs is ended and its domains unloaded',
    },
    page: 'clr enabled, server configuration option',
    rules: ['clr-enabled', 'clr-disabled'],
  },
  {
    name: 'clr strict security',
    says: 'Whether every assembly is trusted like an UNSAFE one before it loads.',
    checked: 'by CREATE ASSEMBLY, and each time an assembly is loaded',
    outcome: { usual: 'the server has no such option, or settings turn it off', strict: trustNeeded },
    page: 'CLR strict security',
    rules: ['clr-strict-security-disabled'],
  },
  {
    name: 'code access',
    says: 'Code access security asks it of the assembly, not of the user.',
    checked: 'as each call says; of every caller on the stack',
    outcome: {
      usual: 'a set that lacks the permission has the call refused (Msg 6522)',
      strict:
        'what the set lacks fails when it is asked for (Msg 6522), as far as SQL Server still looks at it; Microsoft takes no set for a security boundary',
    },
    page: 'CLR integration code access security',
    rules: ['insufficient-permission-set'],
  },
  {
    name: 'host protection',
    says: 'Host protection marks what could share state between sessions, synchronise threads, or bring the process down.',
    checked:
      'when the method that holds the call is compiled for its first call, whether or not the call is reached; of its assembly',
    outcome: { usual: 'in a SAFE or EXTERNAL_ACCESS assembly the whole method is refused (Msg 6522)' },
    page: 'Host protection attributes and CLR integration programming',
    rules: ['host-protected-member'],
  },
  {
    name: 'native code',
    says: 'Native code runs inside the server process: nothing bounds what it does, and a fault of it takes the server down.',
    checked: 'by CREATE ASSEMBLY, called or not; of the assembly',
    outcome: { usual: 'only UNSAFE assemblies may declare it (Msg 6265)', safeOnly: 'no assembly may declare it' },
    page: 'CLR integration programming model restrictions',
    rules: ['native-call'],
  },
  {
    name: 'static field',
    says: 'A static field is shared by all sessions whose code belongs to one owner in one database, and is lost when SQL Server unloads the application domain.',
    checked: 'by CREATE ASSEMBLY: whether it is readonly; of the assembly',
    outcome: { usual: 'one that can change is refused in SAFE and EXTERNAL_ACCESS assemblies (Msg 6211)' },
    page: 'CLR hosted environment',
    rules: ['mutable-static-field', 'state-across-sessions'],
  },
  {
    name: 'impersonation',
    says: 'Nothing impersonates by itself: what code reaches outside it reaches as the service account, until it impersonates its caller.',
    checked: 'by Windows, of the account the thread runs under, at each access',
    outcome: {
      usual:
        'data of SQL Server is refused until Undo (Msg 6233), and a routine that ends without Undo fails (Msg 10312)',
    },
    page: 'Impersonation and CLR Integration Security',
    rules: ['impersonation-not-undone', 'service-account-access'],
  },
  {
    name: 'partially trusted callers',
    says: 'Lets SAFE and EXTERNAL_ACCESS assemblies, which are partially trusted, call this strong-named one. Each public method has to stand that.',
    checked: 'when a method of the assembly is first called from another; of the calling assembly',
    outcome: {
      usual:
        'without it, the call of a SAFE or EXTERNAL_ACCESS assembly is refused with a SecurityException (Msg 6522)',
      strict: 'callers count as fully trusted, and the call is let through',
    },
    page: 'Allowing Partially Trusted Callers',
    rules: ['partially-trusted-caller', 'partially-trusted-callers-allowed'],
  },
  {
    name: 'assembly path',
    says: 'SQL Server reads this file when the script runs, and keeps its bytes in the database; what lies there then is what runs from then on.',
    checked:
      'when it runs: a local path is opened as the Windows login that runs the statement, a network path as the service account',
    outcome: { usual: 'what cannot be opened is refused (Msg 6501)' },
    page: 'CREATE ASSEMBLY',
    rules: ['assembly-from-file', 'assembly-from-network-path'],
  },
  {
    name: 'associated file',
    says: 'A file that is kept beside the assembly, such as symbols or sources: whoever has VIEW DEFINITION can read it.',
    checked: 'by ALTER ASSEMBLY: whether there is one of that name; dropped ones go first',
    outcome: {
      usual: 'a second one of the same name is refused, and so is FROM for an assembly that has one (Msg 6541)',
    },
    page: 'ALTER ASSEMBLY',
    rules: ['associated-file', 'debug-files'],
  },
  {
    name: 'signature',
    says: 'Signs an assembly that is in the database already: the login of the certificate or key then trusts it.',
    checked: 'each time the assembly is loaded: whether the login has UNSAFE ASSEMBLY',
    outcome: { usual: trustAboveSafe, strict: trustNeeded },
    page: 'ADD SIGNATURE',
    rules: ['incomplete-trust-chain'],
  },
  {
    name: 'context switch',
    says: 'What follows runs as this principal, until REVERT.',
    checked: 'each time the code of an assembly reaches outside: whether the context is that of the original caller',
    outcome: { usual: 'external access from another context is refused with a SecurityException (Msg 6522)' },
    page: 'CLR integration code access security',
    rules: ['external-access-under-execute-as'],
  },
  {
    name: 'finalizer',
    says: 'A finalizer runs on a thread of its own, at a time of its own; SQL Server can unload the application domain before.',
    checked: 'by CREATE ASSEMBLY, called or not; of the assembly',
    outcome: {
      usual: 'refused in SAFE and EXTERNAL_ACCESS assemblies (Msg 6216)',
      safeOnly: 'no assembly may have one (Msg 6216)',
    },
    page: 'CLR integration programming model restrictions',
    rules: ['finalizer'],
  },
  {
    name: 'refused attribute',
    says: 'It changes how threads, locks or security work, which is the business of SQL Server in SAFE and EXTERNAL_ACCESS assemblies.',
    checked: 'by CREATE ASSEMBLY, by its name; of the assembly',
    outcome: { usual: 'refused in SAFE and EXTERNAL_ACCESS assemblies', safeOnly: 'no assembly may have it' },
    page: 'CLR integration programming model restrictions',
    rules: ['refused-attribute'],
  },
];

export function securityCheckOf(name: CheckName): SecurityCheck {
  const found = securityChecks.find((check) => check.name === name);
  if (!found) throw new Error(`The table of security checks lacks ${name}`);
  return found;
}

/** On a server, in a clause. */
export function outcomeOn({ outcome }: SecurityCheck, target: Target, isStrict: boolean): string {
  const { usual, strict, safeOnly } = outcome;
  if (!target.clr)
    return `there is no CLR integration for user assemblies${target.refusal ? ` (Msg ${target.refusal})` : ''}`;
  if (!target.aboveSafe && safeOnly) return safeOnly;
  return (isStrict ? strict : undefined) ?? usual;
}
