import type { Place } from '../code/model.js';
import { isFrameworkAssembly } from '../knowledge/framework-assemblies.js';
import { isRegistered, type Location } from '../project/build-project.js';
import { disabledUses } from '../project/notable-uses.js';
import { alsoElsewhere, groupedBy, proofOf, verbOf, whereOf } from '../project/proof.js';
import { serializerAssembliesOf } from '../project/serializer-assemblies.js';
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
      const { code, codeAt } = assembly;
      // The framework's own assemblies bring theirs.
      if (!code || !codeAt || isFrameworkAssembly(code.identity.name, code.identity.publicKeyToken)) continue;
      const requirements = project.requirementsOf(assembly);
      if (!requirements) continue;
      const lacking = disabledUses(requirements, 'serialization assembly').flatMap((reason) =>
        serializerAssembliesOf(code, reason.use)
          .filter((name) => !isRegistered(project, name))
          .map((name) => ({ ...reason, name })),
      );
      for (const group of groupedBy(lacking, ({ member, name }) => `${member} ${name}`)) {
        const [first] = group;
        const { uri, span } = locationOf(first.place, codeAt);
        const calls = `${whereOf(first.use)} ${verbOf(first.use)} ${first.member}`;
        report(uri, span, `${calls}, and no script registers ${first.name}${alsoElsewhere(group)}`, {
          related: proofOf(first).map(({ place, message }) => ({ ...locationOf(place, codeAt), message })),
          // Another script than those here may register it.
          severity: group.some(({ reached }) => reached) ? 'warning' : 'information',
        });
      }
    }
  },
};

function locationOf(place: Place, codeAt: Location): Location {
  return place.kind === 'source' ? place : codeAt;
}
