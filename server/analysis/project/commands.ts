// The T-SQL that an assembly's code runs, where its text is a constant: what it calls is a link from code to a database.
import { constantsOf } from '../code/values.js';
import type { AssemblyCode } from '../code/model.js';
import { findPlaceOpener } from '../knowledge/sensitive-places.js';
import { statementsOf, type ObjectName, type Script } from '../tsql/nodes.js';
import { parseScript } from '../tsql/parser.js';
import type { ApiUse } from './api-uses.js';
import type { Requirements } from './requirements.js';

export interface CodeCommand {
  readonly use: ApiUse;
  readonly text: string;
  readonly script: Script;
  /** Procedures that it calls, as it names them. With CommandType.StoredProcedure the whole text is such a name. */
  readonly calls: readonly ObjectName[];
}

/** Texts that are longer are no commands that somebody wrote. */
const longestText = 100_000;

export function commandsOf({ graph }: AssemblyCode, { uses }: Pick<Requirements, 'uses'>): readonly CodeCommand[] {
  return uses.flatMap((use): readonly CodeCommand[] => {
    const { type, name } = use.member;
    const opener = type.kind === 'named' ? findPlaceOpener(type.name, name) : undefined;
    const given = use.operation.kind === 'call' ? use.operation.arguments[opener?.argument ?? -1] : undefined;
    if (opener?.kind !== 'sql' || !given) return [];
    return (constantsOf(graph, use.node, given) ?? []).flatMap((text) => {
      if (typeof text !== 'string' || text === '' || text.length > longestText) return [];
      const script = parseScript(text);
      const calls = statementsOf(script, 'execute').flatMap(({ procedure }) => procedure ?? []);
      return [{ use, text, script, calls }];
    });
  });
}
