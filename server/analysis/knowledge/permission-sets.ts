// What each permission set lets an assembly do, in words fit to be read in an editor.
// Source: learn.microsoft.com "CLR integration code access security", "CLR strict security", "CREATE ASSEMBLY (Transact-SQL)"; read 2026-11.

export type PermissionSetName = 'SAFE' | 'EXTERNAL_ACCESS' | 'UNSAFE';

export interface PermissionSet {
  readonly name: PermissionSetName;
  readonly may: string;
  readonly mayNot: string;
  /** What SQL Server checks, and when. */
  readonly checked: string;
}

export const permissionSets: readonly PermissionSet[] = [
  {
    name: 'SAFE',
    may: 'compute, and use data of this server through the context connection',
    mayNot: 'reach files, the network, the registry or environment variables, or run native code',
    checked:
      'CREATE ASSEMBLY verifies the code and refuses static fields that can change, finalizers and P/Invoke; when a method is first called, members under host protection are refused (Msg 6522). Microsoft: that is no security boundary, and even a SAFE assembly may be able to reach resources outside, call native code and become sysadmin.',
  },
  {
    name: 'EXTERNAL_ACCESS',
    may: 'also reach files, the network, and the registry for reading; it does so as the service account unless it impersonates the caller',
    mayNot: 'run native code, write the registry, listen on sockets, or use reflection on what is not public',
    checked:
      'The same checks as SAFE when it is created and called. Microsoft: for security it equals UNSAFE, for it runs as the service account.',
  },
  {
    name: 'UNSAFE',
    may: 'do whatever the service account can, native code in the server process included',
    mayNot: 'load assemblies from bytes, or emit code, while it runs',
    checked: 'Nothing is verified when it is created.',
  },
];

export function permissionSetOf(name: PermissionSetName): PermissionSet {
  const found = permissionSets.find((set) => set.name === name);
  if (!found) throw new Error(`The table of permission sets lacks ${name}`);
  return found;
}
