import { nameOf, placeOf } from '../project/catalog.js';
import { findAssembly } from '../project/find-assembly.js';
import { sameName } from '../project/names.js';
import type { DeployedAssembly, Project, ScriptFile } from '../project/project.js';
import { sameDatabase, type Step } from '../project/timeline.js';
import { statementsOf, type DropAssembly, type Identifier } from '../tsql/nodes.js';
import type { ProjectRule, ReportFile } from './rule.js';

export const droppedDependents: ProjectRule = {
  name: 'dropped-dependents',
  summary:
    'DROP ASSEMBLY takes along the assemblies that the dropped one references, and fails while something depends on it.',
  topic: 'assemblies',
  severity: 'information',
  phase: 'create',
  sqlErrors: [6589, 6590, 6598],
  on: 'project',
  check(project, report) {
    for (const file of project.scriptsWith('dropAssembly')) {
      for (const statement of statementsOf(file.script, 'dropAssembly')) {
        const step = file.timeline.stepOf(statement);
        for (const name of statement.names) {
          const found = findAssembly(project.byName, file, name.value, statement);
          const dropped = found.kind === 'found' ? found.assembly : undefined;
          if (step && isHeld(project, file, step, statement, name, dropped, report)) continue;
          if (dropped && !statement.noDependents) checkReferences(project, file, statement, name, dropped, report);
        }
      }
    }
  },
};

/** Whether what depends on it is surely still there. */
function isHeld(
  project: Project,
  file: ScriptFile,
  step: Step,
  { names }: DropAssembly,
  name: Identifier,
  dropped: DeployedAssembly | undefined,
  report: ReportFile,
): boolean {
  const { catalog, uri } = file;
  if (catalog.before(step, 'assembly', name.value).is !== 'present') return false;
  const [object] = catalog.boundTo(step, name.value);
  if (object) {
    report(uri, name.span, `${object.class} ${nameOf(object)} is still bound to assembly ${name.value}`, {
      severity: 'error',
      sqlErrors: [object.class === 'type' ? 6598 : 6590],
      related: [placeOf(object)],
    });
    return true;
  }
  const identity = dropped?.code?.identity.name ?? name.value;
  const user = project.assemblies.find(({ created, code, database, name: own }) => {
    if (created?.file !== file || !sameDatabase(database, step.database)) return false;
    if (names.some(({ value }) => sameName(value, own))) return false;
    if (!code?.references.some((reference) => sameName(reference.name, identity))) return false;
    const other = catalog.objectOf(created.statement);
    return other !== undefined && catalog.presence(other, step) === 'present';
  });
  if (!user?.created) return false;
  report(uri, name.span, `Assembly ${user.name} still references assembly ${name.value}`, {
    severity: 'error',
    sqlErrors: [6589],
    related: [{ uri, span: user.created.statement.name.span, message: `${user.name} is created here` }],
  });
  return true;
}

function checkReferences(
  project: Project,
  file: ScriptFile,
  { span }: DropAssembly,
  name: Identifier,
  { code }: DeployedAssembly,
  report: ReportFile,
): void {
  const reference = code?.references.find((one) =>
    project.byName.get(one.name.toLowerCase())?.some((other) => other.created),
  );
  if (!reference) return;
  report(file.uri, name.span, `Dropping ${name.value} also drops assembly ${reference.name}, which it references`, {
    sqlErrors: [],
    fix: {
      title: 'Drop it WITH NO DEPENDENTS',
      edits: [{ at: { start: span.end, end: span.end }, text: ' WITH NO DEPENDENTS' }],
    },
  });
}
