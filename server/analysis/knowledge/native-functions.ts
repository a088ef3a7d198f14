// Functions of Windows that a reviewer wants to see wherever an assembly imports them.
// Source: learn.microsoft.com, Windows API reference (processthreadsapi.h, memoryapi.h, securitybaseapi.h, wincred.h,
// ntsecapi.h, dpapi.h, minidumpapiset.h, heapapi.h, shellapi.h; the requirements of each page name the library);
// MITRE ATT&CK T1003, T1055, T1059, T1134; read 2026-11.

export interface NativeFunction {
  /** Without the `A` or `W` of its text forms. */
  readonly name: string;
  /** Those that have it, without `.dll`: a function of that name in another library is another one. */
  readonly library: readonly string[];
  readonly what: 'process' | 'executable memory' | 'credentials';
  /** In words, behind "which"; with `protection`, what it does where that is executable. */
  readonly does: string;
  /** From 0: the argument with the protection of memory pages, where it has one. */
  readonly protection?: number;
  /** The argument that is a password. */
  readonly password?: number;
  /** The bits that make it executable, where they are not those of pages. */
  readonly executable?: number;
}

const advapi = ['advapi32', 'kernelbase', 'sechost'];
const c = ['msvcrt', 'ucrtbase', 'libc', 'crtdll'];
const crypt = ['crypt32', 'dpapi'];
const dump = ['dbghelp', 'dbgcore'];
const kernel = ['kernel32', 'kernelbase'];
const ntdll = ['ntdll'];
const sam = ['samlib'];
const secur = ['secur32', 'sspicli'];
const shell = ['shell32'];

