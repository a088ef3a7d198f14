// Whether the commands of a routine read tables or views of the system through the context connection.
import type { AssemblyCode } from '../code/model.js';
import type { EntryPoint } from '../code/entry-points.js';
import { commandTypes, connectionTypes } from '../knowledge/context-connection.js';
import { systemObjectIn } from '../tsql/system-objects.js';
import type { ApiUse } from './api-uses.js';
import type { ContextConnections } from './context-connections.js';
import type { Requirements } from './requirements.js';
import { isOwnStep, routinesOf, usesOf, type Routine } from './routine-reach.js';
import { textsGiven } from './string-arguments.js';

export interface SystemRead {
  readonly routine: Routine;
  /** Where the command is given its text. */
  readonly use: ApiUse;
  /** `sys.objects`. */
  readonly object: string;
}

/** One for each routine that is asked for and reads any, the first. */
export function systemReads(
  code: AssemblyCode,
  requirements: Requirements,
  connections: ContextConnections,
  isWanted: (entry: EntryPoint) => boolean,
): readonly SystemRead[] {
  const opens = new Set(connections.opens);
  if (opens.size === 0) return [];
  return routinesOf(code, requirements, isWanted, isOwnStep).flatMap((routine) => {
    const uses = usesOf(routine, requirements);
    if (!uses.some((use) => opens.has(use))) return [];
    // Another connection may be what the command is for.
    if (uses.some((use) => isOtherConnection(use, connections))) return [];
    for (const use of uses) {
      const [object] = isCommandText(use) ? textsGiven(code, use, 0).flatMap((sql) => systemObjectIn(sql) ?? []) : [];
      if (object !== undefined) return [{ routine, use, object }];
    }
    return [];
  });
}

function isOtherConnection({ member, operation }: ApiUse, { makers }: ContextConnections): boolean {
  return (
    member.type.kind === 'named' &&
    connectionTypes.has(member.type.name) &&
    member.name === '.ctor' &&
    operation.kind === 'call' &&
    !makers.has(operation)
  );
}

function isCommandText({ member: { type, name, parameters } }: ApiUse): boolean {
  if (type.kind !== 'named' || !commandTypes.has(type.name)) return false;
  return name === 'set_CommandText' || (name === '.ctor' && parameters.length > 0);
}
