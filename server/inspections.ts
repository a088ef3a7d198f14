// Entry of what the command line prints besides findings, which no server has a use for.
import { inspectSourceUses, inspectUses, type InspectedUse } from './analysis/features/api.js';
import { inspectFile, inspectScript, type InspectedAssembly } from './analysis/features/inspect.js';
import { trustScriptOf, type TrustScript, type TrustWay } from './analysis/features/trust-script.js';
import { positionOf } from './analysis/text/lines.js';
import { syntaxReport, type SyntaxReport } from './analysis/tsql/syntax-report.js';
import type { Workspace } from './analysis/workspace.js';

export const inspections = {
  /** The script that makes SQL Server trust the project's assemblies. */
  trust(workspace: Workspace, way: TrustWay): TrustScript {
    return trustScriptOf(workspace.project(), way);
  },
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
