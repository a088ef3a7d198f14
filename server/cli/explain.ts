// sqlclr-lint explain: a rule's page, what is known of an error number, or what SQL Server does with a routine, step by step.
import type { Finding } from '../analysis/rules/rule.js';
import type { Location } from '../analysis/project/build-project.js';
import { allRules, type Workspace } from '../analysis/workspace.js';
import { diskAdvice, diskRulePages } from '../platform/disk.js';
import { nodePlatform } from '../platform/node.js';
import { UsageError, type ExplainOptions } from './arguments.js';
import { open } from './open.js';
import { libraryOf } from '../bundles/rule-pages.js';
import { fileOf, placeOf } from './report.js';

export async function explain({ subject, project }: ExplainOptions): Promise<number> {
  const opened = project && (await open(project));
  process.stdout.write(textOf(subject, opened?.workspace));
  return opened && !opened.isWhole() ? 2 : 0;
}

function textOf(subject: string, workspace: Workspace | undefined): string {
  const advice = diskAdvice(__dirname);
  const library = libraryOf(allRules(nodePlatform), diskRulePages(__dirname));
  const found = workspace && {
    findings: workspace.uris().flatMap((uri) => workspace.findings(uri)),
    placeText: (finding: Finding) => placeText(workspace, finding),
  };
  const text = advice.explanationOf(subject, library, found);
  if (text !== undefined) return text;
  if (/^(?:msg\s*)?\d+$/i.test(subject)) {
    const number = subject.replace(/\D+/, '');
    throw new UsageError(`Nothing is known of Msg ${number}; it is none of CLR integration's`);
  }
  if (!workspace) throw new UsageError(`There is no rule ${subject}; of a routine name the files as well`);
  const routines = advice.routinesNamed(workspace.project(), subject);
  if (routines.length === 0)
    throw new UsageError(`There is no rule ${subject}, and no routine of that name bound to code`);
  return routines
    .map((routine) =>
      advice.engineText(
        workspace.project(),
        routine,
        (uri) => workspace.findings(uri),
        (place) => placeText(workspace, place),
      ),
    )
    .join('\n');
}

export function placeText(workspace: Workspace, { uri, span }: Location): string {
  const { line, column } = placeOf(workspace, uri, span);
  return `${fileOf(uri)}:${line}:${column}`;
}
