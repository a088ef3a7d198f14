import { isRegistered } from '../project/build-project.js';
import { notableUses } from '../project/notable-uses.js';
import { toldOnce } from '../project/proof.js';
import type { ProjectRule } from './rule.js';

export const serializationAssembly: ProjectRule = {
  name: 'serialization-assembly',
  summary: 'XmlSerializer generates an assembly while it runs, which SQL Server disables, unless one was made before.',
  topic: 'host-protection',
  severity: 'warning',
  phase: 'call',
  sqlErrors: [6522],
  on: 'project',
  check(project, report) {
    for (const assembly of project.assemblies) {
      const requirements = project.requirementsOf(assembly);
      if (!requirements || !assembly.image || !assembly.imageAt) continue;
      if (isRegistered(project, `${assembly.image.code.identity.name}.XmlSerializers`)) continue;
      const uses = notableUses(requirements, 'serialization assembly').filter(
        ({ permissionSet }) => permissionSet === 'NONE',
      );
      const name = `${assembly.image.code.identity.name}.XmlSerializers`;
      for (const { first, place, where, also } of toldOnce(uses)) {
        const { uri, span } = place.kind === 'source' ? place : assembly.imageAt;
        report(uri, span, `${where} calls ${first.text}, and no script registers ${name}${also}`);
      }
    }
  },
};
