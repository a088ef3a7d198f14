// Transactions that code ends without having begun them, or begins and does not end: SQL Server holds each level of code to what
// it has begun itself.
// Sources: learn.microsoft.com "CLR integration and transactions", "Access the current transaction", "CLR triggers", which tell
// what is thrown and what is said when the code is done; the messages of 3990 to 3994; read 2026-11.
import type { OwnMethod } from '../code/body.js';
import type { EntryPoint } from '../code/entry-points.js';
import type { MethodNode } from '../code/graph.js';
import type { AssemblyCode } from '../code/model.js';
import { hole } from '../code/texts.js';
import { executingMembers } from '../knowledge/context-connection.js';
import { scopeOptions, scopeType } from '../knowledge/transaction-scopes.js';
import { parseScript } from '../tsql/parser.js';
import type { ApiUse } from './api-uses.js';
import { areCommandsKnown, commandsOf, type CodeCommand } from './commands.js';
import { grouped } from './grouped.js';
import type { Requirements } from './requirements.js';
import { isCaught, routinesUsing, type Routine } from './routine-reach.js';
import { isScopeMade, scopeOptionsOf } from './transaction-scopes.js';

export interface TransactionFault {
  readonly use: ApiUse;
  readonly routine: Routine;
  /** Continues a sentence that begins with the method. */
  readonly what: string;
  readonly sqlErrors: readonly number[];
  /** Microsoft's pages do it to take back what the caller did. */
  readonly isDocumented: boolean;
}

export function transactionFaults(code: AssemblyCode, requirements: Requirements): readonly TransactionFault[] {
  const { uses } = requirements;
  const commands = commandsOf(code, requirements);
  const does = new Map(commands.map((command) => [command, effectOf(command.text)]));
  const isOf = (use: ApiUse, type: string, name: string): boolean =>
    use.member.name === name && use.member.type.kind === 'named' && use.member.type.name === type;
  const made = uses.filter(isScopeMade);
  const beginsItself =
    made.length > 0 ||
    uses.some(({ member: { name } }) => name === 'BeginTransaction') ||
    uses.some((use) => isOf(use, 'System.Transactions.CommittableTransaction', '.ctor')) ||
    uses.some((use) => isOf(use, 'System.Transactions.Transaction', 'set_Current'));
  const begins = beginsItself || [...does.values()].some(({ mayBegin }) => mayBegin) || !areCommandsKnown(code, uses);

  const runs = grouped(uses.filter(runsCommand), ({ node }) => node);
  const endings = new Map<MethodNode, readonly number[]>();
  /** Of what a command does where it is run. */
  const endingsIn = (node: MethodNode): readonly number[] => {
    const known = endings.get(node) ?? endingsOf(code, node, runs.get(node) ?? []);
    endings.set(node, known);
    return known;
  };

  const faults: TransactionFault[] = [];
  const found = (
    all: readonly ApiUse[],
    kinds: readonly EntryPoint['kind'][],
    tell: (use: ApiUse, routine: Routine) => Pick<TransactionFault, 'what' | 'sqlErrors'> & { isDocumented?: boolean },
  ): void => {
    const starts = (entry: EntryPoint): OwnMethod | undefined => (kinds.includes(entry.kind) ? entry : undefined);
    const told = new Set<ApiUse>();
    for (const routine of routinesUsing(code, requirements, starts, all))
      for (const use of routine.uses) {
        if (told.has(use)) continue;
        told.add(use);
        faults.push({ use, routine, isDocumented: false, ...tell(use, routine) });
      }
  };
  const usesOf = (is: (command: CodeCommand) => boolean): readonly ApiUse[] => [
    ...new Set(commands.filter(is).map(({ use }) => use)),
  ];

  if (!begins) {
    found(
      usesOf((command) => does.get(command)?.ends === 'COMMIT'),
      either,
      (use) => ({
        what: 'commits a transaction that it has not begun',
        sqlErrors: [3990, ...endingsIn(use.node)],
      }),
    );
    found(
      usesOf((command) => does.get(command)?.ends === 'ROLLBACK'),
      either,
      (use) => ({
        what: 'rolls back a transaction that it has not begun',
        sqlErrors: [3994, ...endingsIn(use.node)].sort((a, b) => a - b),
        isDocumented: true,
      }),
    );
    found(
      uses.filter((use) => isOf(use, 'System.Transactions.Transaction', 'Rollback')),
      ['trigger'],
      (use) => ({
        what: 'rolls back the transaction of its caller',
        sqlErrors: [3994, ...endingsOf(code, use.node, [use])].sort((a, b) => a - b),
        isDocumented: true,
      }),
    );
  }
  if (!beginsItself && areCommandsKnown(code, uses) && ![...does.values()].some(({ mayEnd }) => mayEnd))
    found(
      usesOf((command) => does.get(command)?.leaves === true),
      either,
      (_, { entry }) => ({
        what: 'begins a transaction that nothing ends',
        // Without a transaction of the caller there is no count that changes.
        sqlErrors: entry.kind === 'trigger' ? [3992] : [3992, 3993],
      }),
    );
  if (!uses.some((use) => isOf(use, scopeType, 'Complete')))
    found(
      made.filter((use) => scopeOptionsOf(code, use)?.every((option) => option === scopeOptions.required)),
      ['trigger'],
      () => ({
        what: 'joins the transaction of its caller with a TransactionScope, and never completes it',
        sqlErrors: [1206],
        isDocumented: true,
      }),
    );
  return faults;
}

