import type { Operand, OwnMethod } from '../code/body.js';
import type { EntryPoint } from '../code/entry-points.js';
import type { MethodNode } from '../code/graph.js';
import type { ApiUse } from '../project/api-uses.js';
import { groupedBy, whereOf } from '../project/proof.js';
import { routinesUsing, subjectOf } from '../project/routine-reach.js';
import type { CodeRule } from './rule.js';

export const pipeInFunction: CodeRule = {
  name: 'pipe-in-function',
  summary: 'A function sends through SqlContext.Pipe, which procedures and triggers have and functions have not.',
  topic: 'data-access',
  severity: 'warning',
  phase: 'call',
  sqlErrors: [6522],
  on: 'code',
  check(code, report, { requirements }) {
    const byMethod = groupedBy(requirements.uses.filter(isPipe), ({ node }) => node);
    const pipes = byMethod.filter(([{ node }]) => !isAskedFor(node)).flat();
    const ofFunction = (entry: EntryPoint): OwnMethod | undefined => (entry.kind === 'function' ? entry : undefined);
    for (const routine of routinesUsing(code, requirements, ofFunction, pipes)) {
      const [first] = routine.uses;
      report(first.place, `${whereOf(first)} uses SqlContext.Pipe, and ${subjectOf(routine, first.node)}is a function`);
    }
  },
};

function isPipe({ member: { type, name } }: ApiUse): boolean {
  return type.kind === 'named' && type.name === 'Microsoft.SqlServer.Server.SqlContext' && name === 'get_Pipe';
}

/** Whether the method looks first whether there is a pipe: whatever it does then, it knows of functions. */
function isAskedFor(node: MethodNode): boolean {
  return (node.method.body?.blocks ?? []).some(({ operations, end }) => {
    const compared = [
      ...(end.kind === 'branch' ? [end.left, ...(end.right ? [end.right] : [])] : []),
      ...operations.flatMap((operation) => (operation.kind === 'compute' ? operation.operands : [])),
    ];
    return compared.some((operand) => isFromPipe(node, operand));
  });
}

function isFromPipe({ definitions }: MethodNode, operand: Operand): boolean {
  const operands = operand.kind === 'local' ? (definitions.locals.get(operand.index) ?? []) : [operand];
  return operands.some(
    (one) =>
      one.kind === 'temporary' &&
      (definitions.temporaries.get(one.index) ?? []).some(
        (operation) => operation.kind === 'call' && operation.method.name === 'get_Pipe',
      ),
  );
}
