// sqlclr-lint trust: the T-SQL that makes SQL Server trust the assemblies of a project, and what takes it back.
import { diskAdvice } from '../platform/disk.js';
import type { TrustOptions } from './arguments.js';
import { open, tell } from './open.js';
import { writeOutput } from './write.js';

export async function trust({ way, output, ...project }: TrustOptions): Promise<number> {
  const { workspace, isWhole } = await open(project);
  const advice = diskAdvice(__dirname);
  const written = advice.trustScriptOf(workspace.project(), way);
  const { trusted, left } = written;
  for (const name of trusted) tell(`${name} is trusted already`);
  for (const { name, why } of left) tell(`${name}: ${why}`);
  const text = advice.trustText(written);
  if (output === undefined) process.stdout.write(text);
  else writeOutput(output, text);
  if (!isWhole()) return 2;
  return left.length > 0 ? 1 : 0;
}
