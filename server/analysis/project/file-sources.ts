// Assemblies that a script takes from files when it runs.
import type { Span } from '../text/span.js';
import { constantOf } from '../tsql/constants.js';
import { statementsOf, type AlterAssembly, type CreateAssembly, type Script } from '../tsql/nodes.js';

export interface FileSource {
  readonly statement: CreateAssembly | AlterAssembly;
  /** The expression that gives the path. */
  readonly span: Span;
  /** The path, where all of it is known. */
  readonly path?: string;
  /** Opens a network path, `\\server\…`; of a path that is put together the first piece tells. */
  readonly onNetwork: boolean;
}

/** Of a path or a URI, in lower case, since Windows tells no case apart. */
export function fileNameOf(path: string): string {
  return (path.split(/[\\/]/).at(-1) ?? '').toLowerCase();
}

export function fileSourcesIn(script: Script): readonly FileSource[] {
  const sources: FileSource[] = [];
  for (const statement of statementsOf(script, 'createAssembly', 'alterAssembly')) {
    const given = statement.kind === 'createAssembly' ? statement.from : statement.from ? [statement.from] : [];
    for (const source of given) {
      const constant = constantOf(script, source);
      const pieces = constant?.kind === 'text' ? constant.pieces : [];
      const [first] = pieces;
      if (!first) continue;
      const path = pieces.some(({ hole }) => hole) ? undefined : pieces.map(({ value }) => value).join('');
      sources.push({
        statement,
        span: source.span,
        onNetwork: first.value.startsWith('\\\\'),
        ...(path !== undefined && { path }),
      });
    }
  }
  return sources;
}
