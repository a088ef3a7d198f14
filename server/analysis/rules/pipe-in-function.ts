import type { Operand } from '../code/body.js';
import type { MethodNode } from '../code/graph.js';
import type { ApiUse } from '../project/api-uses.js';
import { whereOf } from '../project/proof.js';
import { isOwnStep, routinesOf, subjectOf } from '../project/routine-reach.js';
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
    const pipes = requirements.uses.filter(isPipe).filter((use) => !isAskedFor(use));
    if (pipes.length === 0) return;
    for (const routine of routinesOf(code, requirements, ({ kind }) => kind === 'function', isOwnStep)) {
      const found = pipes.filter(({ node }) => routine.reached.has(node.method));
      const first = found.find(({ node }) => node.method === routine.entry.method) ?? found[0];
      if (!first) continue;
      report(first.place, `${whereOf(first)} uses SqlContext.Pipe, and ${subjectOf(routine, first.node)}is a function`);
    }
  },
};

function isPipe({ member: { type, name } }: ApiUse): boolean {
  return type.kind === 'named' && type.name === 'Microsoft.SqlServer.Server.SqlContext' && name === 'get_Pipe';
}

/** Whether the method looks first whether there is a pipe: whatever it does then, it knows of functions. */
function isAskedFor({ node }: ApiUse): boolean {
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
