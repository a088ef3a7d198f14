import type { EntryPoint } from '../code/entry-points.js';
import type { MethodNode } from '../code/graph.js';
import type { MethodDef } from '../code/model.js';
import { stepsTo } from '../code/reachability.js';
import { hole } from '../code/texts.js';
import {
  findConnectionString,
  isOwnMachine,
  joinsTransaction,
  providerConnections,
  serverIn,
} from '../knowledge/context-connection.js';
import { isPlaceholder } from '../knowledge/secrets.js';
import { scopeOptions } from '../knowledge/transaction-scopes.js';
import type { ApiUse } from '../project/api-uses.js';
import { ContextConnections } from '../project/context-connections.js';
import { whereOf } from '../project/proof.js';
import { routinesUsing, subjectOf, type Routine } from '../project/routine-reach.js';
import { textsGiven } from '../project/string-arguments.js';
import { threadStartsOf } from '../project/thread-starts.js';
import { isScopeMade, scopeOptionsOf } from '../project/transaction-scopes.js';
import { shownString } from '../text/shown.js';
import type { CodeRule } from './rule.js';

export const distributedTransaction: CodeRule = {
  name: 'distributed-transaction',
  summary:
    'The code makes the transaction it runs in a distributed one, which its own server cannot join a second time.',
  topic: 'data-access',
  severity: 'information',
  phase: 'call',
  sqlErrors: [1206],
  on: 'code',
  check(code, report, { permissionSet, requirements }) {
    const { uses } = requirements;
    const scopes = new Map(uses.filter(isScopeMade).map((use) => [use, scopeOptionsOf(code, use)]));
    const isLeft = [...scopes.values()].some((options) => options?.every(isBegun) !== true) || uses.some(setsCurrent);

    // In SAFE no such connection is opened: insufficient-permission-set tells.
    if (permissionSet !== 'SAFE' && !isLeft) reportJoining();
    reportScopes();

    function reportJoining(): void {
      const joining = new Map(
        uses.flatMap((use) => {
          const server = serverJoined(use);
          return server === undefined ? [] : [[use, server] as const];
        }),
      );
      if (joining.size === 0) return;
      // A transaction is that of the thread.
      const onOthers = new Set(
        threadStartsOf(code, requirements).flatMap(({ runs }) => runs.map(({ method }) => method)),
      );
      const told = new Set<ApiUse>();
      for (const isTrigger of [true, false]) {
        const begins = (entry: EntryPoint): EntryPoint | undefined =>
          (entry.kind === 'trigger') === isTrigger ? entry : undefined;
        const whose = isTrigger ? 'the transaction of the trigger' : 'the transaction of its caller';
        const found = routinesUsing(code, requirements, begins, [...joining.keys()]).flatMap((routine) =>
          routine.uses
            .filter(({ node }) => !methodsOnTheWay(routine, node).some((method) => onOthers.has(method)))
            .map((use) => ({ routine, use, server: joining.get(use) ?? '' })),
        );
        for (const { routine, use, server } of found) {
          const isOwn = isOwnMachine(server);
          // Whoever calls a procedure may have begun none, and another server can join.
          if (told.has(use) || (!isTrigger && !isOwn)) continue;
          told.add(use);
          const subject = subjectOf(routine, use.node);
          const then = isOwn ? 'waits for itself where that is the server it runs in' : 'becomes a distributed one';
          report(
            use.place,
            `${whereOf(use)} connects to server ${shownString(server, longestName)} and joins ${whose}, which ${then}${subject && `, called by ${subject.trim()}`}`,
            { sqlErrors: isOwn ? [1206] : [] },
          );
        }
      }
    }

    function reportScopes(): void {
      const connections = new ContextConnections(code, requirements);
      const begun = [...scopes].flatMap(([use, options]) => (options?.every(isBegun) ? [use] : []));
      const isOther = (use: ApiUse): boolean => isOtherResource(use, connections);
      if (begun.length === 0 || connections.opens.length === 0 || uses.some(isOther)) return;
      const around = new Set(
        routinesUsing(code, requirements, (entry) => entry, [...begun, ...connections.opens])
          .filter((routine) => connections.opens.some((open) => routine.uses.includes(open)))
          .flatMap((routine) => routine.uses.filter((use) => scopes.has(use))),
      );
      for (const use of around)
        report(
          use.place,
          `${whereOf(use)} puts a TransactionScope around the context connection alone, which makes its transaction a distributed one`,
          { sqlErrors: [] },
        );
    }

    function serverJoined(use: ApiUse): string | undefined {
      const { type, name } = use.member;
      if (type.kind !== 'named' || !type.name.startsWith('System.Data.SqlClient.')) return undefined;
      const given = findConnectionString(type.name, name);
      if (given?.holds !== 'connection string') return undefined;
      const texts = textsGiven(code, use, given.argument);
      const [server, ...others] = texts.map((text) => (text.includes(hole) ? undefined : serverIn(text)));
      const isKnown = server !== undefined && others.every((other) => other === server) && !isPlaceholder(server);
      return isKnown && texts.every(joinsTransaction) ? server : undefined;
    }
  },
};

const longestName = 80;

/** The methods on the way there, and its own. */
function methodsOnTheWay({ reached }: Routine, { method }: MethodNode): readonly MethodDef[] {
  const way = reached.get(method);
  return [method, ...(way ? stepsTo(way).map(({ node }) => node.method) : [])];
}

function isBegun(option: number): boolean {
  return option !== scopeOptions.suppress;
}

function setsCurrent({ member: { type, name } }: ApiUse): boolean {
  return name === 'set_Current' && type.kind === 'named' && type.name === 'System.Transactions.Transaction';
}

/** A connection that is none of the session, or whatever else joins a transaction. */
function isOtherResource({ member: { type, name }, operation }: ApiUse, { makers }: ContextConnections): boolean {
  if (type.kind !== 'named') return false;
  if (type.name.startsWith('System.Transactions.')) return name.startsWith('Enlist');
  const isMade = name === '.ctor' && providerConnections.has(type.name);
  return isMade && !(operation.kind === 'call' && makers.has(operation));
}
