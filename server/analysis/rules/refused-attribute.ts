import { fixesBy } from '../code/remedy.js';
import { isWithoutEffect } from '../knowledge/refused-attributes.js';
import { refusedAttributesIn } from '../project/refused-attributes.js';
import type { CodeRule } from './rule.js';

export const refusedAttribute: CodeRule = {
  name: 'refused-attribute',
  summary: 'An attribute that CREATE ASSEMBLY refuses in SAFE and EXTERNAL_ACCESS assemblies.',
  topic: 'host-protection',
  severity: 'error',
  phase: 'create',
  sqlErrors: [6213, 6237, 6238, 6239],
  on: 'code',
  check(code, report, { permissionSet }) {
    if (permissionSet === 'UNSAFE') return;
    const severity = permissionSet ? 'error' : 'information';
    for (const { on, what, sqlErrors, place, attribute } of refusedAttributesIn(code))
      report(place, `${on} ${what}`, {
        severity,
        sqlErrors,
        ...(attribute &&
          isWithoutEffect(attribute.type) &&
          fixesBy(code, {
            title: 'Remove the attribute, which has no effect here',
            changes: [{ kind: 'removeAttribute', attribute: attribute.place }],
          })),
      });
  },
};
