import { isFilledIn, isNamed, sameName } from '../project/names.js';
import type { BoundRoutine, Project } from '../project/project.js';
import type { PlacedRule } from './rule.js';

export const unresolvedAssembly: PlacedRule = {
  name: 'unresolved-assembly',
  summary: 'EXTERNAL NAME names an assembly that the script, which creates assemblies, does not create.',
  topic: 'links',
  severity: 'warning',
  phase: 'create',
  sqlErrors: [6528],
  on: 'script-in-project',
  check(file, project, report) {
    for (const routine of project.routinesIn(file)) {
      if (routine.assembly || routine.ambiguous) continue;
      const { assembly } = routine.externalName;
      if (isFilledIn(assembly.value) || assembly.value === '') continue;
      if (isNamed(project.known.assemblies, assembly.value)) continue;
      const near = nearMiss(project, routine);
      if (near === undefined && !createsAssemblies(project, routine)) continue;
      report(
        assembly.span,
        `No script creates assembly ${assembly.value}${near === undefined ? '' : `; there is ${near}`}`,
        {
          ...(near !== undefined && {
            fix: {
              title: `Name assembly ${near}`,
              edits: [{ at: assembly.span, text: `[${near.replaceAll(']', ']]')}]` }],
            },
          }),
        },
      );
    }
  },
};

function createsAssemblies(project: Project, { file }: BoundRoutine): boolean {
  return project.assemblies.some((assembly) => assembly.created?.file.uri === file.uri);
}

/** An assembly whose name begins as this one does, or is its metadata's name. */
function nearMiss(project: Project, { externalName }: BoundRoutine): string | undefined {
  const wanted = externalName.assembly.value.toLowerCase();
  const near = project.assemblies.filter(
    ({ created, image, name }) =>
      created &&
      ((image && sameName(image.code.identity.name, wanted)) ||
        name.toLowerCase().startsWith(wanted) ||
        wanted.startsWith(name.toLowerCase())),
  );
  const [only] = near;
  return near.length === 1 && wanted.length >= 4 ? only?.name : undefined;
}
