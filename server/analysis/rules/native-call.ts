import { memberName } from '../code/model.js';
import { nativeMethods } from '../code/registration.js';
import type { CodeRule } from './rule.js';

export const nativeCall: CodeRule = {
  name: 'native-call',
  summary: 'A P/Invoke method runs native code in the server process; only UNSAFE assemblies may declare one.',
  topic: 'host-protection',
  severity: 'error',
  phase: 'create',
  sqlErrors: [6215, 6265],
  cwe: [111],
  on: 'code',
  check(code, report, { permissionSet }) {
    if (permissionSet === 'UNSAFE') return;
    const details = permissionSet ? {} : ({ severity: 'information' } as const);
    for (const { type, method, what, isImport } of nativeMethods(code))
      report(method.place, `${memberName(type, method)} ${what}`, { ...details, sqlErrors: [isImport ? 6265 : 6215] });
  },
};
