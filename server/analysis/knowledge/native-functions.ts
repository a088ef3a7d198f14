// Functions of Windows that a reviewer wants to see wherever an assembly imports them.
// Source: learn.microsoft.com, Windows API reference (processthreadsapi.h, memoryapi.h, securitybaseapi.h, wincred.h,
// ntsecapi.h, dpapi.h, minidumpapiset.h); MITRE ATT&CK T1003, T1055, T1059, T1134; read 2026-11.

export interface NativeFunction {
  /** Without the `A` or `W` of its text forms. */
  readonly name: string;
  readonly what: 'process' | 'executable memory' | 'credentials';
  /** In words, behind "which". */
  readonly does: string;
  /** From 0: the argument with the protection of memory pages, where it has one. */
  readonly protection?: number;
}

export const nativeFunctions: readonly NativeFunction[] = [
  { name: 'AdjustTokenPrivileges', what: 'credentials', does: 'enables privileges of a token' },
  { name: 'CreateProcess', what: 'process', does: 'starts a process' },
  { name: 'CreateProcessAsUser', what: 'process', does: 'starts a process as another user' },
  { name: 'CreateProcessWithLogonW', what: 'process', does: 'starts a process as another user' },
  { name: 'CreateProcessWithTokenW', what: 'process', does: 'starts a process as another user' },
  { name: 'CreateRemoteThread', what: 'executable memory', does: 'starts a thread in another process' },
  { name: 'CreateThread', what: 'executable memory', does: 'starts a thread at an address' },
  { name: 'CredEnumerate', what: 'credentials', does: 'lists stored credentials' },
  { name: 'CredRead', what: 'credentials', does: 'reads a stored credential' },
  { name: 'CryptUnprotectData', what: 'credentials', does: 'decrypts protected data' },
  { name: 'DuplicateToken', what: 'credentials', does: 'copies a token' },
  { name: 'DuplicateTokenEx', what: 'credentials', does: 'copies a token' },
  { name: 'ImpersonateLoggedOnUser', what: 'credentials', does: 'takes on another user' },
  { name: 'ImpersonateNamedPipeClient', what: 'credentials', does: 'takes on the other end of a pipe' },
  { name: 'LogonUser', what: 'credentials', does: 'logs on with a password' },
  { name: 'LogonUserEx', what: 'credentials', does: 'logs on with a password' },
  { name: 'LsaEnumerateLogonSessions', what: 'credentials', does: 'lists logon sessions' },
  { name: 'LsaRetrievePrivateData', what: 'credentials', does: 'reads secrets of the system' },
  { name: 'MiniDumpWriteDump', what: 'credentials', does: 'writes the memory of a process to a file' },
  { name: 'NtAllocateVirtualMemory', what: 'executable memory', does: 'takes memory', protection: 5 },
  { name: 'NtCreateThreadEx', what: 'executable memory', does: 'starts a thread at an address' },
  { name: 'NtProtectVirtualMemory', what: 'executable memory', does: 'changes what memory is for', protection: 3 },
  { name: 'OpenProcessToken', what: 'credentials', does: 'opens the token of a process' },
  { name: 'QueueUserAPC', what: 'executable memory', does: 'runs code in another thread' },
  { name: 'ReadProcessMemory', what: 'credentials', does: 'reads the memory of a process' },
  { name: 'RtlCreateUserThread', what: 'executable memory', does: 'starts a thread at an address' },
  { name: 'SamConnect', what: 'credentials', does: 'opens the account database' },
  { name: 'SetThreadContext', what: 'executable memory', does: 'changes where a thread goes on' },
  { name: 'SetThreadToken', what: 'credentials', does: 'gives a thread another user' },
  { name: 'ShellExecute', what: 'process', does: 'starts a process' },
  { name: 'ShellExecuteEx', what: 'process', does: 'starts a process' },
  { name: 'VirtualAlloc', what: 'executable memory', does: 'takes memory', protection: 3 },
  { name: 'VirtualAllocEx', what: 'executable memory', does: 'takes memory in another process', protection: 4 },
  { name: 'VirtualAlloc2', what: 'executable memory', does: 'takes memory', protection: 4 },
  { name: 'VirtualProtect', what: 'executable memory', does: 'changes what memory is for', protection: 2 },
  { name: 'VirtualProtectEx', what: 'executable memory', does: 'changes what memory is for', protection: 3 },
  { name: 'WinExec', what: 'process', does: 'starts a process' },
  { name: 'WriteProcessMemory', what: 'executable memory', does: 'writes into the memory of a process' },
  { name: '_wsystem', what: 'process', does: 'runs a command' },
  { name: 'system', what: 'process', does: 'runs a command' },
];

/** PAGE_EXECUTE, PAGE_EXECUTE_READ, PAGE_EXECUTE_READWRITE, PAGE_EXECUTE_WRITECOPY (winnt.h). */
const executable = 0x10 | 0x20 | 0x40 | 0x80;

export function isExecutableProtection(protection: number): boolean {
  return (protection & executable) !== 0;
}

const byName = new Map(nativeFunctions.map((row) => [row.name.toLowerCase(), row]));

/** By the name of an import, with or without the `A` or `W` of its text forms. */
export function findNativeFunction(name: string): NativeFunction | undefined {
  const known = byName.get(name.toLowerCase());
  return known ?? (/[AW]$/.test(name) ? byName.get(name.slice(0, -1).toLowerCase()) : undefined);
}
