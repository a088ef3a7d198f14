import { memberName } from '../code/model.js';
import type { CodeRule } from './rule.js';

export const nativeCall: CodeRule = {
  name: 'native-call',
  summary: 'A P/Invoke method runs native code in the server process; only UNSAFE assemblies may declare one.',
  topic: 'host-protection',
  severity: 'error',
  phase: 'create',
  sqlErrors: [6265],
  cwe: [111],
  on: 'code',
  check(code, report, { permissionSet }) {
    if (permissionSet === 'UNSAFE') return;
    const details = permissionSet ? {} : ({ severity: 'information' } as const);
    for (const type of code.types) {
      for (const method of type.methods) {
        if (method.import)
          report(
            method.place,
            `${memberName(type, method)} calls ${method.import.name} in ${method.import.library}`,
            details,
          );
        else if (method.implementation !== 'il' && !(method.implementation === 'runtime' && type.kind === 'delegate')) {
          report(method.place, `${memberName(type, method)} is not implemented in IL`, {
            ...details,
            sqlErrors: [6215],
          });
        }
      }
    }
  },
};
