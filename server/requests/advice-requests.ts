// Explanations for a client that shows them: of rules and numbers, of a routine, and of another server.
import type { Connection } from 'vscode-languageserver';
import { URI } from 'vscode-uri';
import type { Advice } from '../bundles/advice.js';
import type { Library } from '../analysis/features/explain.js';
import type { BoundRoutine } from '../analysis/project/project.js';
import type { Location } from '../analysis/project/build-project.js';
import { allTargets, type Workspace } from '../analysis/workspace.js';
import { rangeOf } from '../convert.js';
import { canonicalUri } from '../files.js';
import { describe } from '../guard.js';
import { adviceRequest, subjectsRequest, type AdviceParams, type Subject } from '../protocol.js';
import { libraryOf, type RulePages } from '../bundles/rule-pages.js';
import type { Sources } from '../sources.js';
import type { Surroundings } from '../surroundings.js';

export function answerAdvice(
  connection: Connection,
  sources: Sources,
  surroundings: Surroundings,
  load: () => Advice,
  rulePages: () => RulePages,
): void {
  const library = (): Library => libraryOf(sources.workspace.rules(), rulePages());
  connection.onRequest(subjectsRequest, (): readonly Subject[] => load().subjectsOf(library()));
  connection.onRequest(adviceRequest, async (params: AdviceParams): Promise<string | null> => {
    await surroundings.ready();
    try {
      return adviceOf(params, sources, load(), library) ?? null;
    } catch (error) {
      connection.console.error(`An explanation failed. ${describe(error)}`);
      return null;
    }
  });
}

/** The routine whose statement a place is in. */
export function routineAt(workspace: Workspace, uri: string, offset: number): BoundRoutine | undefined {
  return workspace
    .project()
    .routines.find(({ file, statement: { span } }) => file.uri === uri && span.start <= offset && offset <= span.end);
}

function adviceOf(params: AdviceParams, sources: Sources, advice: Advice, library: () => Library): string | undefined {
  const { workspace } = sources;
  const placeText = (place: Location): string => linkTo(sources, place);
  switch (params.kind) {
    case 'subject':
      return advice.explanationOf(params.subject, library(), { findings: findingsIn(workspace), placeText });
    case 'routine': {
      const uri = canonicalUri(params.uri);
      const routine = routineAt(workspace, uri, sources.linesOf(uri).offsetAt(params.position));
      return routine && advice.engineText(workspace.project(), routine, (of) => workspace.findings(of), placeText);
    }
    case 'target': {
      const from = allTargets().find(({ name }) => name === workspace.settings.target);
      const to = allTargets().find(({ name }) => name === params.target);
      if (!from || !to) return undefined;
      const other = workspace.copy();
      other.configure({ ...workspace.settings, target: to.name });
      const comparison = advice.compareTargets(from.title, findingsIn(workspace), to.title, findingsIn(other));
      return advice.comparisonText(comparison, placeText);
    }
  }
}

function findingsIn(workspace: Workspace) {
  return workspace.uris().flatMap((uri) => workspace.findings(uri));
}

/** In Markdown; a name of a file is text of others. */
function linkTo(sources: Sources, { uri, span }: Location): string {
  const lines = sources.linesOf(uri);
  const line = rangeOf(lines, span).start.line + 1;
  const name = (URI.parse(lines.uri).path.split('/').at(-1) ?? '').replace(/[\\`*_[\]<>&]/g, '\\$&');
  return `[${name}:${line}](<${lines.uri.replace(/[<>\s]/g, encodeURIComponent)}#L${line}>)`;
}
