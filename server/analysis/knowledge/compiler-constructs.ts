// What C# compilers make of one word in the source: calls of several members that stand or fall together.
// Source: C# language specification, "The lock statement", "Await expressions", "Task types"; .NET Framework 4.8 API reference,
// System.Runtime.CompilerServices; read 2026-11.

export interface CompilerConstruct {
  /** What the member with it does, as a verb. */
  readonly does: 'locks' | 'awaits';
  readonly type: string;
  readonly members: '*' | readonly string[];
}

export const compilerConstructs: readonly CompilerConstruct[] = [
  { does: 'awaits', type: 'System.Runtime.CompilerServices.AsyncTaskMethodBuilder', members: '*' },
  { does: 'awaits', type: 'System.Runtime.CompilerServices.AsyncTaskMethodBuilder`1', members: '*' },
  { does: 'awaits', type: 'System.Runtime.CompilerServices.AsyncVoidMethodBuilder', members: '*' },
  {
    does: 'awaits',
    type: 'System.Runtime.CompilerServices.ConfiguredTaskAwaitable+ConfiguredTaskAwaiter',
    members: '*',
  },
  {
    does: 'awaits',
    type: 'System.Runtime.CompilerServices.ConfiguredTaskAwaitable`1+ConfiguredTaskAwaiter',
    members: '*',
  },
  { does: 'awaits', type: 'System.Runtime.CompilerServices.TaskAwaiter', members: '*' },
  { does: 'awaits', type: 'System.Runtime.CompilerServices.TaskAwaiter`1', members: '*' },
  { does: 'awaits', type: 'System.Runtime.CompilerServices.YieldAwaitable+YieldAwaiter', members: '*' },
  { does: 'locks', type: 'System.Threading.Monitor', members: ['Enter', 'Exit'] },
  { does: 'awaits', type: 'System.Threading.Tasks.Task', members: ['GetAwaiter'] },
  { does: 'awaits', type: 'System.Threading.Tasks.Task`1', members: ['GetAwaiter'] },
];

/** What a call of the member is part of. */
export function findCompilerConstruct(type: string, member: string): CompilerConstruct | undefined {
  return compilerConstructs.find((row) => row.type === type && (row.members === '*' || row.members.includes(member)));
}
