// Completion in C#, of one thing: the methods that FillRowMethodName can name. All else is other extensions'.
import { isVoid, type MethodDef, type TypeDef } from '../code/model.js';
import type { Project } from '../project/project.js';
import { attributeAt } from './code-at.js';
import type { Completion } from './completion.js';

/** Asked at every letter: the project is made only where something is to be said. */
export function completionsInSource(
  project: () => Project,
  text: string,
  uri: string,
  offset: number,
): readonly Completion[] {
  const typed = fillRowNameAt(text, offset);
  if (typed === undefined) return [];
  const start = offset - typed.length;
  const rest = /^\w*/.exec(text.slice(offset, offset + 200))?.[0].length ?? 0;
  for (const [{ sources }, code] of project().sourceCode) {
    const type = sources.includes(uri)
      ? (attributeAt(code, uri, offset)?.type ?? lastBefore(code.types, uri, offset))
      : undefined;
    if (!type) continue;
    return type.methods.filter(fillsRows).map(({ name, parameters }) => ({
      label: name,
      kind: 'method',
      detail: parameters.length === 2 ? 'fills a row of 1 column' : `fills a row of ${parameters.length - 1} columns`,
      replaced: { start, end: offset + rest },
      text: name,
      rank: 0,
    }));
  }
  return [];
}

/** What of the name stands before the caret, where it is in the quotes of `FillRowMethodName = "…"`. */
export function fillRowNameAt(text: string, offset: number): string | undefined {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  return line.length < 2_000 ? /\bFillRowMethodName ?= ?"(\w*)$/.exec(line)?.[1] : undefined;
}

/** The row as an object, then a column each by `out`: learn.microsoft.com "CLR table-valued functions"; read 2026-11. */
function fillsRows({ isStatic, returns, parameters }: MethodDef): boolean {
  const [row, ...columns] = parameters;
  return isStatic && isVoid(returns) && row !== undefined && columns.length > 0 && columns.every(({ isOut }) => isOut);
}

/** While an attribute is no C# yet, the type is the one that was begun last. */
function lastBefore(types: readonly TypeDef[], uri: string, offset: number): TypeDef | undefined {
  let found: TypeDef | undefined;
  let last = -1;
  for (const type of types) {
    const { place } = type;
    if (place.kind !== 'source' || place.uri !== uri || place.span.start > offset || place.span.start < last) continue;
    found = type;
    last = place.span.start;
  }
  return found;
}
