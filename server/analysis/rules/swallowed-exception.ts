import type { Operation, Region } from '../code/body.js';
import { isAnsweredBehind, isEmptyHandler, setsFlag, triedOperations, withHandlers } from '../code/handlers.js';
import { placeIn } from '../code/model.js';
import { fixesBy } from '../code/remedy.js';
import { whereOf } from '../project/proof.js';
import type { CodeRule } from './rule.js';

export const swallowedException: CodeRule = {
  name: 'swallowed-exception',
  summary: 'A handler catches every exception and does nothing: the routine goes on as if nothing had failed.',
  topic: 'hygiene',
  severity: 'warning',
  phase: 'review',
  cwe: [390],
  on: 'code',
  check(code, report, { requirements }) {
    for (const method of requirements.reachability.keys()) {
      const node = code.graph.nodes.get(method);
      if (!node || !method.body?.regions.some(catchesAll)) continue;
      const body = withHandlers(method.body);
      for (const region of body.regions.filter(catchesAll)) {
        const at = body.blocks[region.handler.first];
        if (!at || !isEmptyHandler(body, region)) continue;
        const isHandled = isCleaningUp(triedOperations(body, region)) || setsFlag(body, region);
        if (isHandled || isAnsweredBehind(body, region)) continue;
        const operation = at.operations[0] ?? at.end;
        const place = placeIn(method, operation);
        report(
          place,
          `${whereOf({ node, operation })} catches every exception and does nothing with it`,
          fixesBy(code, {
            title: 'Let the exception go on',
            changes: [{ kind: 'rethrow', handler: place }],
            needsReview: true,
          }),
        );
      }
    }
  },
};

function catchesAll({ kind, type }: Region): boolean {
  return (
    kind === 'catch' && type?.kind === 'named' && (type.name === 'System.Exception' || type.name === 'System.Object')
  );
}

const cleaning = /^(?:Abort|Cancel|Close|Delete|Disconnect|Dispose|Flush|Kill|Rollback|Shutdown|Undo|get_\w+)$/;

/** What is tried only puts things away: that it fails changes nothing. */
function isCleaningUp(tried: readonly Operation[]): boolean {
  return tried.every((operation) => operation.kind !== 'call' || cleaning.test(operation.method.name));
}
