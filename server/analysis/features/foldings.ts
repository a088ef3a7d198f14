// What folds in a script where it goes over lines, which the host knows: bytes of assemblies, block comments, statements.
import type { ScriptFile } from '../project/project.js';
import type { Folding } from './feature.js';

export function foldingsOf(file: ScriptFile): readonly Folding[] {
  const { script, literals } = file;
  const foldings: Folding[] = literals.map(({ span }) => ({ span, kind: 'literal' }));
  for (const { kind, span } of script.comments) if (kind === 'block') foldings.push({ span, kind: 'comment' });
  for (const batch of script.batches) {
    for (const { span, kind } of batch.statements) if (kind !== 'unknown') foldings.push({ span, kind: 'statement' });
  }
  return foldings;
}
