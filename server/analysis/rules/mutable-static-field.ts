import { memberName } from '../code/model.js';
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
    for (const type of code.types) {
      if (type.compilerGenerated || type.kind === 'enum') continue;
      for (const field of type.fields) {
        if (
          !field.isStatic ||
          field.isInitOnly ||
          field.isLiteral ||
          (field.compilerGenerated && !isAutoProperty(field.name))
        )
          continue;
        const name = isAutoProperty(field.name)
          ? memberName(type, { name: field.name.slice(1, field.name.indexOf('>')) })
          : memberName(type, field);
        report(field.place, `${name} is static and not readonly`, permissionSet ? {} : { severity: 'information' });
      }
    }
  },
};

/** `<Name>k__BackingField`: the compiler's name for a field that the source asked for. */
function isAutoProperty(name: string): boolean {
  return name.startsWith('<') && name.endsWith('>k__BackingField');
}
