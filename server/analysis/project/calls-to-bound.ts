// What scripts and T-SQL bodies run or call, as far as it leads to objects that are bound to managed code.
import { functionCallsOf } from './function-calls.js';
import { grouped } from './grouped.js';
import { executionsOf, type Module, type ModuleCall, type Modules } from './module-calls.js';
import type { Project } from './project.js';

/** Those of EXEC, and then those in queries, each in the order of scripts; from a module only where it leads to one that is bound. */
export function callsToBound(project: Project, modules: Modules): readonly ModuleCall[] {
  const { routines } = project;
  if (routines.length === 0) return [];
  const calls = [...executionsOf(project, modules), ...functionCallsOf(project, modules)];
  const leading = leadingTo(new Set<Module>(routines), calls);
  return calls.filter(({ to }) => leading.has(to));
}

function leadingTo(bound: ReadonlySet<Module>, calls: readonly ModuleCall[]): ReadonlySet<Module> {
  const callers = grouped(calls, ({ to }) => to);
  const leading = new Set(bound);
  for (const module of leading)
    for (const { from } of callers.get(module) ?? []) if ('statement' in from) leading.add(from);
  return leading;
}
