import { memberName } from '../code/model.js';
import { findSensitivePlace } from '../knowledge/sensitive-places.js';
import { nativeImports, notableUses } from '../project/notable-uses.js';
import { toldOnce, whereOf } from '../project/proof.js';
import { allStringsGiven } from '../project/string-arguments.js';
import type { CodeRule } from './rule.js';

export const sensitiveSystemAccess: CodeRule = {
  name: 'sensitive-system-access',
  summary: 'The code reaches for credentials, tokens, password hashes or security logs of the system.',
  topic: 'permission-sets',
  severity: 'warning',
  phase: 'review',
  cwe: [522, 250],
  on: 'code',
  check(code, report, { requirements }) {
    for (const { type, method, function: native, library } of nativeImports(code, 'credentials'))
      report(method.place, `${memberName(type, method)} is ${native.name} in ${library}, which ${native.does}`);
    for (const { first, place, where, also } of toldOnce(notableUses(requirements, 'protected data')))
      report(place, `${where} decrypts protected data by ${first.text}${also}`);
    for (const use of requirements.uses) {
      const { type, name } = use.member;
      if (type.kind !== 'named') continue;
      for (const text of allStringsGiven(code, use)) {
        const place = findSensitivePlace(type.name, name, text);
        if (place) report(use.place, `${whereOf(use)} reaches ${place.what}`);
      }
    }
  },
};
