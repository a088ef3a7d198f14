import { placeIn } from '../code/model.js';
import { openReaderFaults } from '../project/open-readers.js';
import { whereOf } from '../project/proof.js';
import { subjectOf } from '../project/routine-reach.js';
import { transactionFaults } from '../project/transaction-faults.js';
import type { CodeRule } from './rule.js';

export const unbalancedTransaction: CodeRule = {
  name: 'unbalanced-transaction',
  summary: 'The code ends a transaction that it has not begun, or leaves one that it has.',
  topic: 'data-access',
  severity: 'warning',
  phase: 'call',
  sqlErrors: [1206, 3988, 3990, 3991, 3992, 3993, 3994, 6549],
  on: 'code',
  check(code, report, { requirements }) {
    for (const { use, routine, what, sqlErrors, isDocumented } of transactionFaults(code, requirements)) {
      const subject = subjectOf(routine, use.node);
      report(use.place, `${whereOf(use)} ${what}${subject && `, called by ${subject.trim()}`}`, {
        sqlErrors,
        ...(isDocumented && { severity: 'information' }),
      });
    }
    for (const { node, operation } of openReaderFaults(code, requirements, 'begin'))
      report(
        placeIn(node.method, operation),
        `${whereOf({ node, operation })} begins a transaction on the context connection while a reader is open`,
        { sqlErrors: [3988] },
      );
  },
};
