import { entryName, type EntryPoint } from '../code/entry-points.js';
import { fixesBy } from '../code/remedy.js';
import { findFrameworkType } from '../knowledge/framework-types.js';
import { findNotable } from '../knowledge/notable-members.js';
import type { ApiUse } from '../project/api-uses.js';
import { type Routine, routinesOf, saysOf, usesOf, withoutMarks } from '../project/routine-reach.js';
import type { CodeRule } from './rule.js';

export const unneededDataAccess: CodeRule = {
  name: 'unneeded-data-access',
  summary: 'A function is marked as one that reads data, and nothing it runs does.',
  topic: 'data-access',
  severity: 'information',
  phase: 'review',
  on: 'code',
  check(code, report, { requirements }) {
    for (const routine of routinesOf(code, requirements, isMarked)) {
      const uses = usesOf(routine, requirements);
      if (uses.some(isOpen) || isUnknown(routine)) continue;
      const { method } = routine.entry;
      report(
        method.place,
        `${entryName(routine.entry)} is marked ${marksOf(routine.entry).join(' and ')} and opens no connection`,
        fixesBy(code, {
          title: `Remove ${marksOf(routine.entry).join(' and ')}`,
          changes: withoutMarks(method, 'DataAccess', 'SystemDataAccess'),
        }),
      );
    }
  },
};

function marksOf({ method }: EntryPoint): readonly string[] {
  return [
    ...(saysOf(method, 'DataAccess') ? ['DataAccessKind.Read'] : []),
    ...(saysOf(method, 'SystemDataAccess') ? ['SystemDataAccessKind.Read'] : []),
  ];
}

function isMarked(entry: EntryPoint): boolean {
  return entry.kind === 'function' && marksOf(entry).length > 0;
}

/**
 * A use that may read data, or may do anything. `SqlContext` is one: large values read while impersonating need the mark
 * too ("CLR Integration Security", impersonation).
 */
function isOpen({ member: { type, name } }: ApiUse): boolean {
  if (type.kind === 'array') return false;
  if (type.kind !== 'named') return true;
  if (findNotable(type.name, name) === 'late call') return true;
  if (/^System\.Data\.(?!SqlTypes\.)/.test(type.name)) return true;
  if (/^Microsoft\.SqlServer\.|^System\.(?:Transactions|EnterpriseServices|Security\.Principal)\./.test(type.name))
    return true;
  return !findFrameworkType(type.name);
}

function isUnknown({ reached }: Routine): boolean {
  return [...reached.keys()].some(
    ({ body }) =>
      !body ||
      body.unknown.length > 0 ||
      body.blocks.some(({ operations }) => operations.some(({ kind }) => kind === 'indirectCall')),
  );
}
