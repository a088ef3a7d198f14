// sqlclr-lint report: who may call what, as whom it runs and what it can touch, in the format that is asked for.
import { diskLinks } from '../platform/disk.js';
import type { ReportOptions } from './arguments.js';
import { byHash, placesIn } from './links.js';
import { open, tell } from './open.js';
import { writeOutput } from './write.js';

export async function capabilities({ format, output, ...project }: ReportOptions): Promise<number> {
  const { workspace, isWhole } = await open(project);
  const features = diskLinks(__dirname);
  const report = features.reportOf(workspace.project(), workspace.uris(), (uri) => workspace.findings(uri));
  if (report.leftOut > 0) tell(`${report.leftOut} assemblies and routines are left out`);
  const placeOf = placesIn(workspace);
  const of = features.weaknessesIn(workspace);
  const text =
    format === 'json'
      ? features.reportJson(report, of, placeOf)
      : format === 'html'
        ? features.reportPage(report, of, { placeOf, admit: byHash, opens: false }).html
        : features.reportMarkdown(report, of, placeOf);
  if (output === undefined) process.stdout.write(text);
  else writeOutput(output, text);
  return isWhole() ? 0 : 2;
}
