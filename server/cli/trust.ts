// sqlclr-lint trust: the T-SQL that makes SQL Server trust the assemblies of a project, and what takes it back.
import { inspections } from '../analysis/workspace.js';
import type { TrustOptions } from './arguments.js';
import { open, tell } from './open.js';
import { writeOutput } from './write.js';

export async function trust({ way, output, ...project }: TrustOptions): Promise<number> {
  const { workspace, isWhole } = await open(project);
  const { script, rollback, trusted, left } = inspections.trust(workspace, way);
  for (const name of trusted) tell(`${name} is trusted already`);
  for (const { name, why } of left) tell(`${name}: ${why}`);
  const text = script === '' ? '' : `${head}${script}\n${commented(rollback)}`;
  if (output === undefined) process.stdout.write(text);
  else writeOutput(output, text);
  if (!isWhole()) return 2;
  return left.length > 0 ? 1 : 0;
}

const head = '-- Run by a sysadmin, before the assemblies are created. Run again, it leaves what is there.\n';

/** A comment that nothing within ends. */
function commented(rollback: string): string {
  const lines = rollback.split('\n').map((line) => (line === '' ? '' : `-- ${line}`));
  return `-- To take it back, run without the dashes:\n${lines.join('\n')}`;
}
