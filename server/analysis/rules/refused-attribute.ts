import { memberName, type CustomAttribute, type Place } from '../code/model.js';
import { findRefusedAttribute, type AttributeTarget } from '../knowledge/refused-attributes.js';
import type { CodeRule } from './rule.js';

export const refusedAttribute: CodeRule = {
  name: 'refused-attribute',
  summary: 'An attribute that CREATE ASSEMBLY refuses in SAFE and EXTERNAL_ACCESS assemblies.',
  topic: 'host-protection',
  severity: 'error',
  phase: 'create',
  sqlErrors: [6237, 6238, 6239],
  on: 'code',
  check(code, report, { permissionSet }) {
    if (permissionSet === 'UNSAFE') return;
    const severity = permissionSet ? 'error' : 'information';
    const look = (on: string, target: AttributeTarget, attributes: readonly CustomAttribute[], place: Place): void => {
      for (const { type } of attributes) {
        const refused = findRefusedAttribute(type);
        const sqlErrors = refused?.stored === 'custom attribute' ? refused.errors[target] : undefined;
        if (sqlErrors) report(place, `${on} has the attribute ${type}`, { severity, sqlErrors });
      }
    };
    for (const type of code.types) {
      look(type.name, 'type', type.attributes, type.place);
      for (const field of type.fields) look(memberName(type, field), 'field', field.attributes, field.place);
      for (const method of type.methods) {
        const name = memberName(type, method);
        look(name, 'method', method.attributes, method.place);
        if (method.isSynchronized)
          report(method.place, `${name} is synchronized (MethodImplOptions.Synchronized)`, {
            severity,
            sqlErrors: [6213],
          });
        for (const { action, place } of method.security)
          report(place, `${name} declares security (${action})`, { severity, sqlErrors: [6237] });
      }
      for (const { action, place } of type.security)
        report(place, `${type.name} declares security (${action})`, { severity, sqlErrors: [6239] });
    }
  },
};
