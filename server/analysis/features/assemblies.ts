// Which assemblies a file holds, to choose one of: a script's literals that can be read, or what a file is.
import type { EmbeddedImage, ImageFile, ScriptFile } from '../project/project.js';
import { shownName } from '../text/shown.js';
import type { Span } from '../text/span.js';

export interface FoundAssembly {
  /** Among the file's, as `Workspace.assemblyDocument` counts them. */
  readonly index: number;
  /** Fit to be shown: of one line, escaped. */
  readonly name: string;
  readonly version: string;
  readonly byteLength: number;
  /** `CREATE ASSEMBLY payroll`; empty for a file. */
  readonly statement: string;
  /** The statement; the start of a file. */
  readonly statementSpan: Span;
  /** From the statement to the bytes, which can stand in a variable far from it. */
  readonly span: Span;
}

export function assembliesIn(file: ScriptFile | ImageFile | undefined): readonly FoundAssembly[] {
  if (!file) return [];
  if ('literals' in file) return file.literals.flatMap((literal, index) => embedded(literal, index) ?? []);
  const { uri, image, byteLength } = file;
  const { name, version } = image?.code.identity ?? { name: fileName(uri), version: '' };
  const span = { start: 0, end: 0 };
  return [{ index: 0, name: shownName(name), version, byteLength, statement: '', statementSpan: span, span }];
}

function embedded({ image, byteLength, statement, span }: EmbeddedImage, index: number): FoundAssembly | undefined {
  if (!image) return undefined;
  const { name, version } = image.code.identity;
  return {
    index,
    name: shownName(name),
    version,
    byteLength,
    statement: `${statement.kind === 'createAssembly' ? 'CREATE' : 'ALTER'} ASSEMBLY ${shownName(statement.name.value)}`,
    statementSpan: statement.span,
    span: { start: Math.min(statement.span.start, span.start), end: Math.max(statement.span.end, span.end) },
  };
}

/** What a person calls the file. */
export function fileName(uri: string): string {
  const name = uri.slice(uri.lastIndexOf('/') + 1);
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
