import { mutableStaticFields } from '../code/registration.js';
import { fixesBy } from '../code/remedy.js';
import type { CodeRule } from './rule.js';

export const mutableStaticField: CodeRule = {
  name: 'mutable-static-field',
  summary:
    'A static field that can change is shared by all sessions, and refused in SAFE and EXTERNAL_ACCESS assemblies.',
  topic: 'host-protection',
  severity: 'error',
  phase: 'create',
  sqlErrors: [6211],
  cwe: [362],
  on: 'code',
  check(code, report, { permissionSet }) {
    if (permissionSet === 'UNSAFE') return;
    for (const { field, name } of mutableStaticFields(code))
      report(field.place, `${name} is static and not readonly`, {
        ...(!permissionSet && { severity: 'information' }),
        ...fixesBy(code, {
          title: 'Declare it readonly',
          changes: [{ kind: 'makeReadonly', field: field.place }],
        }),
      });
  },
};
