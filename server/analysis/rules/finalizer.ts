import { memberName } from '../code/model.js';
import { isFinalizer } from '../code/registration.js';
import type { CodeRule } from './rule.js';

export const finalizer: CodeRule = {
  name: 'finalizer',
  summary:
    'A finalizer runs on a thread of its own at a time of its own; SAFE and EXTERNAL_ACCESS assemblies may have none.',
  topic: 'host-protection',
  severity: 'error',
  phase: 'create',
  sqlErrors: [6216],
  on: 'code',
  check(code, report, { permissionSet }) {
    if (permissionSet === 'UNSAFE') return;
    for (const type of code.types) {
      for (const method of type.methods.filter(isFinalizer))
        report(
          method.place,
          `${memberName(type, method)} is a finalizer`,
          permissionSet ? {} : { severity: 'information' },
        );
    }
  },
};
