// What of a table-valued function runs while SQL Server reads its rows: the method that fills a row, and an iterator's code,
// which begins with the first row. What the function itself runs has ended by then.
// Sources: learn.microsoft.com "CLR Table-Valued Functions"; SQL Server's exception "Data access is not allowed in this
// context" (support.microsoft.com 2000373), which names the callback to FillRow; read 2026-11.
import type { OwnMethod } from '../code/body.js';
import type { EntryPoint } from '../code/entry-points.js';
import type { AssemblyCode, MethodDef } from '../code/model.js';
import { sourceMemberOf } from '../code/source-names.js';

/** The method where reading begins. Of a compiled iterator that is the `MoveNext` the compiler made. */
export function rowReaderOf({ graph }: AssemblyCode, entry: EntryPoint): OwnMethod | undefined {
  if (entry.kind === 'fill row') return entry;
  if (entry.kind !== 'function' || !isSequence(entry.method)) return undefined;
  if (entry.method.body?.isDeferred) return entry;
  const { name } = sourceMemberOf(entry.type, entry.method);
  return graph.nodes.get(entry.method)?.edges.find(({ to }) => {
    const member = sourceMemberOf(to.type, to.method);
    return to.method.name === 'MoveNext' && member.made === 'state machine' && member.name === name;
  })?.to;
}

function isSequence({ returns }: MethodDef): boolean {
  return (
    returns.kind === 'named' && /^System\.Collections\.(?:Generic\.)?IEnumer(?:able|ator)(?:`1)?$/.test(returns.name)
  );
}