export const nativeFunctions: readonly NativeFunction[] = [
  { name: '_popen', library: c, what: 'process', does: 'runs a command' },
  { name: '_wpopen', library: c, what: 'process', does: 'runs a command' },
  { name: '_wsystem', library: c, what: 'process', does: 'runs a command' },
  { name: 'AdjustTokenPrivileges', library: advapi, what: 'credentials', does: 'enables privileges of a token' },
  {
    name: 'CreateFileMapping',
    library: kernel,
    what: 'executable memory',
    does: 'maps memory that can be run as code',
    protection: 2,
  },
  { name: 'CreateProcess', library: kernel, what: 'process', does: 'starts a process' },
  { name: 'CreateProcessAsUser', library: advapi, what: 'process', does: 'starts a process as another user' },
  {
    name: 'CreateProcessWithLogonW',
    library: advapi,
    what: 'process',
    does: 'starts a process as another user',
    password: 2,
  },
  { name: 'CreateProcessWithTokenW', library: advapi, what: 'process', does: 'starts a process as another user' },
  {
    name: 'CreateRemoteThread',
    library: kernel,
    what: 'executable memory',
    does: 'starts a thread in another process',
  },
  { name: 'CreateThread', library: kernel, what: 'executable memory', does: 'starts a thread at an address' },
  { name: 'CredEnumerate', library: advapi, what: 'credentials', does: 'lists stored credentials' },
  { name: 'CredRead', library: advapi, what: 'credentials', does: 'reads a stored credential' },
  { name: 'CryptUnprotectData', library: crypt, what: 'credentials', does: 'decrypts protected data' },
  { name: 'DuplicateToken', library: advapi, what: 'credentials', does: 'copies a token' },
  { name: 'DuplicateTokenEx', library: advapi, what: 'credentials', does: 'copies a token' },
  {
    name: 'HeapCreate',
    library: kernel,
    what: 'executable memory',
    does: 'makes a heap that can be run as code',
    protection: 0,
    executable: 0x40000,
  },
  { name: 'ImpersonateLoggedOnUser', library: advapi, what: 'credentials', does: 'takes on another user' },
  {
    name: 'ImpersonateNamedPipeClient',
    library: advapi,
    what: 'credentials',
    does: 'takes on the other end of a pipe',
  },
  { name: 'LogonUser', library: advapi, what: 'credentials', does: 'logs on with a password', password: 2 },
  { name: 'LogonUserEx', library: advapi, what: 'credentials', does: 'logs on with a password', password: 2 },
  { name: 'LsaEnumerateLogonSessions', library: secur, what: 'credentials', does: 'lists logon sessions' },
  { name: 'LsaGetLogonSessionData', library: secur, what: 'credentials', does: 'reads a logon session' },
  { name: 'LsaRetrievePrivateData', library: advapi, what: 'credentials', does: 'reads secrets of the system' },
  {
    name: 'MapViewOfFile',
    library: kernel,
    what: 'executable memory',
    does: 'maps memory that can be run as code',
    protection: 1,
    executable: 0x20,
  },
  { name: 'MiniDumpWriteDump', library: dump, what: 'credentials', does: 'writes the memory of a process to a file' },
  {
    name: 'NtAllocateVirtualMemory',
    library: ntdll,
    what: 'executable memory',
    does: 'takes memory that can be run as code',
    protection: 5,
  },
  { name: 'NtCreateThreadEx', library: ntdll, what: 'executable memory', does: 'starts a thread at an address' },
  {
    name: 'NtMapViewOfSection',
    library: ntdll,
    what: 'executable memory',
    does: 'maps memory that can be run as code',
    protection: 9,
  },
  {
    name: 'NtProtectVirtualMemory',
    library: ntdll,
    what: 'executable memory',
    does: 'lets memory be run as code',
    protection: 3,
  },
  { name: 'OpenProcessToken', library: advapi, what: 'credentials', does: 'opens the token of a process' },
  { name: 'QueueUserAPC', library: kernel, what: 'executable memory', does: 'runs code in another thread' },
  { name: 'ReadProcessMemory', library: kernel, what: 'credentials', does: 'reads the memory of a process' },
  { name: 'RtlCreateUserThread', library: ntdll, what: 'executable memory', does: 'starts a thread at an address' },
  { name: 'SamConnect', library: sam, what: 'credentials', does: 'opens the account database' },
  { name: 'SetThreadContext', library: kernel, what: 'executable memory', does: 'changes where a thread goes on' },
  { name: 'SetThreadToken', library: advapi, what: 'credentials', does: 'gives a thread another user' },
  { name: 'ShellExecute', library: shell, what: 'process', does: 'starts a process' },
  { name: 'ShellExecuteEx', library: shell, what: 'process', does: 'starts a process' },
  { name: 'system', library: c, what: 'process', does: 'runs a command' },
  {
    name: 'VirtualAlloc',
    library: kernel,
    what: 'executable memory',
    does: 'takes memory that can be run as code',
    protection: 3,
  },
  {
    name: 'VirtualAlloc2',
    library: kernel,
    what: 'executable memory',
    does: 'takes memory that can be run as code',
    protection: 4,
  },
  {
    name: 'VirtualAllocEx',
    library: kernel,
    what: 'executable memory',
    does: 'takes memory in another process that can be run as code',
    protection: 4,
  },
  {
    name: 'VirtualAllocExNuma',
    library: kernel,
    what: 'executable memory',
    does: 'takes memory in another process that can be run as code',
    protection: 4,
  },
  {
    name: 'VirtualProtect',
    library: kernel,
    what: 'executable memory',
    does: 'lets memory be run as code',
    protection: 2,
  },
  {
    name: 'VirtualProtectEx',
    library: kernel,
    what: 'executable memory',
    does: 'lets memory be run as code',
    protection: 3,
  },
  { name: 'WinExec', library: kernel, what: 'process', does: 'starts a process' },
  {
    name: 'WriteProcessMemory',
    library: kernel,
    what: 'executable memory',
    does: 'writes into the memory of a process',
  },
];

/** PAGE_EXECUTE, PAGE_EXECUTE_READ, PAGE_EXECUTE_READWRITE, PAGE_EXECUTE_WRITECOPY (winnt.h). */
const executablePages = 0x10 | 0x20 | 0x40 | 0x80;

export function isExecutable({ executable = executablePages }: NativeFunction, protection: number): boolean {
  return (protection & executable) !== 0;
}

/** MemoryMappedFileAccess: ReadExecute, ReadWriteExecute (.NET Framework 4.8 API reference). */
export const executableFileAccess: readonly number[] = [4, 5];

const byName = new Map(nativeFunctions.map((row) => [row.name.toLowerCase(), row]));

/** By library and name of an import, with or without the `A` or `W` of its text forms. */
export function findNativeFunction(library: string, name: string): NativeFunction | undefined {
  const known =
    byName.get(name.toLowerCase()) ?? (/[AW]$/.test(name) ? byName.get(name.slice(0, -1).toLowerCase()) : undefined);
  const file = library.slice(Math.max(library.lastIndexOf('\\'), library.lastIndexOf('/')) + 1).toLowerCase();
  const plain = file.replace(/\.dll$/, '');
  // An API set names a part of Windows: which library has it, Windows knows.
  return known && (known.library.includes(plain) || plain.startsWith('api-ms-win-')) ? known : undefined;
}
