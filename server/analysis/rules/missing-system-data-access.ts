import { entryName, type EntryPoint } from '../code/entry-points.js';
import { fixesBy } from '../code/remedy.js';
import { ContextConnections } from '../project/context-connections.js';
import { whereOf } from '../project/proof.js';
import { functionAttribute, provenBy, readMark, saysOf, subjectOf } from '../project/routine-reach.js';
import { systemReads } from '../project/system-reads.js';
import type { CodeRule } from './rule.js';

export const missingSystemDataAccess: CodeRule = {
  name: 'missing-system-data-access',
  summary: 'A function reads tables or views of the system and is marked as one that reads user data alone.',
  topic: 'data-access',
  severity: 'warning',
  phase: 'call',
  sqlErrors: [6522],
  on: 'code',
  check(code, report, { requirements }) {
    const connections = new ContextConnections(code, requirements);
    for (const { routine, use, object } of systemReads(code, requirements, connections, isMarkedForUserData)) {
      report(
        use.place,
        `${whereOf(use)} reads ${object}, and ${subjectOf(routine, use.node)}is not marked SystemDataAccessKind.Read`,
        {
          ...fixesBy(code, {
            title: `Mark ${entryName(routine.entry)} SystemDataAccessKind.Read`,
            changes: readMark(routine.entry.method, 'SystemDataAccess'),
          }),
          proof: provenBy(routine),
        },
      );
    }
  },
};

/** Without any mark it is another rule's. */
function isMarkedForUserData({ kind, method }: EntryPoint): boolean {
  if (kind !== 'function' && !(kind === 'type' && functionAttribute(method))) return false;
  return saysOf(method, 'DataAccess') === true && saysOf(method, 'SystemDataAccess') === false;
}
