import type { FieldDef } from '../code/model.js';
import { mutableStaticFields } from '../code/registration.js';
import { fixesBy } from '../code/remedy.js';
import { fieldsSetOnce } from '../code/set-once.js';
import { isMutator } from '../knowledge/mutators.js';
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
    const fields = mutableStaticFields(code);
    const setOnce = code.mend && fields.length > 0 ? fieldsSetOnce(code, fields, isMutator) : new Set<FieldDef>();
    const others = [...setOnce].map(({ place }) => place);
    for (const { field, name } of fields)
      report(field.place, `${name} is static and not readonly`, {
        ...(!permissionSet && { severity: 'information' }),
        ...(setOnce.has(field) &&
          fixesBy(code, {
            title: 'Declare it readonly',
            changes: [{ kind: 'makeReadonly', field: field.place, others }],
          })),
      });
  },
};
