import { standsAlone } from '../project/bound-methods.js';
import { isFilledIn } from '../project/names.js';
import { isWhole } from '../project/whole-code.js';
import type { PlacedRule } from './rule.js';

export const unresolvedMethod: PlacedRule = {
  name: 'unresolved-method',
  summary: 'EXTERNAL NAME names a method that is not in the class.',
  topic: 'links',
  severity: 'error',
  phase: 'create',
  sqlErrors: [6506],
  on: 'script-in-project',
  check(file, project, report) {
    for (const { code, externalName } of project.routinesIn(file)) {
      const { className, method, surplus } = externalName;
      const type = code?.types.find((one) => one.name === className?.value);
      if (
        !code ||
        !type ||
        !method ||
        surplus ||
        isFilledIn(method.value) ||
        type.methods.some((one) => one.name === method.value)
      )
        continue;
      // A class of another assembly may stand above it, with methods that are not seen here; part of it may be in what was not read.
      if (!standsAlone(type) || !isWhole(project, code)) continue;
      const near = type.methods.filter((one) => one.name.toLowerCase() === method.value.toLowerCase());
      const [only] = near;
      report(method.span, `Class ${type.name} has no method ${method.value}${only ? `; there is ${only.name}` : ''}`, {
        ...(only &&
          near.length === 1 && {
            fix: { title: `Name method ${only.name}`, edits: [{ at: method.span, text: `[${only.name}]` }] },
          }),
      });
    }
  },
};
