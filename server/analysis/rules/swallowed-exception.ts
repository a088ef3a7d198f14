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
    for (const handler of requirements.flow()?.emptyHandlersOf(code, requirements.reachability) ?? []) {
      const place = placeIn(handler.node.method, handler.operation);
      report(
        place,
        `${whereOf(handler)} catches every exception and does nothing with it`,
        fixesBy(code, {
          title: 'Let the exception go on',
          changes: [{ kind: 'rethrow', handler: place }],
          needsReview: true,
        }),
      );
    }
  },
};
