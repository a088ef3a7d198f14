import { entryName, type EntryPoint } from '../code/entry-points.js';
import { fixesBy } from '../code/remedy.js';
import { ContextConnections } from '../project/context-connections.js';
import { whereOf } from '../project/proof.js';
import {
  functionAttribute,
  isOwnStep,
  provenBy,
  readMark,
  routinesOf,
  saysOf,
  subjectOf,
  surelyHappens,
} from '../project/routine-reach.js';
import type { CodeRule } from './rule.js';

export const missingDataAccess: CodeRule = {
  name: 'missing-data-access',
  summary: 'A function opens the context connection and is not marked as one that reads data.',
  topic: 'data-access',
  severity: 'warning',
  phase: 'call',
  sqlErrors: [6522],
  on: 'code',
  check(code, report, { requirements }) {
    const { opens } = new ContextConnections(code, requirements);
    if (opens.length === 0) return;
    for (const routine of routinesOf(code, requirements, isUnmarked, isOwnStep)) {
      const { entry, reached } = routine;
      const found = opens.filter(({ node }) => reached.has(node.method));
      const first =
        found.find((use) => surelyHappens(routine, use)) ??
        found.find(({ node }) => node.method === entry.method) ??
        found[0];
      if (!first) continue;
      report(
        first.place,
        `${whereOf(first)} opens the context connection, and ${subjectOf(routine, first.node)}is not marked DataAccessKind.Read`,
        {
          severity: surelyHappens(routine, first) ? 'error' : 'warning',
          ...fixesBy(code, {
            title: `Mark ${entryName(entry)} DataAccessKind.Read`,
            changes: readMark(entry.method, 'DataAccess'),
          }),
          proof: provenBy(routine),
        },
      );
    }
  },
};

/** Procedures and triggers need no mark, and aggregates have none. */
function isUnmarked({ kind, method }: EntryPoint): boolean {
  if (kind !== 'function' && !(kind === 'type' && functionAttribute(method))) return false;
  return saysOf(method, 'DataAccess') === false && saysOf(method, 'SystemDataAccess') === false;
}
