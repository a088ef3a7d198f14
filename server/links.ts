// The link graph, its pictures and the capability report: bundled by themselves, and loaded when somebody asks.
import { linkGraphOf } from './analysis/features/link-graph.js';
import { linksPage, type LinkPage, type PageOptions } from './analysis/features/link-page.js';
import { reportPage } from './analysis/features/report-page.js';
import { reportOf } from './analysis/features/report.js';
import type { Workspace } from './analysis/workspace.js';

export { linksJson } from './analysis/features/link-graph.js';
export { linksDot } from './analysis/features/link-dot.js';
export { linksSvg } from './analysis/features/link-svg.js';
export { linkGraphOf, linksPage, reportOf, reportPage };
export { reportJson } from './analysis/features/report-json.js';
export { reportMarkdown } from './analysis/features/report-markdown.js';

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
    const weaknesses = new Map(workspace.rules().map(({ name, cwe = [] }) => [name, cwe]));
    return reportPage(
      reportOf(workspace.project(), workspace.uris(), (uri) => workspace.findings(uri)),
      (rule) => weaknesses.get(rule) ?? [],
      options,
    );
  },
} satisfies Record<string, PageOf>;
