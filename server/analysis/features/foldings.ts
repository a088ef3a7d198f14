// What folds in a script: the bytes of assemblies, block comments, and statements of more than a line.
import type { ScriptFile } from '../project/project.js';
import type { Folding } from './feature.js';

export function foldingsOf(file: ScriptFile): readonly Folding[] {
  const { script, text, literals } = file;
  const foldings: Folding[] = literals.map(({ span }) => ({ span, kind: 'literal' }));
  for (const { kind, span } of script.comments) if (kind === 'block') foldings.push({ span, kind: 'comment' });
  for (const batch of script.batches) {
    for (const { span, kind } of batch.statements) if (kind !== 'unknown') foldings.push({ span, kind: 'statement' });
  }
  return foldings.filter(({ span }) => {
    const end = text.indexOf('\n', span.start);
    return end >= 0 && end < span.end;
  });
}
