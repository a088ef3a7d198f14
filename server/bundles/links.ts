// The link graph, its pictures and the capability report: bundled by themselves, and loaded when somebody asks.
import { linkGraphOf, type PlaceOf } from '../analysis/features/link-graph.js';
import { linksPage, type LinkPage, type PageOptions } from '../analysis/features/link-page.js';
import type { WeaknessesOf } from '../analysis/features/report-document.js';
import { reportJson } from '../analysis/features/report-json.js';
import { reportMarkdown } from '../analysis/features/report-markdown.js';
import { reportPage } from '../analysis/features/report-page.js';
import { reportOf, type CapabilityReport } from '../analysis/features/report.js';
import type { Workspace } from '../analysis/workspace.js';

export { linksJson } from '../analysis/features/link-graph.js';
export { linksDot } from '../analysis/features/link-dot.js';
export { linksSvg } from '../analysis/features/link-svg.js';
export { linkGraphOf, linksPage, reportJson, reportMarkdown, reportOf, reportPage };

/** The capability report as Markdown. */
export function reportTextOf(workspace: Workspace, placeOf: PlaceOf): string {
  return reportMarkdown(reportIn(workspace), weaknessesIn(workspace), placeOf);
}

function reportIn(workspace: Workspace): CapabilityReport {
  return reportOf(workspace.project(), workspace.uris(), (uri) => workspace.findings(uri));
}

export function weaknessesIn(workspace: Workspace): WeaknessesOf {
  const weaknesses = new Map(workspace.rules().map(({ name, cwe = [] }) => [name, cwe]));
  return (rule) => weaknesses.get(rule) ?? [];
}

type PageOf = (workspace: Workspace, options: PageOptions) => LinkPage;

/** What a server shows, by name. */
export const pages = {
  links(workspace, options) {
    return linksPage(
      linkGraphOf(workspace.project(), workspace.uris(), (uri) => workspace.findings(uri)),
      options,
    );
  },
  report(workspace, options) {
    return reportPage(reportIn(workspace), weaknessesIn(workspace), options);
  },
} satisfies Record<string, PageOf>;