const either: readonly EntryPoint['kind'][] = ['procedure', 'trigger'];

interface Effect {
  /** Surely ends a transaction that the text has not begun. */
  readonly ends?: 'COMMIT' | 'ROLLBACK';
  /** Surely begins one more than it ends. */
  readonly leaves: boolean;
  readonly mayBegin: boolean;
  readonly mayEnd: boolean;
}

function effectOf(text: string): Effect {
  const mayBegin = /\b(?:BEGIN|SAVE|IMPLICIT_TRANSACTIONS|EXEC|EXECUTE)\b/i.test(text) || isProcedure(text);
  const mayEnd = /\b(?:COMMIT|ROLLBACK|EXEC|EXECUTE)\b/i.test(text) || isProcedure(text);
  const statements = parseScript(text).batches.flatMap((batch) => batch.statements);
  const isPlain = !text.includes(hole) && statements.every(({ conditional }) => !conditional);
  if (!isPlain) return { leaves: false, mayBegin, mayEnd };
  let depth = 0;
  for (const statement of statements) {
    const words = statement.kind === 'unknown' ? statement.words : '';
    if (/^BEGIN (?:DISTRIBUTED|TRAN|TRANSACTION)$/.test(words)) depth++;
    else if (words === 'COMMIT' || words === 'ROLLBACK') {
      // A name may be that of a savepoint.
      const isNamed = !whole.test(text.slice(statement.span.start, statement.span.end));
      if (isNamed) return { leaves: false, mayBegin, mayEnd };
      if (depth === 0) return { ends: words, leaves: false, mayBegin, mayEnd };
      depth = words === 'COMMIT' ? depth - 1 : 0;
    }
  }
  return { leaves: depth > 0, mayBegin, mayEnd };
}

const whole = /^(?:COMMIT|ROLLBACK)(?:\s+(?:TRAN|TRANSACTION|WORK))?\s*;?$/i;

/** CommandType.StoredProcedure: a name, and not a word that is a statement by itself. */
function isProcedure(text: string): boolean {
  return /^\s*[[\]"\w.]+\s*$/.test(text) && !whole.test(text.trim());
}

function runsCommand({ member: { name } }: ApiUse): boolean {
  return executingMembers.has(name) || name === 'ExecuteAndSend';
}

/** What is said when the code is done: 3991 where it has caught what was thrown, else 6549; both where that is not known. */
function endingsOf({ graph }: AssemblyCode, node: MethodNode, thrown: readonly ApiUse[]): readonly number[] {
  const caught = thrown.map(({ operation }) => isCaught(node.method.body, operation.at));
  if (caught.length > 0 && caught.every((is) => is)) return [3991];
  return caught.length > 0 && caught.every((is) => !is) && graph.callersOf(node.method).length === 0
    ? [6549]
    : [3991, 6549];
}
