// What the command line prints besides findings; a server has no use for it.
import { inspectSourceUses, inspectUses, type InspectedUse } from '../features/api.js';
import { inspectFile, inspectScript, type InspectedAssembly } from '../features/inspect.js';
import { positionOf } from '../text/lines.js';
import { syntaxReport, type SyntaxReport } from '../tsql/syntax-report.js';
import type { Workspace } from '../workspace.js';

export const inspections = {
  /** Every assembly found in it. */
  inspect(workspace: Workspace, uri: string): readonly InspectedAssembly[] {
    const { script, image } = workspace.fileAt(uri);
    const { requirementsOfImage } = workspace.project();
    if (script) return inspectScript(script, workspace.reader, requirementsOfImage);
    return image ? inspectFile(image, requirementsOfImage) : [];
  },
  /** Every use of a member of the .NET Framework in its assemblies. */
  api(workspace: Workspace, uri: string): readonly InspectedUse[] {
    const { script, image, source } = workspace.fileAt(uri);
    if (image?.image) return inspectUses(workspace.usesOf(image.image.code), 0);
    const starts = workspace.lineStarts(uri);
    if (source) {
      const code = [...workspace.project().sourceCode.values()];
      return code.flatMap((one) => inspectSourceUses(workspace.usesOf(one), uri, starts));
    }
    return (script?.literals ?? []).flatMap((literal) => {
      const line = positionOf(starts, literal.span.start).line + 1;
      return literal.image ? inspectUses(workspace.usesOf(literal.image.code), line) : [];
    });
  },
  syntax(workspace: Workspace, uri: string): SyntaxReport {
    const { script } = workspace.fileAt(uri);
    return script ? syntaxReport(script.script, script.text) : { batches: [], errors: [] };
  },
};
