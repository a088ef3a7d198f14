import { Owners } from '../project/owners.js';
import { grouped } from '../project/grouped.js';
import { sameName } from '../project/names.js';
import { sameDatabase } from '../project/timeline.js';
import type { DeployedAssembly, ScriptFile } from '../project/project.js';
import type { ProjectRule, ReportFile } from './rule.js';

export const ownerMismatch: ProjectRule = {
  name: 'owner-mismatch',
  summary: 'An assembly references one that another principal owns.',
  topic: 'links',
  severity: 'error',
  phase: 'create',
  sqlErrors: [6548],
  on: 'project',
  check(project, report) {
    const created = grouped(project.assemblies, (assembly) => assembly.created?.file);
    for (const [file, assemblies] of created) checkScript(file, assemblies, report);
  },
};

function checkScript(file: ScriptFile, assemblies: readonly DeployedAssembly[], report: ReportFile): void {
  const byName = grouped(assemblies, ({ name }) => name.toLowerCase());
  const byStatement = grouped(assemblies, ({ created }) => created?.statement);
  const owners = new Owners(file);
  for (const step of file.timeline.steps) {
    owners.follow(step);
    const { statement } = step;
    if (statement.kind !== 'createAssembly' || !statement.authorization) continue;
    const { authorization } = statement;
    const [assembly] = byStatement.get(statement) ?? [];
    for (const reference of assembly?.code?.references ?? []) {
      const other = byName
        .get(reference.name.toLowerCase())
        ?.find((one) => one.created?.statement !== statement && sameDatabase(one.database, step.database));
      const object = other?.created && file.catalog.objectOf(other.created.statement);
      const theirs = object && file.catalog.presence(object, step) === 'present' ? owners.of(object) : undefined;
      if (!assembly || !other || !theirs || sameName(theirs.value, authorization.value)) continue;
      report(
        file.uri,
        authorization.span,
        `Assembly ${assembly.name} is owned by ${authorization.value}, and ${other.name}, which it references, by ${theirs.value}`,
        {
          related: [{ uri: file.uri, span: theirs.span, message: `${other.name} is owned by ${theirs.value}` }],
          fix: {
            title: `Give both to ${theirs.value}`,
            edits: [{ at: authorization.span, text: `[${theirs.value.replaceAll(']', ']]')}]` }],
          },
        },
      );
    }
  }
}
