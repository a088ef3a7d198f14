import { routineKindOf } from '../code/entry-points.js';
import { memberName, type MethodDef, type TypeDef } from '../code/model.js';
import { grouped } from '../project/grouped.js';
import type { BoundRoutine } from '../project/project.js';
import type { ProjectRule } from './rule.js';

export const unboundRoutine: ProjectRule = {
  name: 'unbound-routine',
  summary: 'A method is marked as a routine, and of the scripts that bind others none binds it.',
  topic: 'links',
  severity: 'information',
  phase: 'review',
  on: 'project',
  check(project, report) {
    const byName = grouped(project.routines, ({ externalName }) => externalName.assembly.value.toLowerCase());
    for (const { created, code, name } of project.assemblies) {
      const bound = membersOf(byName.get(name.toLowerCase()) ?? []);
      if (!created || !code) continue;
      const routines = code.types.flatMap((type) =>
        type.methods.filter((method) => isRoutine(type, method)).map((method) => memberName(type, method)),
      );
      // Where few are bound, the others are elsewhere.
      if (bound.size * 2 < routines.length) continue;
      const missing = routines.filter((routine) => !bound.has(routine));
      const told =
        missing.length > mostTold
          ? [`${missing.length} routines of assembly ${name}, ${missing[0] ?? ''} among them`]
          : missing.map((routine) => `${routine} of assembly ${name}`);
      for (const what of told) report(created.file.uri, created.statement.name.span, `No script binds ${what}`);
    }
  },
};

/** Each by name; where there are more, all in one. */
const mostTold = 3;

/** By name alone: an assembly may be created in several places, and bound in any. */
function membersOf(routines: readonly BoundRoutine[]): ReadonlySet<string> {
  return new Set(
    routines.map(({ externalName: { className, method } }) => `${className?.value ?? ''}::${method?.value ?? ''}`),
  );
}

function isRoutine(type: TypeDef, method: MethodDef): boolean {
  return type.isPublic && method.isPublic && method.isStatic && routineKindOf(method) !== undefined;
}
