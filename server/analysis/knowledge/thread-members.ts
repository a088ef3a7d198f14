// Members that begin and end what ties a thread or a lock to the code that runs: each beginning has to meet its end.
// Source: learn.microsoft.com "Thread.BeginThreadAffinity", "Thread.BeginCriticalRegion", "Monitor.Enter"; Msg 6534, 6543; read 2026-11.

export type ThreadStateKind = 'affinity' | 'critical region' | 'lock';

export interface ThreadStateMember {
  readonly type: string;
  readonly name: string;
  readonly kind: ThreadStateKind;
  /** `unsure`: whether it begins depends on what it answers. */
  readonly does: 'begin' | 'end' | 'unsure';
}

/** What SQL Server answers where an end is missing. */
export const missingEndErrors: Readonly<Record<ThreadStateKind, readonly number[]>> = {
  affinity: [6543],
  'critical region': [],
  lock: [6534],
};

const monitor = 'System.Threading.Monitor';
const thread = 'System.Threading.Thread';

export const threadStateMembers: readonly ThreadStateMember[] = [
  { type: monitor, name: 'Enter', kind: 'lock', does: 'begin' },
  { type: monitor, name: 'Exit', kind: 'lock', does: 'end' },
  { type: monitor, name: 'TryEnter', kind: 'lock', does: 'unsure' },
  { type: thread, name: 'BeginCriticalRegion', kind: 'critical region', does: 'begin' },
  { type: thread, name: 'BeginThreadAffinity', kind: 'affinity', does: 'begin' },
  { type: thread, name: 'EndCriticalRegion', kind: 'critical region', does: 'end' },
  { type: thread, name: 'EndThreadAffinity', kind: 'affinity', does: 'end' },
];

export function findThreadStateMember(type: string, name: string): ThreadStateMember | undefined {
  return threadStateMembers.find((row) => row.type === type && row.name === name);
}
