import { unreferencedBindings } from '../project/reference-permissions.js';
import type { ProjectRule } from './rule.js';

export const missingReferencesPermission: ProjectRule = {
  name: 'missing-references-permission',
  summary: 'The owner of a routine has no REFERENCES permission on the assembly that it is bound to.',
  topic: 'links',
  severity: 'warning',
  phase: 'create',
  sqlErrors: [6267],
  on: 'project',
  check(project, report) {
    for (const { routine, owner, assembly, at } of unreferencedBindings(project)) {
      const text = `GRANT REFERENCES ON ASSEMBLY::[${assembly.replaceAll(']', ']]')}] TO [${owner.replaceAll(']', ']]')}];\nGO\n`;
      report(
        routine.file.uri,
        routine.externalName.assembly.span,
        `${owner} is to own ${routine.name.last.value}, and has no REFERENCES permission on assembly ${assembly}`,
        { fix: { title: `Grant ${owner} REFERENCES on ${assembly}`, edits: [{ at: { start: at, end: at }, text }] } },
      );
    }
  },
};
