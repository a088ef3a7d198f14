// Hover where a routine is declared in C#: what it needs, which T-SQL object stands for it, as whom it runs, and who may call it.
import { memberName, type MethodDef, type TypeDef } from '../code/model.js';
import type { ApiUse } from '../project/api-uses.js';
import { Bindings, createdAs, objectText } from '../project/bindings.js';
import { compareSets } from '../project/compare-sets.js';
import type { Assumption } from '../project/assumptions.js';
import type { DeployedAssembly, Project } from '../project/project.js';
import { entryKindOf } from '../project/proof.js';
import { strongestOf, type Requirements } from '../project/requirements.js';
import { RoutineNeeds } from '../project/routine-needs.js';
import { entriesOf } from '../project/routine-reach.js';
import { bindingLines } from './binding-lines.js';
import { code, escaped } from './markdown.js';
import { more, neededMarkdown, reasonMarkdown } from './needs-markdown.js';

/** Undefined for a method that SQL Server does not enter by, and for a class without any. */
export function routineMarkdown(
  project: Project,
  assembly: DeployedAssembly,
  requirements: Requirements,
  type: TypeDef,
  method: MethodDef | undefined,
): string | undefined {
  const entries = entriesOf(requirements).filter(
    (entry) => entry.type === type && entry.kind !== 'public' && (!method || entry.method === method),
  );
  const [entry] = entries;
  if (!entry || !assembly.code) return undefined;
  const { kind } = entry;
  const whole = kind === 'type' || kind === 'aggregate' ? wholes[kind] : undefined;
  const what = method ? entryKindOf(entry) : (whole ?? `${entries.length} of whose methods SQL Server calls`);
  // T-SQL binds a class to a type or an aggregate, and else a method.
  const isBound = method ? !whole && kind !== 'fill row' : whole !== undefined;
  const { reasons, uses, reachability } = new RoutineNeeds(assembly.code, requirements).of(entries);
  const needs = strongestOf(reasons);
  const declared = createdAs(project, assembly).permissionSet;
  const [strongest] = reasons;
  return [
    `${code(method ? memberName(type, method) : type.name)}, ${what}, in assembly ${code(assembly.name)}`,
    [
      neededMarkdown(needs, declared),
      ...(strongest ? [`- Why: ${reasonMarkdown(strongest)}${more(reasons.length - 1, 'reason')}`] : []),
      ...ofAssembly(requirements, needs),
      ...unknown(
        project.assumptionsOf(uses, reachability, needs, {
          graph: requirements.beyond.graph,
          uses: [],
          assumptions: [],
        }),
      ),
      ...commandLines(project, new Set(uses)),
      ...(isBound ? bindingLines(project, assembly, new Bindings(project, assembly).of(type, method)) : []),
    ].join('\n'),
  ].join('\n\n');
}

/** What it does on the context connection, as far as the text of its commands tells. */
function commandLines(project: Project, uses: ReadonlySet<ApiUse>): readonly string[] {
  const done = new Map<string, Set<string>>();
  for (const { use, to, permission } of project.calls?.inCode ?? []) {
    if (!uses.has(use)) continue;
    const verb = verbs[permission];
    const names = done.get(verb) ?? new Set();
    done.set(verb, names.add(code(objectText(to.name))));
  }
  const told = [...done].map(([verb, names]) => {
    const [first, ...others] = [...names];
    return `${verb} ${[first, ...others.slice(0, most - 1)].join(', ')}${more(names.size - most, 'object')}`;
  });
  return told.length === 0 ? [] : [`- On the context connection: ${told.join('; ')}`];
}

const most = 5;
const verbs = {
  EXECUTE: 'runs',
  SELECT: 'reads',
  INSERT: 'inserts into',
  UPDATE: 'updates',
  DELETE: 'deletes from',
} as const;

const wholes = { type: 'a user-defined type', aggregate: 'an aggregate' } as const;

/** A routine of an assembly that CREATE ASSEMBLY refuses, or that needs more elsewhere, is registered under what all of it needs. */
function ofAssembly({ permissionSet, reasons }: Requirements, own: Requirements['permissionSet']): readonly string[] {
  const [strongest] = reasons.filter((reason) => reason.permissionSet === permissionSet);
  if (!strongest || compareSets(permissionSet, own) <= 0) return [];
  return [`- The assembly as a whole needs ${permissionSet}: ${reasonMarkdown(strongest)}`];
}

function unknown(assumptions: readonly Assumption[]): readonly string[] {
  const [first] = assumptions;
  return first ? [`- Not known: ${escaped(first.text)}${more(assumptions.length - 1, 'thing')}`] : [];
}
