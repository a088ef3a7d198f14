import type { ProjectRule } from './rule.js';

export const unresolvedMethod: ProjectRule = {
  name: 'unresolved-method',
  summary: 'EXTERNAL NAME names a method that is not in the class.',
  topic: 'links',
  severity: 'error',
  phase: 'create',
  sqlErrors: [6506],
  on: 'project',
  check(project, report) {
    for (const { assembly, externalName, file } of project.routines) {
      const { className, method, surplus } = externalName;
      const type = assembly?.code?.types.find((one) => one.name === className?.value);
      if (
        !type ||
        !method ||
        surplus ||
        method.value.includes('$(') ||
        type.methods.some((one) => one.name === method.value)
      )
        continue;
      // A class of another assembly may stand above it, with methods that are not seen here.
      if (type.base?.kind === 'named' && type.base.name !== 'System.Object' && type.base.name !== 'System.ValueType')
        continue;
      const near = type.methods.filter((one) => one.name.toLowerCase() === method.value.toLowerCase());
      const [only] = near;
      report(
        file.uri,
        method.span,
        `Class ${type.name} has no method ${method.value}${only ? `; there is ${only.name}` : ''}`,
        {
          ...(only &&
            near.length === 1 && {
              fix: { title: `Name method ${only.name}`, edits: [{ at: method.span, text: `[${only.name}]` }] },
            }),
        },
      );
    }
  },
};
