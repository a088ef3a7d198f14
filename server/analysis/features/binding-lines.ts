// The T-SQL objects that stand for a method or class: as whom each runs, and who may use it as far as scripts tell.
import { objectText, permissionsToUse, permissionWords, type PermissionWord } from '../project/bindings.js';
import type { BoundRoutine, DeployedAssembly, Project } from '../project/project.js';
import { fileName } from './assemblies.js';
import { code, placeLink } from './markdown.js';

const most = 5;

/** Items of a list in Markdown. */
export function bindingLines(
  project: Project,
  assembly: DeployedAssembly,
  bindings: readonly BoundRoutine[],
): readonly string[] {
  if (bindings.length === 0) return [`- No script binds it${deployedBy(project, assembly)}`];
  const lines = bindings.slice(0, most).flatMap((routine) => {
    const { kind, name, file, statement } = routine;
    const object = code(objectText(name));
    return [
      `- Bound by ${kind} ${object} (${placeLink(code(fileName(file.uri)), { uri: file.uri, span: statement.span })})${runsAs(routine)}`,
      ...(kind === 'trigger' ? [] : [callers(routine, permissionWords(project, routine))]),
    ];
  });
  const others = bindings.length - most;
  return [...lines, ...(others > 0 ? [`- And by ${others} more`] : [])];
}

/** Visual Studio makes the objects of a database project from the attributes. */
function deployedBy({ sourceCode }: Project, { code: of }: DeployedAssembly): string {
  for (const [{ project }, compiled] of sourceCode)
    if (compiled === of && project && /\.sqlproj$/i.test(project.uri) && project.generatesDdl?.value !== false)
      return `; deploying ${code(fileName(project.uri))} does, by its attribute`;
  return '';
}

function runsAs({ statement, kind }: BoundRoutine): string {
  if (kind === 'aggregate' || kind === 'type') return '';
  const clause = 'executeAs' in statement ? statement.executeAs : undefined;
  if (!clause || clause.context === 'CALLER') return ', runs as its caller';
  const whom = clause.context === 'USER' ? code(clause.user?.value ?? '') : clause.context;
  return `, **runs as ${whom}** (EXECUTE AS): external access from it fails`;
}

const ons = { object: '', schema: ', on all of its schema', database: ', on all of the database' } as const;

/** In the order of the scripts; whoever owns it, or the database, needs no grant. */
function callers(routine: BoundRoutine, words: readonly PermissionWord[]): string {
  if (words.length === 0) return `  - No script grants ${permissionsToUse(routine)[0]} on it to anyone`;
  const told = words.slice(0, most).map(({ kind, permission, principal, on, uri, span }) => {
    const whom = `${placeLink(code(principal), { uri, span })}${principal.toLowerCase() === 'public' ? ', that is everyone' : ''}`;
    return `${kind} ${permission} ${kind === 'revoke' ? 'from' : 'to'} ${whom}${ons[on]}`;
  });
  const others = words.length - most;
  return `  - Scripts ${told.join('; ')}${others > 0 ? `; ${others} more` : ''}`;
}
