import { entryName, type EntryPoint } from '../code/entry-points.js';
import { fixesBy } from '../code/remedy.js';
import { commandTypes, connectionTypes } from '../knowledge/context-connection.js';
import type { ApiUse } from '../project/api-uses.js';
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
  usesOf,
} from '../project/routine-reach.js';
import { textsGiven } from '../project/string-arguments.js';
import { systemObjectIn } from '../tsql/system-objects.js';
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
    const opens = new Set(connections.opens);
    if (connections.opens.length === 0) return;
    for (const routine of routinesOf(code, requirements, isMarkedForUserData, isOwnStep)) {
      const uses = usesOf(routine, requirements);
      if (!uses.some((use) => opens.has(use))) continue;
      // Another connection may be what the command is for.
      if (uses.some((use) => isOtherConnection(use, connections))) continue;
      for (const use of uses) {
        const [object] = isCommandText(use) ? textsGiven(code, use, 0).flatMap((sql) => systemObjectIn(sql) ?? []) : [];
        if (object === undefined) continue;
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
        break;
      }
    }
  },
};

/** Without any mark it is another rule's. */
function isMarkedForUserData({ kind, method }: EntryPoint): boolean {
  if (kind !== 'function' && !(kind === 'type' && functionAttribute(method))) return false;
  return saysOf(method, 'DataAccess') === true && saysOf(method, 'SystemDataAccess') === false;
}

function isOtherConnection({ member, operation }: ApiUse, { makers }: ContextConnections): boolean {
  return (
    member.type.kind === 'named' &&
    connectionTypes.has(member.type.name) &&
    member.name === '.ctor' &&
    operation.kind === 'call' &&
    !makers.has(operation)
  );
}

function isCommandText({ member: { type, name, parameters } }: ApiUse): boolean {
  if (type.kind !== 'named' || !commandTypes.has(type.name)) return false;
  return name === 'set_CommandText' || (name === '.ctor' && parameters.length > 0);
}
