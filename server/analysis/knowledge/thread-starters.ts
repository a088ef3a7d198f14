// What runs code on another thread.
// Source: .NET Framework 4.8 API reference (System.Threading, System.Threading.Tasks, System.Timers, System.ComponentModel); read
// 2026-11.

const members: readonly (readonly [type: string, members: readonly string[]])[] = [
  ['System.ComponentModel.BackgroundWorker', ['RunWorkerAsync']],
  ['System.Threading.Tasks.Parallel', ['For', 'ForEach', 'Invoke']],
  ['System.Threading.Tasks.Task', ['ContinueWith', 'Run', 'Start']],
  ['System.Threading.Tasks.Task`1', ['ContinueWith']],
  ['System.Threading.Tasks.TaskFactory', ['StartNew']],
  ['System.Threading.Tasks.TaskFactory`1', ['StartNew']],
  ['System.Threading.Thread', ['Start']],
  ['System.Threading.ThreadPool', ['QueueUserWorkItem', 'RegisterWaitForSingleObject', 'UnsafeQueueUserWorkItem']],
  ['System.Threading.Timer', ['.ctor']],
  ['System.Timers.Timer', ['Start']],
];

export function startsThread(type: string, member: string): boolean {
  return members.some(([owner, names]) => owner === type && names.includes(member));
}
