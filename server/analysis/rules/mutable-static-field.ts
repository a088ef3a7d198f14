import { placeIn } from '../code/model.js';
import { mutableStaticFields } from '../code/registration.js';
import { fixesBy } from '../code/remedy.js';
import { whereOf } from '../project/proof.js';
import type { CodeRule } from './rule.js';

export const mutableStaticField: CodeRule = {
  name: 'mutable-static-field',
  summary:
    'A static field that can change is shared by all sessions, and refused in SAFE and EXTERNAL_ACCESS assemblies.',
  topic: 'host-protection',
  severity: 'error',
  phase: 'create',
  sqlErrors: [6211, 6212],
  cwe: [362],
  on: 'code',
  check(code, report, { permissionSet }) {
    if (permissionSet === 'UNSAFE') return;
    for (const { field, name } of mutableStaticFields(code)) {
      // Which of the two is said, of the field or of the method that stores to it, is not documented: both have been seen.
      const store = code.graph.storesOf(field).find(({ node }) => node.method.name !== '.cctor');
      report(field.place, `${name} is static and not readonly`, {
        ...(!permissionSet && { severity: 'information' }),
        sqlErrors: store ? [6211, 6212] : [6211],
        ...(store && {
          proof: [{ place: placeIn(store.node.method, store.operation), message: `${whereOf(store)} stores to it` }],
        }),
        ...fixesBy(code, {
          title: 'Declare it readonly',
          changes: [{ kind: 'makeReadonly', field: field.place }],
        }),
      });
    }
  },
};
