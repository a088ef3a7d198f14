import { sameName } from '../project/names.js';
import type { ProjectRule } from './rule.js';

export const ownerMismatch: ProjectRule = {
  name: 'owner-mismatch',
  summary: 'An assembly references one that another principal owns.',
  topic: 'links',
  severity: 'error',
  phase: 'create',
  sqlErrors: [6548],
  on: 'project',
  check(project, report) {
    for (const { created, code, name, owner } of project.assemblies) {
      const authorization = created?.statement.authorization;
      if (!created || !code || !authorization || owner === undefined) continue;
      for (const reference of code.references) {
        const other = project.byName
          .get(reference.name.toLowerCase())
          ?.find((one) => one.created?.file.uri === created.file.uri);
        const theirs = other?.created?.statement.authorization;
        if (!other || !theirs || sameName(theirs.value, owner)) continue;
        report(
          created.file.uri,
          authorization.span,
          `Assembly ${name} is owned by ${owner}, and ${other.name}, which it references, by ${theirs.value}`,
          {
            related: [
              { uri: created.file.uri, span: theirs.span, message: `${other.name} is owned by ${theirs.value}` },
            ],
            fix: {
              title: `Give both to ${theirs.value}`,
              edits: [{ at: authorization.span, text: `[${theirs.value.replaceAll(']', ']]')}]` }],
            },
          },
        );
      }
    }
  },
};
