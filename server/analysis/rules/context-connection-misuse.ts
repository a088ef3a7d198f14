import type { Operand, OwnMethod } from '../code/body.js';
import { entryName, type EntryPoint } from '../code/entry-points.js';
import type { MethodNode } from '../code/graph.js';
import { memberName, placeIn } from '../code/model.js';
import { fixesBy } from '../code/remedy.js';
import { valuesOf } from '../code/values.js';
import {
  commandTypes,
  connectionTypes,
  surplusKeywords,
  unavailableOnCommand,
  unavailableOnConnection,
  withoutContextConnection,
  withoutSurplus,
} from '../knowledge/context-connection.js';
import { isContextConnection } from '../knowledge/argument-conditions.js';
import type { ApiUse } from '../project/api-uses.js';
import { changesData, commandsOf, showsPlans } from '../project/commands.js';
import { ContextConnections } from '../project/context-connections.js';
import { openReaderFaults } from '../project/open-readers.js';
import { groupedBy, whereOf } from '../project/proof.js';
import { provenBy, routinesUsing, subjectOf } from '../project/routine-reach.js';
import { rowReaderOf } from '../project/row-readers.js';
import { stringsGiven } from '../project/string-arguments.js';
import type { CodeRule } from './rule.js';

export const contextConnectionMisuse: CodeRule = {
  name: 'context-connection-misuse',
  summary: 'The code asks of the context connection what it does not do, and what throws when it runs.',
  topic: 'data-access',
  severity: 'warning',
  phase: 'call',
  sqlErrors: [6522, 6545],
  on: 'code',
  check(code, tell, { requirements }, { target }) {
    const report: typeof tell = (place, message, details) => tell(place, message, { sqlErrors: [6522], ...details });
    const connections = new ContextConnections(code, requirements);
    for (const use of connections.makers.values()) {
      const given = stringsGiven(code, use, 0);
      const surplus = given.flatMap(surplusKeywords);
      const [from, other] = given;
      if (surplus.length > 0)
        report(
          use.place,
          `${whereOf(use)} gives the context connection ${[...new Set(surplus)].join(', ')}, which it does not take`,
          from === undefined || other !== undefined
            ? {}
            : fixesBy(code, {
                title: `Remove ${[...new Set(surplus)].join(', ')}`,
                changes: [{ kind: 'replaceText', call: use.place, argument: 0, from, to: withoutSurplus(from) }],
              }),
        );
    }
    for (const { node, operation, is } of requirements.flow()?.connectionFaultsOf(code.graph, connections) ?? []) {
      const called = operation.method.definition;
      const opens = called ? `calls ${memberName(called.type, called.method)}, which opens` : 'opens';
      const does =
        is === 'second'
          ? `${opens} a second context connection while one is open`
          : 'runs a command on a context connection that it has closed';
      report(placeIn(node.method, operation), `${whereOf({ node, operation })} ${does}`);
    }
    for (const { node, operation } of openReaderFaults(code, requirements, 'run'))
      report(
        placeIn(node.method, operation),
        `${whereOf({ node, operation })} runs a command on the context connection while a reader of it is open`,
      );
    const commands = commandsOf(code, requirements);
    for (const { use } of commands.filter(showsPlans))
      report(use.place, `${whereOf(use)} asks for plans with SET STATISTICS, which code may not`, {
        sqlErrors: [6545],
      });
    const changing = commands.filter(changesData).map(({ use }) => use);
    const changedBy = groupedBy(routinesUsing(code, requirements, ofFunction, changing), ({ uses }) => uses[0]);
    for (const routines of changedBy) {
      const [routine] = routines;
      const [use] = routine.uses;
      report(
        use.place,
        `${whereOf(use)} changes data on the context connection, and ${subjectOf(routine, use.node)}is a function`,
        { proof: routines.flatMap(provenBy) },
      );
    }
    for (const node of code.graph.nodes.values()) {
      for (const operation of node.method.body?.blocks.flatMap(({ operations }) => operations) ?? []) {
        const field = operation.kind === 'storeField' ? operation.field.definition : undefined;
        if (operation.kind !== 'storeField' || !field?.field.isStatic) continue;
        if (connections.isOne(node, operation.value))
          report(
            placeIn(node.method, operation),
            `${whereOf({ node, operation })} keeps a context connection in static field ${memberName(field.type, field.field)}`,
          );
      }
    }
    const opens = target.readsInFillRow ? [] : connections.opens;
    for (const { entry, uses } of routinesUsing(code, requirements, (one) => rowReaderOf(code, one), opens))
      report(
        uses[0].place,
        `${whereOf(uses[0])} opens the context connection while SQL Server asks ${entryName(entry)} for rows, when data access is over`,
      );
    for (const use of requirements.uses) {
      if (isBulkCopy(use)) report(use.place, `${whereOf(use)} copies in bulk over the context connection`);
      else if (isUnavailable(use))
        report(use.place, `${whereOf(use)} calls ${use.text} on the context connection, which does not do that`);
      else if (isOfOtherProvider(use))
        report(
          use.place,
          `${whereOf(use)} asks Microsoft.Data.SqlClient for the context connection, which it does not have`,
        );
    }

    function isBulkCopy({ member: { type, name, parameters }, node, operation }: ApiUse): boolean {
      if (type.kind !== 'named' || type.name !== 'System.Data.SqlClient.SqlBulkCopy' || name !== '.ctor') return false;
      const given = operation.kind === 'call' ? operation.arguments[0] : undefined;
      const first = parameters[0];
      if (!given || first?.kind !== 'named') return false;
      return first.name === 'System.String' ? isContextGiven(node, given) : connections.isOne(node, given);
    }

    function isOfOtherProvider({ member: { type, name }, node, operation }: ApiUse): boolean {
      if (type.kind !== 'named' || !withoutContextConnection.has(`${type.name}::${name}`)) return false;
      const given = operation.kind === 'call' ? operation.arguments[0] : undefined;
      return given !== undefined && isContextGiven(node, given);
    }

    /** A connection string of the context connection and no other, or what a builder is told: that it is to be that one. */
    function isContextGiven(node: MethodNode, given: Operand): boolean {
      const values = valuesOf(code.graph, node, given);
      return values.length > 0 && values.every((value) => value.kind === 'constant' && isContext(value.value));
    }

    function isUnavailable({ member: { type, name }, node, operation }: ApiUse): boolean {
      if (type.kind !== 'named' || operation.kind !== 'call') return false;
      const on = operation.instance ?? operation.arguments[0];
      if (!on) return false;
      if (connectionTypes.has(type.name)) return unavailableOnConnection.has(name) && connections.isOne(node, on);
      return commandTypes.has(type.name) && unavailableOnCommand.has(name) && connections.isCommand(node, on);
    }
  },
};

function isContext(given: string | number | bigint | boolean | null): boolean {
  return typeof given === 'string' ? isContextConnection(given) : given !== null && Number(given) === 1;
}

function ofFunction(entry: EntryPoint): OwnMethod | undefined {
  return entry.kind === 'function' ? entry : undefined;
}
