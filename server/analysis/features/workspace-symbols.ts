// What a workspace has of the field, by name: statements of scripts, and the routines of C#.
import { isSqlAttribute } from '../code/entry-points.js';
import { memberName, type Place } from '../code/model.js';
import type { Project } from '../project/project.js';
import { oneLine } from '../text/one-line.js';
import type { DocumentSymbol } from './feature.js';
import { symbolsOf } from './symbols.js';

export interface WorkspaceSymbol extends Pick<DocumentSymbol, 'name' | 'detail' | 'kind' | 'nameSpan'> {
  readonly uri: string;
}

/** So many are shown; a longer name finds the others. */
const most = 500;

/** Whose letters the query's are among, in order, as editors look for them. */
export function workspaceSymbols(project: Project, query: string): readonly WorkspaceSymbol[] {
  const found: WorkspaceSymbol[] = [];
  const wanted = query.toLowerCase();
  const add = (symbol: WorkspaceSymbol): void => {
    if (found.length < most && isAmong(wanted, symbol.name.toLowerCase())) found.push(symbol);
  };
  for (const file of project.scripts)
    for (const { name, detail, kind, nameSpan } of symbolsOf(file))
      if (kind !== 'database') add({ name, detail, kind, nameSpan, uri: file.uri });
  for (const { types, identity } of project.sourceCode.values())
    for (const type of types) {
      const own = (name: string, kind: 'class' | 'method', place: Place): void => {
        if (place.kind === 'source')
          add({ name, detail: oneLine(identity.name), kind, nameSpan: place.span, uri: place.uri });
      };
      if (type.attributes.some(isSqlAttribute)) own(type.name, 'class', type.place);
      for (const method of type.methods)
        if (method.attributes.some(isSqlAttribute)) own(memberName(type, method), 'method', method.place);
    }
  return found;
}

function isAmong(letters: string, name: string): boolean {
  let at = 0;
  for (const letter of letters) {
    at = name.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}
