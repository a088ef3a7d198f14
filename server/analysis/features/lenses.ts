// Lenses in scripts: above CREATE ASSEMBLY the permission set that the code needs.
import { statementsOf } from '../tsql/nodes.js';
import type { Project, ScriptFile } from '../project/project.js';
import type { Lens } from './feature.js';

export function lensesOf(project: Project, file: ScriptFile): readonly Lens[] {
  const created = project.assemblies.filter((assembly) => assembly.created?.file === file);
  return statementsOf(file.script, 'createAssembly').flatMap((statement): readonly Lens[] => {
    const assembly = created.find((one) => one.created?.statement === statement);
    const requirements = assembly && project.requirementsOf(assembly);
    if (!requirements) return [];
    const { permissionSet, reasons } = requirements;
    const literal = file.literals.findIndex((one) => one.image !== undefined && one.image === assembly.image);
    const places = reasons
      .filter((reason) => reason.permissionSet === permissionSet)
      .flatMap(({ place }) => (place.kind === 'source' ? [{ uri: place.uri, span: place.span }] : []));
    return [
      {
        span: { start: statement.span.start, end: statement.span.start },
        title: `needs ${permissionSet}`,
        places,
        ...(literal >= 0 && { assembly: literal }),
      },
    ];
  });
}
