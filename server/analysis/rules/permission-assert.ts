import { memberName } from '../code/model.js';
import { notableUses } from '../project/notable-uses.js';
import { toldOnce } from '../project/proof.js';
import type { CodeRule } from './rule.js';

export const permissionAssert: CodeRule = {
  name: 'permission-assert',
  summary: 'The code asserts permissions, so that callers who lack them get what it does all the same.',
  topic: 'permission-sets',
  severity: 'warning',
  phase: 'review',
  cwe: [250, 269],
  on: 'code',
  check(code, report, { requirements }) {
    for (const { first, place, where, also } of toldOnce(notableUses(requirements, 'assert')))
      report(place, `${where} calls ${first.text}${also}`);
    for (const type of code.types) {
      for (const { action, place } of type.security)
        if (action === 'Assert') report(place, `${type.name} asserts permissions for its callers`);
      for (const method of type.methods)
        for (const { action, place } of method.security)
          if (action === 'Assert') report(place, `${memberName(type, method)} asserts permissions for its callers`);
    }
  },
};
