// The T-SQL that an assembly's code runs on the context connection, as far as its text stands in the code: what it calls, reads
// and writes is a link from code into the database.
import type { Operand } from '../code/body.js';
import { textsOf, hole } from '../code/texts.js';
import type { AssemblyCode } from '../code/model.js';
import { providerConnections } from '../knowledge/context-connection.js';
import { findPlaceOpener } from '../knowledge/sensitive-places.js';
import { dataUsesOf, type DataUse } from '../tsql/data-uses.js';
import { statementsOf, type ObjectName } from '../tsql/nodes.js';
import { parseScript } from '../tsql/parser.js';
import type { ApiUse } from './api-uses.js';
import { ContextConnections } from './context-connections.js';
import type { Requirements } from './requirements.js';

export interface CodeCommand extends CommandText {
  readonly use: ApiUse;
  /** With U+FFFC for each part that is not known. */
  readonly text: string;
}

interface CommandText {
  /** Procedures that it calls, as it names them. With CommandType.StoredProcedure the whole text is such a name. */
  readonly calls: readonly ObjectName[];
  readonly data: readonly DataUse[];
}

/** Texts that are longer are no commands that somebody wrote. */
const longestText = 100_000;

/** In the order of the code. What runs on another connection, or may, is none of them: it is of another database. */
export function commandsOf(code: AssemblyCode, { uses }: Pick<Requirements, 'uses'>): readonly CodeCommand[] {
  const connections = new ContextConnections(code, { uses });
  if (connections.makers.size === 0) return [];
  const isOnly = !uses.some((use) => isAnotherConnection(use, connections));
  const read = new Map<string, CommandText>();
  return uses.flatMap((use): readonly CodeCommand[] => {
    const given = commandGiven(use);
    if (!given || (!isOnly && !isOnContext(use, connections))) return [];
    return textsOf(code.graph, use.node, given).flatMap((text) => {
      if (text.length > longestText) return [];
      let found = read.get(text);
      if (!found) read.set(text, (found = commandText(text)));
      return [{ use, text, ...found }];
    });
  });
}

/** `SET STATISTICS XML ON`, which code may not (Msg 6545); IO and TIME are not of those that show a plan. */
export function showsPlans({ text }: CodeCommand): boolean {
  if (!/\bSTATISTICS\b/i.test(text) || text.includes(hole)) return false;
  const statements = parseScript(text).batches.flatMap((batch) => batch.statements);
  return statements.some(
    ({ conditional, span }) =>
      !conditional && /^SET\s+STATISTICS\s+(?:XML|PROFILE)\s+ON\b/i.test(text.slice(span.start, span.end)),
  );
}

/** Inserts, updates or deletes rows of a table: which of them is not told, since a text may do more than one. */
export function changesData({ data }: CodeCommand): boolean {
  return data.some(({ permission }) => permission !== 'SELECT' && permission !== 'EXECUTE');
}

/** Whether all that commands run stands in the code. */
export function areCommandsKnown(code: AssemblyCode, uses: readonly ApiUse[]): boolean {
  return uses.every((use) => {
    const given = commandGiven(use);
    return !given || textsOf(code.graph, use.node, given).length > 0;
  });
}

/** The text of a command, where a call is given one. */
function commandGiven({ operation, member: { type, name } }: ApiUse): Operand | undefined {
  const opener = type.kind === 'named' ? findPlaceOpener(type.name, name) : undefined;
  return opener?.kind === 'sql' && operation.kind === 'call' ? operation.arguments[opener.argument] : undefined;
}

function commandText(text: string): CommandText {
  const script = parseScript(text);
  const calls = statementsOf(script, 'execute').flatMap(({ procedure }) => procedure ?? []);
  return {
    calls: calls.filter(isWhole),
    data: dataUsesOf(text, script).filter(({ name }) => isWhole(name)),
  };
}

/** Nothing of the name is put together at run time. */
function isWhole({ parts }: ObjectName): boolean {
  return !parts.some((part) => part?.value.includes(hole) || /\{\d+/.test(part?.value ?? ''));
}

function isOnContext({ node, member, operation }: ApiUse, connections: ContextConnections): boolean {
  if (operation.kind !== 'call') return false;
  if (member.name !== '.ctor')
    return operation.instance !== undefined && connections.isCommand(node, operation.instance);
  const connection = operation.arguments[1];
  return connection !== undefined && connections.isOne(node, connection);
}

/** A connection is made that is not, or may not be, the context connection. */
function isAnotherConnection({ member, operation }: ApiUse, { makers }: ContextConnections): boolean {
  if (operation.kind !== 'call' || operation.dispatch !== 'new' || member.type.kind !== 'named') return false;
  return providerConnections.has(member.type.name) && !makers.has(operation);
}
