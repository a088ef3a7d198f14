import { entryName, type EntryPoint } from '../code/entry-points.js';
import { fixesBy, type Remedy } from '../code/remedy.js';
import type { ApiUse } from '../project/api-uses.js';
import { ContextConnections, opensBeyond } from '../project/context-connections.js';
import { readFor } from '../project/impersonating-functions.js';
import { foreignText, whereOf } from '../project/proof.js';
import {
  functionAttribute,
  provenBy,
  readMark,
  routinesUsing,
  saysOf,
  subjectOf,
  surelyHappens,
} from '../project/routine-reach.js';
import { systemReads } from '../project/system-reads.js';
import type { CodeRule } from './rule.js';

export const missingDataAccess: CodeRule = {
  name: 'missing-data-access',
  summary:
    'A function opens the context connection, or impersonates where SQL Server itself reads for it, and is not marked as one that reads data.',
  topic: 'data-access',
  severity: 'warning',
  phase: 'call',
  sqlErrors: [6522],
  on: 'code',
  check(code, report, { requirements }) {
    const connections = new ContextConnections(code, requirements);
    const { opens } = connections;
    const beyond = new Set(opensBeyond(requirements));
    const reads = systemReads(code, requirements, connections, (entry) => unmarked(entry) !== undefined);
    const readsSystem = new Set(reads.map(({ routine }) => routine.entry.method));
    for (const routine of routinesUsing(code, requirements, unmarked, [...opens, ...beyond])) {
      const { entry, uses } = routine;
      const isSure = (use: ApiUse): boolean => !beyond.has(use) && surelyHappens(routine, use);
      const first = uses.slice(0, mostProved).find(isSure) ?? uses[0];
      const opening = beyond.has(first) ? `calls ${foreignText(first)}, which ` : '';
      report(
        first.place,
        `${whereOf(first)} ${opening}opens the context connection, and ${subjectOf(routine, first.node)}is not marked DataAccessKind.Read`,
        {
          severity: isSure(first) ? 'error' : 'warning',
          ...fixesBy(code, markOf(entry, readsSystem.has(entry.method))),
          proof: provenBy(routine),
        },
      );
    }
    const origins = new Set(requirements.identities?.origins.map(({ operation }) => operation));
    const impersonating = requirements.uses.filter(({ operation }) => origins.has(operation));
    const isReadFor = (entry: EntryPoint): EntryPoint | undefined => (readFor(entry) ? unmarked(entry) : undefined);
    for (const routine of routinesUsing(code, requirements, isReadFor, impersonating)) {
      const { entry, uses } = routine;
      const [first] = uses;
      report(
        first.place,
        `${whereOf(first)} impersonates, and ${subjectOf(routine, first.node)}is not marked DataAccessKind.Read, which ${readFor(entry) ?? ''} needs then`,
        {
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

/** User data is not what the tables of the system are. */
function markOf(entry: EntryPoint, readsSystem: boolean): Remedy {
  const data = readMark(entry.method, 'DataAccess');
  if (!readsSystem) return { title: `Mark ${entryName(entry)} DataAccessKind.Read`, changes: data };
  return {
    title: `Mark ${entryName(entry)} DataAccessKind.Read and SystemDataAccessKind.Read`,
    changes: [...data, ...readMark(entry.method, 'SystemDataAccess')],
  };
}

/** Of many in one routine the first are looked at: one that surely happens is enough, and is seldom the last. */
const mostProved = 20;

/** Procedures and triggers need no mark, and aggregates have none. */
function unmarked(entry: EntryPoint): EntryPoint | undefined {
  const { kind, method } = entry;
  if (kind !== 'function' && !(kind === 'type' && functionAttribute(method))) return undefined;
  return saysOf(method, 'DataAccess') === false && saysOf(method, 'SystemDataAccess') === false ? entry : undefined;
}
