import type { TypeDef } from '../code/model.js';
import type { ProjectRule } from './rule.js';

export const unresolvedClass: ProjectRule = {
  name: 'unresolved-class',
  summary: 'EXTERNAL NAME names a class that is not in the assembly.',
  topic: 'links',
  severity: 'error',
  phase: 'create',
  sqlErrors: [6505, 6556],
  on: 'project',
  check(project, report) {
    for (const { assembly, externalName, file, kind, name } of project.routines) {
      const types = assembly?.code?.types;
      const className = externalName.className?.value ?? name.last.value;
      if (!assembly || !types || className.includes('$(')) continue;
      // Four parts and more: the namespace stands outside the brackets, and the parts mean something else.
      const spelled = externalName.surplus ? '' : className;
      if (types.some((type) => type.name === spelled)) continue;
      const near = nearMiss(types, className);
      const at = externalName.className?.span ?? externalName.span;
      report(
        file.uri,
        at,
        `Assembly ${assembly.name} has no class ${className}${near ? `; there is ${near.name}` : ''}`,
        {
          // Of a type and an aggregate SQL Server says it otherwise.
          sqlErrors: [kind === 'type' || kind === 'aggregate' ? 6556 : 6505],
          ...(near &&
            externalName.className &&
            !externalName.surplus && {
              fix: { title: `Name class ${near.name}`, edits: [{ at, text: `[${near.name}]` }] },
            }),
        },
      );
    }
  },
};

/** The one type of that name in another case, in a namespace, or nested in another. */
function nearMiss(types: readonly TypeDef[], className: string): TypeDef | undefined {
  const wanted = className.toLowerCase();
  const near = types.filter(({ name, compilerGenerated }) => {
    const lower = name.toLowerCase();
    return (
      !compilerGenerated &&
      (lower === wanted ||
        lower.endsWith(`.${wanted}`) ||
        lower.endsWith(`+${wanted}`) ||
        lower.replaceAll('+', '.') === wanted)
    );
  });
  return near.length === 1 ? near[0] : undefined;
}
